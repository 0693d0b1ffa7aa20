"""The policy app; when Django starts it asks to be told what changes among people."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class PolicyConfig(AppConfig):
    """Editions, the ledger, duties, approvals, breaches and sanctions."""

    name = "xunzhang.policy"
    label = "policy"
    verbose_name = _("Policy")
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Listen to the organisation."""
        from xunzhang.organisation import registry  # noqa: PLC0415
        from xunzhang.policy.actions import organisation_changed  # noqa: PLC0415 (models are loaded by now)

        registry.on_change(organisation_changed)
