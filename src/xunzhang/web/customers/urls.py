"""Addresses of the customers."""

from django.urls import path

from xunzhang.web.customers import (
    changing,
    contacts,
    creating,
    deeds,
    exporting,
    importing,
    listed,
    merging,
    one,
    recording,
    revealing,
)

app_name = "customers"
urlpatterns = [
    path("", listed.show, name="list"),
    path("columns/", listed.choose_columns, name="columns"),
    path("lists/", listed.save, name="save-list"),
    path("lists/<int:number>/forget/", listed.forget, name="forget-list"),
    path("new/", creating.new, name="new"),
    path("alike/", creating.alike, name="alike"),
    path("export/", exporting.export, name="export"),
    path("imports/", importing.upload, name="imports"),
    path("imports/customers.xlsx", importing.spreadsheet, name="sample"),
    path("imports/<int:number>/", importing.show, name="import"),
    path("imports/<int:number>/columns/", importing.columns, name="import-columns"),
    path("imports/<int:number>/run/", importing.run, name="import-run"),
    path("imports/<int:number>/problems.xlsx", importing.problems, name="import-problems"),
    path("<int:number>/", one.show, name="customer"),
    path("<int:number>/edit/", changing.change, name="change"),
    path("<int:number>/note/", recording.note, name="note"),
    path("<int:number>/reveal/", revealing.reveal, name="reveal"),
    path("<int:number>/contacts/new/", contacts.add, name="add-contact"),
    path("<int:number>/contacts/<int:contact>/", contacts.change, name="change-contact"),
    path("<int:number>/contacts/<int:contact>/remove/", contacts.remove, name="remove-contact"),
    path("<int:number>/merge/", merging.choose, name="merge-choose"),
    path("<int:number>/merge/<int:other>/", merging.merge, name="merge"),
    path("<int:number>/merges/<int:merged>/undo/", merging.undo, name="undo-merge"),
    path("<int:number>/<slug:name>/", deeds.do, name="deed"),
]
