"""All editions that a company knows, and which of their rules speak on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from xunzhang.law.calendar import Calendar
from xunzhang.law.conditions import looked_back_at
from xunzhang.law.kinds import AnyRule
from xunzhang.law.paths import Path
from xunzhang.law.rules.allocation import AllocationRule
from xunzhang.law.rules.approval import ApprovalRule
from xunzhang.law.rules.award import AwardRule
from xunzhang.law.rules.breach import BreachRule
from xunzhang.law.rules.cadence import CadenceRule
from xunzhang.law.rules.cap import CapRule
from xunzhang.law.rules.checklist import ChecklistRule
from xunzhang.law.rules.common import Ladder, Reminding, Repeat
from xunzhang.law.rules.duty import DutyRule
from xunzhang.law.rules.gate import GateRule
from xunzhang.law.rules.grade import GradeRule
from xunzhang.law.rules.guide import GuideRule
from xunzhang.law.rules.notice import NoticeRule
from xunzhang.law.rules.post import PostRule
from xunzhang.law.rules.promotion import PromotionRule
from xunzhang.law.rules.quota import QuotaRule
from xunzhang.law.rules.reclaim import ReclaimRule
from xunzhang.law.rules.recurring import RecurringRule
from xunzhang.law.rules.sanction import SanctionRule
from xunzhang.law.rules.set import SetRule
from xunzhang.law.rules.target import TargetRule
from xunzhang.law.text import Edition, Form, Process, Stage, Start
from xunzhang.law.times import Duration, Unit
from xunzhang.law.vocabulary import Key, Vocabulary
from xunzhang.law.who import Owner

Follower = DutyRule | BreachRule | ChecklistRule | AwardRule | NoticeRule
CalendarRule = (
    CadenceRule | RecurringRule | QuotaRule | TargetRule | PromotionRule | ReclaimRule | PostRule
)
Deciding = GateRule | ApprovalRule | CapRule | ChecklistRule
Part = Literal["stop", "resume", "cancel", "do"]
PARTS: tuple[Part, ...] = ("stop", "resume", "cancel", "do")


@dataclass(frozen=True, slots=True)
class DutyTerms:
    """What hangs on a duty of a rule after it has opened."""

    calendar: Calendar
    unit: Unit | None = None
    breach: str | None = None
    again: Repeat | None = None
    remind: tuple[Reminding, ...] = ()
    escalate: tuple[Ladder, ...] = ()
    count: Path | None = None
    owner: bool = False


@dataclass(slots=True)
class Frame:
    """The rules that speak on a day, by what they listen to."""

    editions: tuple[Edition, ...]
    grades: dict[str, list[GradeRule]] = field(default_factory=lambda: defaultdict(list))
    sets: dict[str, list[SetRule]] = field(default_factory=lambda: defaultdict(list))
    allocations: dict[str, list[AllocationRule]] = field(default_factory=lambda: defaultdict(list))
    followers: dict[str, list[Follower]] = field(default_factory=lambda: defaultdict(list))
    starts: dict[str, list[tuple[Process, Start]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    deciding: dict[str, list[Deciding]] = field(default_factory=lambda: defaultdict(list))
    guides: dict[str, list[GuideRule]] = field(default_factory=lambda: defaultdict(list))
    calendar: list[CalendarRule] = field(default_factory=list)
    reclaims: dict[str, list[ReclaimRule]] = field(default_factory=lambda: defaultdict(list))
    named_grades: list[GradeRule] = field(default_factory=list)
    checklists: list[ChecklistRule] = field(default_factory=list)
    processes: dict[str, Process] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    silences: dict[str, list[str]] = field(default_factory=dict)

    def instead_of(self, rule: AnyRule) -> list[CalendarRule]:
        """The rules of the calendar that may speak instead of a rule."""
        if not self.silences:
            return []
        return [one for one in self.calendar if rule.uid in self.silences.get(one.uid, ())]

    def edition(self, policy: str) -> Edition | None:
        """The edition of a policy in force."""
        return next((one for one in self.editions if one.policy == policy), None)


class Book:
    """Editions by date. Immutable once made."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        self.editions = tuple(
            sorted(editions, key=lambda one: (one.policy, one.effective, one.version))
        )
        self._ends = {one.name: self._end(one) for one in self.editions}
        self._editions = {one.name: one for one in self.editions}
        self._rules: dict[str, AnyRule] = {
            rule.uid: rule for one in self.editions for rule in one.rules()
        }
        self._stages: dict[str, tuple[Process, Stage]] = {}
        self._processes: dict[str, Process] = {}
        self.forms_of_event: dict[str, list[Form]] = defaultdict(list)
        self._forms: dict[tuple[str, str, str], Form] = {}
        self.closers: dict[str, list[tuple[Part, DutyRule]]] = defaultdict(list)
        self.recurring: dict[str, list[RecurringRule]] = defaultdict(list)
        self.signed: list[RecurringRule] = []
        self.rolling: dict[str, list[CadenceRule]] = defaultdict(list)
        self.watching: dict[str, list[CadenceRule | PostRule]] = defaultdict(list)
        self.sanctions: dict[tuple[str, str], list[SanctionRule]] = defaultdict(list)
        self._terms: dict[str, DutyTerms] = {}
        self.target_closers: dict[str, list[TargetRule]] = defaultdict(list)
        for one in self.editions:
            self._index(one)
        self.vocabulary = Vocabulary()
        for one in self.editions:
            self.vocabulary = self.vocabulary.joined(one.vocabulary)
        self._keys: dict[str, Mapping[str, Key]] = {}
        self._bounds = self._boundaries()
        self._frames: dict[tuple[int, str], Frame] = {}

    # -- editions in force -------------------------------------------------------------------------

    def _end(self, edition: Edition) -> date | None:
        ends = [edition.until] if edition.until is not None else []
        ends += [
            other.effective
            for other in self.editions
            if edition.policy in other.replaces
            and other.effective >= edition.effective
            and other.policy != edition.policy
        ]
        return min(ends, default=None)

    def end(self, edition: Edition) -> date | None:
        """The day on which an edition ends, as written or by being replaced; None where it does not."""
        return self._ends[edition.name]

    def in_force(self, edition: Edition, day: date) -> bool:
        """Whether an edition governs what happens on a day."""
        if not self._covers(edition, day):
            return False
        return not any(
            other.policy == edition.policy
            and other.effective > edition.effective
            and self._covers(other, day)
            for other in self.editions
        )

    def _covers(self, edition: Edition, day: date) -> bool:
        end = self._ends[edition.name]
        return edition.effective <= day and (end is None or day < end)

    def _boundaries(self) -> list[date]:
        days: set[date] = set()
        for one in self.editions:
            days.add(one.effective)
            end = self._ends[one.name]
            if end is not None:
                days.add(end)
            days.update(
                article.effective for article in one.articles if article.effective is not None
            )
        return sorted(days)

    def boundaries(self) -> list[date]:
        """The days on which what is in force changes."""
        return list(self._bounds)

    def at(self, day: date, *, own: str = "") -> Frame:
        """The rules that speak on a day; `own` (policy@version) speaks in place of its policy's edition in force."""
        index = bisect_right(self._bounds, day), own
        frame = self._frames.get(index)
        if frame is None:
            frame = self._frames[index] = self._frame(day, own)
        return frame

    # -- things by name ----------------------------------------------------------------------------

    def rule(self, uid: str) -> AnyRule | None:
        """The rule of a uid (policy@version/id)."""
        return self._rules.get(uid)

    def keys_of(self, type: str) -> Mapping[str, Key]:
        """The keys that an event of a type may carry, with their types."""
        found = self._keys.get(type)
        if found is None:
            found = self._keys[type] = self.vocabulary.event_keys((type,))
        return found

    def edition(self, rule: AnyRule) -> Edition:
        """The edition that a rule stands in."""
        return self._editions[f"{rule.policy}@{rule.version}"]

    def stage(self, uid: str) -> tuple[Process, Stage] | None:
        """The stage of a uid (policy@version/PROCESS/STAGE)."""
        return self._stages.get(uid)

    def process(self, uid: str) -> Process | None:
        """The process of a uid (policy@version/CODE)."""
        return self._processes.get(uid)

    def form(self, policy: str, version: str, code: str) -> Form | None:
        """A form of an edition."""
        return self._forms.get((policy, version, code))

    def owed_by_owners(self) -> list[str]:
        """The uids of the duties, stages' too, whose who is `owner`."""
        return [uid for uid, terms in self._terms.items() if terms.owner]

    def terms(self, uid: str) -> DutyTerms:
        """What hangs on a duty."""
        return self._terms[uid]

    def _index(self, edition: Edition) -> None:
        for form in edition.forms.values():
            self._forms[(edition.policy, edition.version, form.code)] = form
            self.forms_of_event[form.event].append(form)
        for process in edition.processes.values():
            self._processes[process.uid] = process
            for stage in process.stages:
                self._stages[f"{process.uid}/{stage.code}"] = (process, stage)
                self._terms[f"{process.uid}/{stage.code}"] = DutyTerms(
                    process.calendar,
                    stage.within.unit if isinstance(stage.within, Duration) else None,
                    stage.breach,
                    stage.again,
                    stage.remind,
                    stage.escalate,
                    owner=isinstance(stage.who, Owner),
                )
        for rule in edition.rules():
            self._index_rule(rule)
            self._index_watching(rule)

    def _index_rule(self, rule: AnyRule) -> None:  # noqa: C901 (a table, case by case)
        if isinstance(rule, DutyRule):
            self._index_duty(rule)
        elif isinstance(rule, RecurringRule):
            self._terms[rule.uid] = DutyTerms(
                rule.calendar, None, rule.breach, None, rule.remind, rule.escalate
            )
            for type_ in rule.do:
                self.recurring[type_].append(rule)
            if rule.signed:
                self.signed.append(rule)
        elif isinstance(rule, NoticeRule):
            unit = rule.read_within.unit if isinstance(rule.read_within, Duration) else None
            self._terms[rule.uid] = DutyTerms(rule.calendar, unit, rule.breach, None, rule.remind)
        elif isinstance(rule, SanctionRule):
            for code in rule.codes:
                self.sanctions[(f"{rule.policy}@{rule.version}", code)].append(rule)
        elif isinstance(rule, CadenceRule) and rule.rolling:
            for type_ in rule.do:
                self.rolling[type_].append(rule)
        elif isinstance(rule, TargetRule) and rule.duty is not None:
            self._terms[rule.uid] = DutyTerms(rule.calendar)
            for type_ in rule.duty.do:
                self.target_closers[type_].append(rule)

    def _index_watching(self, rule: AnyRule) -> None:
        """A rolling cadence or a post for customers looks anew when its `for` depends on what has happened."""
        rolls = isinstance(rule, PostRule) or (isinstance(rule, CadenceRule) and rule.rolling)
        if isinstance(rule, CadenceRule | PostRule) and rolls and rule.customers is not None:
            for type_ in looked_back_at(rule.customers):
                self.watching[type_].append(rule)

    def _index_duty(self, rule: DutyRule) -> None:
        unit = rule.due.unit if rule.due is not None else None
        self._terms[rule.uid] = DutyTerms(
            rule.calendar,
            unit,
            rule.breach,
            rule.again,
            rule.remind,
            rule.escalate,
            rule.count,
            isinstance(rule.who, Owner),
        )
        for part, types in zip(
            PARTS, (rule.suspended_by, rule.resumed_by, rule.cancelled_by, rule.do), strict=True
        ):
            for type_ in types:
                self.closers[type_].append((part, rule))

    # -- frames --------------------------------------------------------------------------------------

    def _frame(self, day: date, own: str) -> Frame:
        policy = own.partition("@")[0]
        editions = tuple(
            one
            for one in self.editions
            if one.name == own or (one.policy != policy and self.in_force(one, day))
        )
        frame = Frame(editions)
        rules = [
            rule
            for one in editions
            for rule in one.rules()
            if rule.effective is None or rule.effective <= day
        ]
        for one in editions:
            frame.processes.update(one.processes)
            frame.forms.update(one.forms)
            for process in one.processes.values():
                for start in process.starts:
                    for type_ in start.when:
                        frame.starts[type_].append((process, start))
        for rule in rules:
            _place(rule, frame)
        frame.silences = _silences(rules, {one.policy: one for one in editions})
        return frame


def _place(rule: AnyRule, frame: Frame) -> None:  # noqa: C901 (a table, case by case)
    match rule:
        case SetRule():
            for type_ in rule.when:
                frame.sets[type_].append(rule)
        case AllocationRule():
            for type_ in rule.when:
                frame.allocations[type_].append(rule)
        case DutyRule() | BreachRule() | AwardRule() | NoticeRule():
            for type_ in rule.when:
                frame.followers[type_].append(rule)
        case ChecklistRule():
            frame.checklists.append(rule)
            for type_ in rule.on:
                frame.followers[type_].append(rule)
            if rule.action is not None:
                frame.deciding[rule.action].append(rule)
        case GateRule() | ApprovalRule() | CapRule():
            frame.deciding[rule.action].append(rule)
        case GradeRule():
            frame.named_grades.append(rule)
            if not rule.of_thing:
                frame.grades[rule.of].append(rule)
        case GuideRule():
            frame.guides[rule.at].append(rule)
        case (
            CadenceRule()
            | RecurringRule()
            | QuotaRule()
            | TargetRule()
            | PromotionRule()
            | ReclaimRule()
            | PostRule()
        ):
            frame.calendar.append(rule)
            if isinstance(rule, ReclaimRule):
                for type_ in rule.without:
                    frame.reclaims[type_].append(rule)
        case SanctionRule():
            pass


def _silences(rules: list[AnyRule], editions: Mapping[str, Edition]) -> dict[str, list[str]]:
    """For each rule that silences others, the uids of those."""
    by_name = {(rule.policy, rule.id): rule.uid for rule in rules}
    found: dict[str, list[str]] = defaultdict(list)
    for rule in rules:
        for silent in rule.instead_of:
            uid = by_name.get((silent.policy, silent.rule))
            if uid is not None:
                found[rule.uid].append(uid)
    by_policy: dict[str, list[AnyRule]] = defaultdict(list)
    for rule in rules:
        by_policy[rule.policy].append(rule)
    for rule in rules:
        for policy in editions[rule.policy].prevails_over:
            found[rule.uid] += [one.uid for one in by_policy[policy] if same_matter(rule, one)]
    return dict(found)


def same_matter(one: AnyRule, two: AnyRule) -> bool:  # noqa: C901 (a table, case by case)
    """Whether two rules of different policies decide the same thing: kind and event, action or breach code."""
    if type(one) is not type(two):
        return False
    if isinstance(one, SanctionRule) and isinstance(two, SanctionRule):
        return bool(set(one.codes) & set(two.codes))
    code = getattr(one, "breach", None)
    if code is not None and code == getattr(two, "breach", None) and not isinstance(one, PostRule):
        return True
    if isinstance(one, GateRule | ApprovalRule | CapRule) and isinstance(
        two, GateRule | ApprovalRule | CapRule
    ):
        return one.action == two.action
    if isinstance(one, GuideRule) and isinstance(two, GuideRule):
        return one.at == two.at
    if isinstance(one, PostRule) and isinstance(two, PostRule):
        return one.role == two.role and one.breach == two.breach
    events = [set(getattr(rule, "when", ())) for rule in (one, two)]
    if isinstance(one, DutyRule) and isinstance(two, DutyRule):
        return bool(events[0] & events[1]) and bool(set(one.do) & set(two.do))
    if isinstance(one, QuotaRule) and isinstance(two, QuotaRule):
        return bool(set(one.of) & set(two.of)) and bool(set(one.do) & set(two.do))
    if isinstance(one, CadenceRule | RecurringRule) and isinstance(
        two, CadenceRule | RecurringRule
    ):
        return bool(set(one.do) & set(two.do))
    if isinstance(one, ChecklistRule) and isinstance(two, ChecklistRule):
        same_action = one.action is not None and one.action == two.action
        return same_action or bool(events[0] & events[1])
    if isinstance(one, AwardRule | AllocationRule | NoticeRule | SetRule):
        return bool(events[0] & events[1])
    return False
