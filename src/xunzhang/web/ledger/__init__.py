"""The ledger: what happened, what followed, where a rule was broken, and what people decided about it."""

from django.utils.translation import gettext_lazy as _

from xunzhang.web.ledger.waiting import sanctions_waiting
from xunzhang.web.navigation import Item, Section

MENU = (
    Item(Section.POLICY, 30, _("Event ledger"), "book-open-text", "ledger:events"),
    Item(Section.POLICY, 40, _("Breaches"), "triangle-alert", "ledger:breaches"),
    Item(Section.POLICY, 50, _("Sanctions"), "gavel", "ledger:sanctions", badge=sanctions_waiting),
)
