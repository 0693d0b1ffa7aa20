"""Addresses of signing in and of one's own account."""

from django.urls import path

from xunzhang.web.account import preferences, views

app_name = "account"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/locked/", views.locked, name="locked"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("account/", views.profile, name="profile"),
    path("account/password/", views.password, name="password"),
    path("account/language/", preferences.language, name="language"),
    path("account/theme/", preferences.choose_theme, name="theme"),
]
