"""The Django application of people, roles and departments."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    """People, roles, departments, delegations and calendars."""

    name = "xunzhang.organisation"
    verbose_name = _("Organisation")
    default_auto_field = "django.db.models.BigAutoField"
