"""What one was told: reminders, notices to be read, sanctions proposed, answers to requests."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xunzhang.lib.pagination import Ordering
from xunzhang.policy import actions as policy
from xunzhang.policy.access import notifications_of
from xunzhang.policy.choices import NotificationKind
from xunzhang.policy.models import Notification
from xunzhang.web.htmx import page
from xunzhang.web.paging import CURSOR, pager_of
from xunzhang.web.request import Request
from xunzhang.web.saying import Saying
from xunzhang.web.views import reads, writes
from xunzhang.web.work.reaching import somebody

_NEWEST = Ordering("created_at", descending=True)
_PAGE = 30
_PAGES: Mapping[str, str] = {
    "duty": "work:duty", "request": "work:request", "sanction": "ledger:sanction", "breach": "ledger:breach",
}  # fmt: skip
_ICONS: Mapping[str, str] = {
    NotificationKind.DUTY: "clipboard-check",
    NotificationKind.REMINDER: "alarm-clock",
    NotificationKind.ESCALATION: "siren",
    NotificationKind.NOTICE: "megaphone",
    NotificationKind.SANCTION: "gavel",
    NotificationKind.CONFIRM: "gavel",
    NotificationKind.APPROVAL: "stamp",
    NotificationKind.ANSWER: "message-circle-reply",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A notification as a list shows it."""

    id: int
    kind: str
    icon: str
    words: str
    customer: str
    at: datetime
    read_at: datetime | None
    because: Mapping[str, str]
    href: str


def told(rows: Iterable[Notification], saying: Saying) -> list[Told]:
    """Return notifications as a list shows them."""
    found = list(rows)
    saying.know(row.customer for row in found)
    return [
        Told(
            row.pk,
            str(NotificationKind(row.kind).label),
            _ICONS[row.kind],
            row.en if saying.lang == "en" else row.zh,
            saying.customer(row.customer),
            row.created_at,
            row.read_at,
            saying.because(row.because),
            _href(row.subject),
        )
        for row in found
    ]


@reads()
def notices(request: Request) -> HttpResponse:
    """List what one was told, the newest first; ?unread=1 leaves out what one has read."""
    rows, only_unread = notifications_of(somebody(request)), request.GET.get("unread") == "1"
    if only_unread:
        rows = rows.filter(read_at__isnull=True)
    shown = _NEWEST.page(rows, size=_PAGE, cursor=request.GET.get(CURSOR, ""))
    context = {
        "notices": told(shown.rows, Saying(request.at)),
        "pager": pager_of(request, shown),
        "only_unread": only_unread,
        "waiting": any(row.read_at is None for row in shown.rows),
    }
    return page(request, "work/notices.html", context, part="rows")


@writes()
def read(request: Request, number: int) -> HttpResponse:
    """One says that he has read it; then it leads to what it is about."""
    if request.method != "POST":
        return redirect("work:notices")
    row = policy.mark_read(notification=number, by=somebody(request).pk, at=request.at)
    return redirect(_href(row.subject) if "go" in request.POST and row.subject else "work:notices")


@writes()
def read_all(request: Request) -> HttpResponse:
    """One says that he has read everything."""
    if request.method == "POST":
        count = policy.mark_all_read(by=somebody(request).pk, at=request.at)
        said = ngettext("%(count)d message is read.", "%(count)d messages are read.", count)
        messages.success(
            request, said % {"count": count} if count else _("There was nothing unread.")
        )
    return redirect("work:notices")


def _href(subject: str) -> str:
    kind, _slash, number = subject.partition("/")
    try:
        return reverse(_PAGES[kind], args=[int(number)])
    except (KeyError, ValueError, NoReverseMatch):
        return ""
