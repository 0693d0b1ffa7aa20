"""Addresses of the organisation."""

from django.urls import path

from xunzhang.web.organisation import (
    accounts,
    away,
    calendars,
    departments,
    holidays,
    importing,
    people,
    roles,
    writing,
)

app_name = "organisation"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/new/", writing.add, name="add-person"),
    path("people/import/", importing.upload, name="import"),
    path("people/import/keep/", importing.keep, name="import-keep"),
    path("people/<int:number>/", people.person, name="person"),
    path("people/<int:number>/edit/", writing.change, name="change-person"),
    path("people/<int:number>/leave/", writing.leave, name="leave"),
    path("people/<int:number>/account/", accounts.change, name="change-account"),
    path("people/<int:number>/account/open/", accounts.open_, name="open-account"),
    path("people/<int:number>/account/password/", accounts.reset, name="reset-password"),
    path("people/<int:number>/account/close/", accounts.close, name="close-account"),
    path("people/<int:number>/account/reopen/", accounts.reopen, name="reopen-account"),
    path("departments/", departments.departments, name="departments"),
    path("departments/new/", departments.add, name="add-department"),
    path("departments/<int:number>/edit/", departments.change, name="change-department"),
    path("roles/", roles.roles, name="roles"),
    path("calendars/", calendars.calendars, name="calendars"),
    path("calendars/new/", calendars.add, name="add-calendar"),
    path("calendars/holidays/new/", holidays.add, name="add-holidays"),
    path("calendars/holidays/<int:year>/", holidays.change, name="change-holidays"),
    path("calendars/<str:name>/edit/", calendars.change, name="change-calendar"),
    path("away/", away.away, name="away"),
    path("away/<int:number>/end/", away.end, name="end-away"),
]
