"""What the columns of a spreadsheet can be taken for, in groups, by their names on the screen."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FIELD_NAMES: dict["StrOrPromise", dict[str, "StrOrPromise"]] = {
    _("Customer"): {
        "name": _("Customer name"),
        "kind": _("Kind"),
        "code": _("Customer number"),
        "uscc": _("Unified social credit code"),
        "phone": _("Phone"),
        "region": _("Region"),
        "industry": _("Industry"),
        "address": _("Address"),
        "grade": _("Grade"),
        "status": _("Status"),
        "source": _("Source"),
        "birthday": _("Birthday"),
        "note": _("Note"),
        "owner": _("Owner: name or staff number"),
        "created_at": _("Created at"),
        "created_by": _("Created by"),
        "filed_at": _("Filed at"),
    },
    _("Contact"): {
        "contact.name": _("Name of the contact"),
        "contact.title": _("Title of the contact"),
        "contact.department": _("Department of the contact"),
        "contact.mobile": _("Mobile of the contact"),
        "contact.email": _("E-mail of the contact"),
        "contact.wechat": _("WeChat of the contact"),
    },
}
