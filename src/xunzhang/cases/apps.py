"""The Django application of xunzhang.cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "xunzhang.cases"
    default_auto_field = "django.db.models.BigAutoField"
