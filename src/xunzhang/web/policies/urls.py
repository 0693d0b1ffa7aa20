"""Addresses of the policies."""

from django.urls import path

from xunzhang.web.policies import adopting, deciding, people, printing, reader, reviewing, shelf

app_name = "policies"
urlpatterns = [
    path("", shelf.governing, name="list"),
    path("gallery/", shelf.gallery, name="gallery"),
    path("gallery/<slug:code>/", shelf.pack, name="pack"),
    path("gallery/<slug:code>/card/", shelf.card, name="pack-card"),
    path("gallery/<slug:code>/print/", printing.printed_pack, name="pack-print"),
    path("gallery/<slug:code>/pdf/", printing.pdf_pack, name="pack-pdf"),
    path("gallery/<slug:code>/forms/<str:name>/", shelf.form, name="pack-form"),
    path("adopt/", adopting.adopt_file, name="adopt-file"),
    path("adopt/settings/", deciding.settings, name="adopt-settings"),
    path("adopt/people/", people.people, name="adopt-people"),
    path("adopt/review/", reviewing.review, name="adopt-review"),
    path("adopt/<slug:code>/drop/", adopting.drop, name="drop"),
    path("<slug:code>/<str:version>/", reader.edition, name="edition"),
    path("<slug:code>/<str:version>/print/", printing.printed, name="print"),
    path("<slug:code>/<str:version>/pdf/", printing.pdf, name="pdf"),
    path("<slug:code>/<str:version>/text/", printing.text, name="text"),
    path("<slug:code>/<str:version>/withdraw/", adopting.withdraw, name="withdraw"),
]
