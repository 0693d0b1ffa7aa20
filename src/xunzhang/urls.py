"""Addresses: the administrator's tables, and the pages."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    # A password changes through its action, which leaves its event
    path("admin/password_change/", RedirectView.as_view(pattern_name="account:password")),
    path("admin/", admin.site.urls),
    path("", include("xunzhang.web.urls")),
]

handler400 = "xunzhang.web.shell.views.bad_request"
handler403 = "xunzhang.web.shell.views.forbidden"
handler404 = "xunzhang.web.shell.views.not_found"
handler500 = "xunzhang.web.shell.views.broken"
