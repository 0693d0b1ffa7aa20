"""The Django application of xunzhang.jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "xunzhang.jobs"
    default_auto_field = "django.db.models.BigAutoField"
