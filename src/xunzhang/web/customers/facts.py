"""The key facts of a customer and its contacts, with personal data masked."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from xunzhang.customers.choices import Kind
from xunzhang.customers.masking import masked_email, masked_id, masked_phone
from xunzhang.customers.models import Contact, Customer
from xunzhang.web.templatetags.xz import moment, person

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the card; `field` names what can be shown in full, for a reason."""

    title: "StrOrPromise"
    shown: Any
    field: str = ""


def masked(row: Customer) -> dict[str, str]:
    """Return what of the customer is personal, as it may be shown to everybody who sees the customer."""
    hidden = {
        "phone": masked_phone(row.phone),
        "uscc": masked_id(row.uscc or ""),
        "birthday": f"{row.birthday:%Y}-**-**" if row.birthday else "",
    }
    return hidden | ({"address": masked_id(row.address)} if row.kind == Kind.PERSON else {})


def masked_contact(row: Contact) -> dict[str, str]:
    """Return what of a contact is personal, masked."""
    return {
        "mobile": masked_phone(row.mobile),
        "phone": masked_phone(row.phone),
        "email": masked_email(row.email),
        "wechat": masked_id(row.wechat),
    }


def facts_of(row: Customer) -> list[Fact]:
    """Return the lines of the card; what is empty is left out."""
    hidden = masked(row)
    titles = {
        "phone": _("Phone"),
        "uscc": _("Unified social credit code"),
        "address": _("Address"),
        "birthday": _("Birthday"),
    }
    personal = {
        name: Fact(title, hidden.get(name, getattr(row, name)), name if name in hidden else "")
        for name, title in titles.items()
    }
    lines = [
        Fact(_("Owner"), person(row.owner)),
        personal["phone"],
        Fact(_("Kind"), row.get_kind_display()),
        Fact(_("Region"), row.region),
        Fact(_("Industry"), row.industry),
        personal["address"],
        personal["uscc"],
        personal["birthday"],
        Fact(_("Source"), row.source),
        *(Fact(key, value) for key, value in row.keys.items()),
        Fact(_("Filed at"), row.filed_at and moment(row.filed_at)),
        Fact(_("Owned since"), row.owner_since and moment(row.owner_since)),
        Fact(_("Created at"), moment(row.created_at)),
    ]
    return [line for line in lines if line.shown]
