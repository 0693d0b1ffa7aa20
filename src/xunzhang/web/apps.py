"""The Django application of xunzhang.web."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "xunzhang.web"
    default_auto_field = "django.db.models.BigAutoField"
