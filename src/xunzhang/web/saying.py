"""What the law names, in the reader's words: events, people, customers, duties, values, articles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xunzhang.law.facts import NOTHING, Staff
from xunzhang.law.rules.notice import NoticeRule
from xunzhang.law.text import Edition, Process, say
from xunzhang.law.vocabulary import EVERYWHERE, Key
from xunzhang.law.words import Speaker, speaker, speaker_of
from xunzhang.organisation import queries as organisation
from xunzhang.policy import registry
from xunzhang.policy.book import current_law
from xunzhang.policy.choices import DutyState
from xunzhang.policy.models import DutyRow
from xunzhang.policy.queries.doing import OF_THE_PRODUCT
from xunzhang.web.words import listed, say_moment

DUTY_TONES: Mapping[str, str] = {
    DutyState.OPEN: "blue",
    DutyState.OVERDUE: "red",
    DutyState.SUSPENDED: "amber",
    DutyState.DONE: "green",
    DutyState.LATE: "amber",
    DutyState.CANCELLED: "",
}
_FEW_LETTERS = 40
# What a page says in its own place, or what only the engine reads
DONE = "action.done"
"""The event of an action that is no event of its own."""
_TOLD_ELSEWHERE = ("type", "at", "by", "code", "rule", "breach", "belongs_to", "sanction", "duty")


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty as a list shows it."""

    id: int
    title: str
    about: str
    about_href: str
    people: tuple[str, ...]
    shared: bool
    claimed_by: str
    state: str
    tone: str
    live: bool
    due: datetime | date | None
    opened_at: datetime
    closed_at: datetime | None
    because: Mapping[str, str]
    href: str
    ways: Sequence[object] = ()


def language() -> str:
    """Return the reader's language as the law names it."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


class Saying:
    """Says what rows hold, as of a moment; the law and the people are read once, customers in bulk."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.law = current_law()
        self.lang = language()
        self._customers: dict[str, str] = {}
        self._editions: dict[tuple[str, str], Edition | None] = {}

    @cached_property
    def staff(self) -> Mapping[str, Staff]:
        """Everybody, by id."""
        return organisation.directory(self.at).staff

    @cached_property
    def speaker(self) -> Speaker:
        """Who says what belongs to no one policy."""
        return speaker(self.law.vocabulary, self.lang)

    # -- names ---------------------------------------------------------------------------------------

    def person(self, id: str | None) -> str:
        """Return a person's name, "" where there is nobody."""
        if id is None:
            return ""
        known = self.staff.get(str(id))
        return known.name if known is not None and known.name else str(id)

    def people(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the names of people."""
        return tuple(self.person(one) for one in ids)

    def know(self, customers: Iterable[str | None]) -> None:
        """Fetch the names of customers together."""
        unknown = {one for one in customers if one} - self._customers.keys()
        if unknown:
            found = registry.customers().facts_many(sorted(unknown))
            self._customers |= {id: str(facts.get("name") or id) for id, facts in found.items()}

    def customer(self, id: str | None) -> str:
        """Return a customer's name, "" where it is about none."""
        if not id:
            return ""
        self.know([id])
        return self._customers.get(id, id)

    def event(self, type: str) -> str:
        """Return the name of an event or action type."""
        for kinds in (self.law.vocabulary.events, self.law.vocabulary.actions):
            if type in kinds and kinds[type].name:
                return say(kinds[type].name, self.lang)
        return type

    def happened(self, type: str, keys: Mapping[str, Any]) -> str:
        """Return what happened: of an action that was done, which action."""
        if type == DONE and keys.get("action"):
            return _("Done: %(action)s") % {"action": self.action(str(keys["action"]))}
        return self.event(type)

    def action(self, type: str) -> str:
        """Return the name of an action type."""
        kind = self.law.vocabulary.actions.get(type)
        return say(kind.name, self.lang) if kind is not None and kind.name else self.event(type)

    def edition(self, policy: str, version: str) -> Edition | None:
        """Return an edition, parsed."""
        name = (policy, version)
        if name not in self._editions:
            self._editions[name] = self.law.edition(policy, version)
        return self._editions[name]

    def policy(self, policy: str, version: str) -> str:
        """Return the title of a policy."""
        found = self.edition(policy, version)
        return say(found.title, self.lang) if found is not None else policy

    def speaker_for(self, policy: str, version: str) -> Speaker:
        """Return who knows everything that a policy names."""
        found = self.edition(policy, version)
        return self.speaker if found is None else speaker_of(found, self.lang)

    # -- values --------------------------------------------------------------------------------------

    @cached_property
    def keys_anywhere(self) -> Mapping[str, Key]:
        """A key of each name that any event has, for what an event carries along from another."""
        found: dict[str, Key] = dict(OF_THE_PRODUCT)
        for kind in self.law.vocabulary.events.values():
            for key in kind.keys.values():
                found.setdefault(key.name, key)
        return found

    def keys_of(self, type: str) -> Mapping[str, Key]:
        """Return the keys that an event or action of a type may carry."""
        return self.law.vocabulary.event_keys((type,))

    def label(self, key: Key | None, name: str) -> str:
        """Return what a key is called, here or else where it stands too."""
        words = key.label if key is not None and key.label else self.speaker.labels.get(name, {})
        return say(words, self.lang) or name.replace("_", " ")

    def value(self, key: Key | None, name: str, value: Any) -> str:
        """Return a value of a key in words; a person or customer by name."""
        kind = (key or EVERYWHERE.get(name) or Key(name, "text")).type
        if isinstance(value, datetime):
            return say_moment(value)
        if kind in ("staff", "staffs") and value is not None:
            ids = value if isinstance(value, list | tuple) else [value]
            return listed(self.people(map(str, ids)))
        if kind == "customer" and value is not None:
            return self.customer(str(value))
        return self.speaker.value(value, key)

    def facts(
        self, type: str, keys: Mapping[str, Any], *, but: Iterable[str] = ()
    ) -> list[tuple[str, str]]:
        """Return what an event carries as labels and values; what is empty is left out."""
        known, left_out = {**self.keys_anywhere, **self.keys_of(type)}, {*_TOLD_ELSEWHERE, *but}
        if type == DONE and keys.get("action"):
            known |= self.keys_of(str(keys["action"]))
            left_out |= {"action", "asker"}
        return [
            (self.label(known.get(name), name), self.value(known.get(name), name, value))
            for name, value in keys.items()
            if name not in left_out
            and value not in (None, "", [], ())
            and not isinstance(value, dict)
        ]

    # -- articles and duties -------------------------------------------------------------------------

    def because(self, row: Any) -> Mapping[str, str]:
        """Return the citation of anything with policy, version, article and rule; its href leads to the reader."""
        if isinstance(row, Mapping):
            policy, version, label, rule = (
                str(row[name]) for name in ("policy", "version", "article", "rule")
            )
        else:
            policy, version, label, rule = row.policy, row.version, row.article, row.rule
        if not label:
            return NOTHING
        edition = self.edition(policy, version)
        article = edition.article(label) if edition is not None else None
        return {
            "policy": policy,
            "title": self.policy(policy, version),
            "article": article.no if article is not None else label,
            "words": say(article.title, self.lang) if article is not None and article.title else "",
            "rule": rule,
            "href": f"{reverse('policies:edition', args=[policy, version])}?article={label}"
            if edition
            else "",
        }

    def duty_title(self, row: DutyRow) -> str:
        """Return what is to be done, in a few words."""
        staged = self.law.book.stage(row.uid)
        if staged is not None:
            process, stage = staged
            return f"{say(stage.title, self.lang)} · {say(process.title, self.lang)}"
        rule = self.law.book.rule(row.uid)
        if isinstance(rule, NoticeRule):
            return _("Read: %(words)s") % {"words": say(rule.text, self.lang)[:_FEW_LETTERS]}
        done = self.speaker.listed(map(self.event, getattr(rule, "do", ())), either=True)
        each = row.fixed.get("each")
        return (done or row.rule) + (
            self.speaker.pick(f"（{each[1]}）", f" ({each[1]})") if each else ""
        )

    def process_of(self, row: DutyRow) -> Process | None:
        """Return the process of which the duty is a stage."""
        staged = self.law.book.stage(row.uid)
        return staged[0] if staged is not None else None

    def duty(self, row: DutyRow) -> Owed:
        """Return a duty as a list shows it."""
        about = self.customer(row.customer)
        return Owed(
            id=row.pk,
            title=self.duty_title(row),
            about=about or (row.case or ""),
            about_href=_customer_page(row.customer) if about else "",
            people=self.people(row.who),
            shared=len(row.who) > 1,
            claimed_by=self.person(row.claimed_by),
            state=str(DutyState(row.state).label),
            tone=DUTY_TONES[row.state],
            live=row.live,
            due=row.due_moment or row.due_on,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            because=self.because(row),
            href=reverse("work:duty", args=[row.pk]),
        )

    def duties(self, rows: Iterable[DutyRow]) -> list[Owed]:
        """Return duties as a list shows them."""
        found = list(rows)
        self.know(row.customer for row in found)
        return [self.duty(row) for row in found]


def _customer_page(customer: str | None) -> str:
    return (
        reverse("customers:customer", args=[customer]) if customer and customer.isdecimal() else ""
    )
