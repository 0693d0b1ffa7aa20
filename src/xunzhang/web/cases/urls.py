"""Addresses of cases and forms."""

from django.urls import path

from xunzhang.web.cases import (
    blank,
    case,
    deciding,
    files,
    filing,
    listing,
    moving,
    paper,
    taking_in,
)

app_name = "cases"
urlpatterns = [
    path("", listing.cases, name="list"),
    path("new/", taking_in.choose, name="new"),
    path("new/<str:code>/", taking_in.take_in, name="take-in"),
    path("customers/", taking_in.customers, name="customers"),
    path("forms/", blank.forms, name="forms"),
    path("forms/<str:code>/print/", blank.empty, name="empty-form"),
    path("forms/<str:code>/new/", blank.file, name="file-free"),
    path("filed/<str:number>/", paper.filed, name="filed"),
    path("filed/<str:number>/sign/", paper.sign, name="sign"),
    path("filed/<str:number>/deliver/", paper.deliver, name="deliver"),
    path("files/<uuid:key>/", files.download, name="file"),
    path("<str:number>/", case.case, name="case"),
    path("<str:number>/fill/<str:code>/", filing.fill, name="fill"),
    path("<str:number>/advance/", moving.advance, name="advance"),
    path("<str:number>/move/", moving.move, name="move"),
    path("<str:number>/hand/", moving.hand, name="hand"),
    path("<str:number>/approve/", deciding.approve, name="approve"),
    path("<str:number>/items/", deciding.items, name="items"),
    path("<str:number>/report/<str:type>/", moving.report, name="report"),
    path("<str:number>/files/", files.add, name="add-file"),
]
