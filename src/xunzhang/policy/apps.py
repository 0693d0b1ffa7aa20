"""The Django application of xunzhang.policy."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "xunzhang.policy"
    default_auto_field = "django.db.models.BigAutoField"
