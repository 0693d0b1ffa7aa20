"""What people are told inside the product, and by mail where they have an address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from xunzhang.law.outcome import Because, Notice, Outcome, Reminder, Sanction
from xunzhang.law.text import say
from xunzhang.organisation import queries as people
from xunzhang.policy.book import Law
from xunzhang.policy.choices import NotificationKind
from xunzhang.policy.history.breaches import because_values
from xunzhang.policy.models import Notification, OutboxMail

Words = Mapping[str, str]


def tell(out: Outcome, *, law: Law, at: datetime) -> None:
    """Put everything that people should hear into their inboxes."""
    found = [*_reminders(out.reminders, law, at), *_notices(out.notices, at)]
    found += _sanctions(out.sanctions, law, at)
    deliver(found)


def deliver(found: list[Notification]) -> None:
    """Keep notifications, and queue a mail for each person who has an address."""
    if not found:
        return
    kept = Notification.objects.bulk_create(found)
    numbers = {int(one.person) for one in kept if one.person.isdecimal()}
    reached = people.people_present().filter(pk__in=numbers).exclude(email="")
    addressed = {str(pk) for pk in reached.values_list("pk", flat=True)}
    OutboxMail.objects.bulk_create(
        OutboxMail(notification=one, created_at=one.created_at)
        for one in kept
        if one.person in addressed
    )


def _reminders(found: Iterable[Reminder], law: Law, at: datetime) -> Iterator[Notification]:
    for one in found:
        kind = NotificationKind.ESCALATION if one.escalated else NotificationKind.REMINDER
        words = _about(law, one.because)
        if one.escalated:
            text = {"zh": f"已逾期：{words['zh']}", "en": f"Overdue: {words['en']}"}
        else:
            text = {"zh": f"即将到期：{words['zh']}", "en": f"Due soon: {words['en']}"}
        subject = f"duty/{one.duty}" if one.duty is not None else ""
        for person in one.who:
            yield notification(person, kind, text, one.because, at, one.rule, subject, one.customer)


def _notices(found: Iterable[Notice], at: datetime) -> Iterator[Notification]:
    for one in found:
        kind = NotificationKind.NOTICE
        yield notification(one.to, kind, one.text, one.because, at, one.rule, "", one.customer)


def _sanctions(found: Iterable[Sanction], law: Law, at: datetime) -> Iterator[Notification]:
    for one in found:
        words = _about(law, one.because)
        subject, rule = f"sanction/{one.id}", one.because.rule
        proposed = {"zh": f"拟处理：{words['zh']}", "en": f"Proposed: {words['en']}"}
        decide = {"zh": f"待您决定：{words['zh']}", "en": f"For your decision: {words['en']}"}
        for person in one.who:
            kind = NotificationKind.SANCTION
            yield notification(person, kind, proposed, one.because, at, rule, subject, one.customer)
        for person in one.confirm:
            kind = NotificationKind.CONFIRM
            yield notification(person, kind, decide, one.because, at, rule, subject, one.customer)


def notification(
    person: str,
    kind: NotificationKind,
    text: Words,
    because: Because,
    at: datetime,
    rule: str = "",
    subject: str = "",
    customer: str | None = None,
) -> Notification:
    """Return something to tell a person."""
    return Notification(
        person=person,
        kind=kind,
        rule=rule,
        because=because_values(because),
        zh=say(text, "zh"),
        en=say(text, "en"),
        subject=subject,
        customer=customer,
        created_at=at,
    )


def _about(law: Law, because: Because) -> dict[str, str]:
    """What an article is about, in both languages: its title, else the beginning of its text."""
    edition = law.edition(because.policy, because.version)
    article = edition.article(because.article) if edition is not None else None
    if edition is None or article is None:
        return {"zh": because.rule, "en": because.rule}
    words = article.title if article.title else article.text
    return {
        lang: f"{say(edition.title, lang)} {article.no} {say(words, lang)[:60]}"
        for lang in ("zh", "en")
    }


def cited(law: Law, because: Because) -> str:
    """Return an article as one line of text, such as is kept beside a change."""
    return _about(law, because)["zh"]
