"""The book of all adopted editions, parsed once in each process until something is adopted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from django.core.exceptions import ImproperlyConfigured

from xunzhang.law.book import Book
from xunzhang.law.calendar import Calendar
from xunzhang.law.loader import among, load, load_node, product_vocabulary, surroundings
from xunzhang.law.problems import Problem, Problems
from xunzhang.law.read.document import DocumentReader
from xunzhang.law.source import Mapping as Node
from xunzhang.law.source import parse
from xunzhang.law.text import Edition
from xunzhang.law.vocabulary import Vocabulary
from xunzhang.organisation.models import HolidayYear, WorkCalendar
from xunzhang.organisation.queries import company_holidays
from xunzhang.policy import models
from xunzhang.policy.choices import EditionState
from xunzhang.policy.patterns import Names, patterns_of

ALWAYS_HEARD = frozenset(
    {"case.entered", "sanction.waived", "notice.read", "form.signed", "breach.raised"}
)


@dataclass(frozen=True, slots=True)
class Law:
    """A book with what the host wants to know of it at once."""

    mark: str
    book: Book
    patterns: Mapping[str, frozenset[Names]]
    heard: frozenset[str]
    vocabulary: Vocabulary

    def edition(self, policy: str, version: str) -> Edition | None:
        """The edition of a name."""
        return next(
            (one for one in self.book.editions if (one.policy, one.version) == (policy, version)),
            None,
        )


_kept: dict[str, Law] = {}


def current_book() -> Book:
    """Return the book of all adopted editions."""
    return current_law().book


def current_law(head: models.LedgerHead | None = None) -> Law:
    """Return the law as adopted; one query when nothing has changed, none when the head is at hand."""
    if head is None:
        head = models.LedgerHead.objects.first()
    mark = head.editions if head is not None else ""
    law = _kept.get(mark)
    if law is None:
        law = make_law(mark, editions_kept())
        if len(_kept) > 8:
            _kept.clear()
        _kept[mark] = law
    return law


def make_law(mark: str, kept: Iterable[models.Edition]) -> Law:
    """Return the law of these editions. Raises ImproperlyConfigured where one can no longer be read."""
    editions, problems = read_all([(row.source, str(row)) for row in kept])
    if problems:
        raise ImproperlyConfigured("\n".join(problem.say("en") for problem in problems))
    ends = {(row.policy, row.version): row.until for row in kept}
    book = Book(
        replace(one, until=ends.get((one.policy, one.version), one.until)) for one in editions
    )
    vocabulary = product_vocabulary().joined(book.vocabulary)
    return Law(mark, book, patterns_of(book), heard_by(book), vocabulary)


def editions_kept() -> list[models.Edition]:
    """Return the editions whose rules or open duties live: adopted, or withdrawn since."""
    return list(models.Edition.objects.exclude(status=EditionState.DRAFT))


def mark_of(kept: Iterable[models.Edition]) -> str:
    """Return the word under which these editions, with the company's calendars, are known."""
    lines = [f"{row} {row.digest} {row.until}" for row in kept]
    if lines:
        lines += days_kept()
    return sha256("\n".join(lines).encode()).hexdigest() if lines else ""


def days_kept() -> list[str]:
    """Return the company's own calendars and holidays as they stand, a line each."""
    return [
        *(f"{row.name} {row.data}" for row in WorkCalendar.objects.order_by("name")),
        *(f"{row.year} {row.days}" for row in HolidayYear.objects.order_by("year")),
    ]


# -- reading -----------------------------------------------------------------------------------------------


def read_one(
    source: bytes | str, file: str, others: Iterable[str] = ()
) -> tuple[Edition | None, list[Problem]]:
    """Return the edition of a text read among other texts, and everything wrong or doubtful about it."""
    problems = Problems(file)
    root = parse(source, problems)
    if not isinstance(root, Node):
        if root is not None:
            load_node(root, problems)
        elif not problems.failed:
            return load(source, file)
        return None, sorted(problems.found)
    around = Vocabulary()
    for text in others:
        around = around.joined(declared(text))
    edition = load_node(
        root, problems, surroundings(around, company_calendars(), company_holidays())
    )
    return edition, sorted(problems.found)


def read_all(sources: list[tuple[str, str]]) -> tuple[list[Edition], list[Problem]]:
    """Return the editions of texts that may speak of one another's events, and their errors."""
    calendars, table, found, wrong = company_calendars(), company_holidays(), [], []
    declarations = [declared(text) for text, _ in sources]
    for index, (source, file) in enumerate(sources):
        problems = Problems(file)
        root = parse(source, problems)
        around = among(declarations, index, calendars, table)
        edition = load_node(root, problems, around) if root is not None else None
        wrong += [problem for problem in problems.found if not problem.warning]
        if edition is not None:
            found.append(edition)
    return found, wrong


@lru_cache(maxsize=256)
def declared(source: str) -> Vocabulary:
    """Return the events, actions and keys that a policy's text declares."""
    problems = Problems("")
    root = parse(source, problems)
    if not isinstance(root, Node):
        return Vocabulary()
    return DocumentReader(root, problems, surroundings()).declared()


def company_calendars() -> dict[str, Calendar]:
    """Return the company's own calendars by name; one that cannot be read is left out."""
    found: dict[str, Calendar] = {}
    table = company_holidays()
    for row in WorkCalendar.objects.all():
        calendar, _faults = Calendar.from_mapping(row.name, row.data, table)
        if calendar is not None:
            found[row.name] = calendar
    return found


def heard_by(book: Book) -> frozenset[str]:
    """Return the event types to which any rule of the book listens."""
    found: set[str] = set(ALWAYS_HEARD)
    tables: list[Iterable[str]] = [
        book.closers, book.recurring, book.rolling, book.target_closers, book.forms_of_event,
    ]  # fmt: skip
    for day in book.boundaries():
        frame = book.at(day)
        tables += [frame.grades, frame.sets, frame.allocations, frame.followers, frame.starts]
        tables += [getattr(rule, "without", ()) for rule in frame.calendar]
    for table in tables:
        found.update(table)
    return frozenset(found)
