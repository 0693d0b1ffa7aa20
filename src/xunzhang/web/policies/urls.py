"""Addresses of the policies."""

from django.urls import path

from xunzhang.web.policies import adopting, reader, shelf

app_name = "policies"
urlpatterns = [
    path("", shelf.governing, name="list"),
    path("gallery/", shelf.gallery, name="gallery"),
    path("gallery/<slug:code>/", shelf.pack, name="pack"),
    path("gallery/<slug:code>/adopt/", adopting.adopt_pack, name="adopt-pack"),
    path("adopt/", adopting.adopt_file, name="adopt-file"),
    path("<slug:code>/<str:version>/", reader.edition, name="edition"),
    path("<slug:code>/<str:version>/print/", reader.printed, name="print"),
    path("<slug:code>/<str:version>/withdraw/", adopting.withdraw, name="withdraw"),
]
