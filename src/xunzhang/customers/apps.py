"""The customers app; when Django starts it tells the policy how to reach customer facts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class CustomersConfig(AppConfig):
    """Registers the customer provider, through which policy reads and sets customers."""

    name = "xunzhang.customers"
    label = "customers"
    verbose_name = _("Customers")
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Make customer facts reachable for the engine."""
        from xunzhang.customers.provider import CustomerProvider  # noqa: PLC0415 (models are loaded by now)
        from xunzhang.policy import registry  # noqa: PLC0415

        registry.register_customers(CustomerProvider())
