"""My desk: what is due, what waits for one's approval, what one was told."""

from django.utils.translation import gettext_lazy as _

from xunzhang.web.navigation import BELL, Item, Section
from xunzhang.web.work.waiting import approvals_waiting, duties_waiting, unread

MENU = (
    Item(Section.DESK, 10, _("My desk"), "layout-dashboard", "work:desk", tab=True),
    Item(
        Section.DESK,
        20,
        _("Duties"),
        "clipboard-check",
        "work:duties",
        tab=True,
        badge=duties_waiting,
    ),
    Item(Section.DESK, 30, _("Approvals"), "stamp", "work:approvals", badge=approvals_waiting),
    Item(Section.DESK, 40, _("Notifications"), BELL, "work:notices", badge=unread),
)
