"""Addresses of the frame's own pages."""

from django.urls import path

from xunzhang.web.shell import styleguide, views

app_name = "shell"
urlpatterns = [
    path("", views.home, name="home"),
    path("menu/", views.menu, name="menu"),
    path("search/", views.search, name="search"),
    path("styleguide/", styleguide.show, name="styleguide"),
]
