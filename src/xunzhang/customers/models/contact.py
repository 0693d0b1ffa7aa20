"""Contact: a person through whom a customer is reached."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from xunzhang.customers.models.customer import Customer


class Contact(models.Model):
    """One person at a customer; a key person (关键人物) is one who decides."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="contacts")
    name = models.CharField(_("name"), max_length=80)
    title = models.CharField(_("job title"), max_length=80, blank=True)
    department = models.CharField(_("department"), max_length=80, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    mobile = models.CharField(_("mobile"), max_length=20, blank=True)
    email = models.CharField(_("email"), max_length=120, blank=True)
    wechat = models.CharField(_("WeChat"), max_length=60, blank=True)
    is_key_person = models.BooleanField(_("key person"), default=False)
    note = models.TextField(_("note"), blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes = [models.Index(fields=["mobile"], name="contact_mobile")]

    @override
    def __str__(self) -> str:
        return self.name
