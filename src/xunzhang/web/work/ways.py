"""What fulfils a duty: the case it belongs to, the form to fill in, or the event to record, filled in beforehand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from xunzhang.law.rules.notice import NoticeRule
from xunzhang.law.text import Form, say
from xunzhang.policy.models import DutyRow
from xunzhang.policy.queries.doing import by_hand, form_of
from xunzhang.web.saying import Saying

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_DEEDS = {"customer.filed": "file"}
_PAGES = {"customer.changed": "customers:change", "contact.added": "customers:add-contact"}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to fulfil a duty: its words, its icon, and the address that leads there."""

    words: str
    icon: str
    href: str


def ways_of(row: DutyRow, saying: Saying) -> list[Way]:
    """Return the ways to fulfil a duty, the nearest first."""
    if saying.law.book.stage(row.uid) is not None and row.case:
        return [_to_case(row)]
    rule = saying.law.book.rule(row.uid)
    if isinstance(rule, NoticeRule):
        return [Way(_("Read the notice"), "mail-open", reverse("work:notices"))]
    found = [way for type in getattr(rule, "do", ()) for way in _ways(type, row, saying)]
    if row.case and not any(row.case in way.href for way in found):
        found.append(_to_case(row))
    return list(dict.fromkeys(found))


def _ways(type: str, row: DutyRow, saying: Saying) -> Iterator[Way]:
    customer = row.customer if row.customer and row.customer.isdecimal() else None
    form = form_of(type, saying.at.date(), on_case=bool(row.case))
    if form is not None:
        yield _to_form(form, row, saying)
    elif customer and type in _DEEDS:
        yield Way(
            saying.event(type), "stamp", reverse("customers:deed", args=[customer, _DEEDS[type]])
        )
    elif customer and type in _PAGES:
        yield Way(saying.event(type), "pencil", reverse(_PAGES[type], args=[customer]))
    elif by_hand(type):
        words = _("Record: %(event)s") % {"event": saying.event(type)}
        query = {"type": type, "duty": str(row.pk), **known_keys(row, saying, type)}
        yield Way(words, "notebook-pen", f"{reverse('ledger:record')}?{urlencode(query)}")


def _to_form(form: Form, row: DutyRow, saying: Saying) -> Way:
    words = _("Fill in: %(form)s") % {"form": say(form.title, saying.lang)}
    if form.about == "case" and row.case:
        return Way(words, "clipboard-list", reverse("cases:fill", args=[row.case, form.code]))
    query = urlencode({"customer": row.customer} if row.customer else {})
    return Way(
        words,
        "clipboard-list",
        f"{reverse('cases:file-free', args=[form.code])}?{query}".rstrip("?"),
    )


def _to_case(row: DutyRow) -> Way:
    return Way(
        _("Open case %(number)s") % {"number": row.case},
        "folder-open",
        reverse("cases:case", args=[row.case]),
    )


def known_keys(row: DutyRow, saying: Saying, type: str) -> dict[str, str]:
    """Return what the fulfilling event must say, as far as the duty knows it."""
    keys: Mapping[str, Any] = saying.keys_of(type)
    known = {**row.fixed.get("match", {}), "customer": row.customer, "case": row.case}
    if row.fixed.get("each"):
        name, value = row.fixed["each"]
        known[name] = value
    return {
        name: str(value)
        for name, value in known.items()
        if name in keys and value not in (None, "") and not isinstance(value, list | tuple | dict)
    }
