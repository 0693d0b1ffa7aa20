"""Reads `processes:`."""

from __future__ import annotations

from itertools import pairwise

from xunzhang.law.calendar import Calendar
from xunzhang.law.conditions import ALWAYS, All, Condition, PolicyScope
from xunzhang.law.problems import Mark, Problems
from xunzhang.law.read.conditions import ConditionReader
from xunzhang.law.read.context import Context
from xunzhang.law.read.rule import RuleReader
from xunzhang.law.read.settings import Settler
from xunzhang.law.rules.approval import read_steps
from xunzhang.law.source import Mapping, Node, Scalar, Sequence
from xunzhang.law.text import Next, Process, Stage, StageForm, Start

PROCESS_NAMES = (
    "code",
    "title",
    "case",
    "stages",
    "stages_of",
    "next",
    "starts",
    "article",
    "note",
)


DUTY_OF_STAGE = ("who", "within", "breach", "again", "remind", "escalate")


class ProcessReader:
    """Reads one process; `scope` is the policy's own condition, which `starts` takes over."""

    def __init__(
        self, context: Context, version: str, calendar: Calendar, scope: Node | None = None
    ) -> None:
        self.context = context
        self.scope = scope
        self.problems = context.problems
        self.version = version
        self.calendar = calendar
        self.checks: list[tuple[str, Mark]] = []
        self.articles: list[tuple[str, Mark]] = []

    def read(self, node: Mapping) -> Process | None:
        """The process; None after noting what makes it unusable."""
        reader = RuleReader(self.context, node, "process")
        reader.asked, reader.book = {"note"}, self.context.any_book()
        code = reader.text("code", required=True)
        title = reader.words("title", required=True)
        case = reader.text("case") or (code or "")
        article = self._article(reader) or ""
        stages = self._stages(reader, article)
        following = self._next(reader, stages)
        starts = self._starts(reader)
        reader.finish()
        if code is None or not stages:
            return None
        process = Process(
            code,
            title,
            case,
            stages,
            following,
            starts,
            article,
            self.context.policy,
            self.version,
            self.calendar,
            node.mark,
        )
        self._check_ends(process)
        return process

    def _article(self, reader: RuleReader) -> str | None:
        found = reader.text("article")
        if found is not None:
            self.articles.append((found, reader.node.mark_of_value("article")))
        return found

    def _stages(self, reader: RuleReader, article: str) -> tuple[Stage, ...]:
        other = reader.text("stages_of")
        if other is not None:
            if other not in self.context.processes:
                self.problems.unknown(
                    reader.node.mark_of_value("stages_of"),
                    "unknown-process",
                    ("流程", "process"),
                    other,
                    self.context.processes,
                )
                return ()
            return self.context.processes[other].stages
        node = reader.get("stages", required=True)
        return self._listed(node, article) if node is not None else ()

    def _listed(self, node: Node, article: str) -> tuple[Stage, ...]:
        if not isinstance(node, Sequence) or not node.items:
            self.problems.error(
                node.mark,
                "value",
                "stages 应为阶段的列表，至少一个",
                "stages is a list of stages, one at least",
            )
            return ()
        found: dict[str, Stage] = {}
        for entry in node.items:
            if not isinstance(entry, Mapping):
                self.problems.error(
                    entry.mark, "value", "阶段应为 {code, title}", "a stage is {code, title}"
                )
                continue
            stage = self._stage(entry, article)
            if stage is None:
                continue
            if stage.code in found:
                self.problems.error(
                    stage.mark,
                    "duplicate-stage",
                    f"阶段“{stage.code}”重复",
                    f"the stage “{stage.code}” is repeated",
                )
            found[stage.code] = stage
        return tuple(found.values())

    def _stage(self, node: Mapping, article: str) -> Stage | None:
        reader = RuleReader(self.context, node, "stage")
        reader.asked, reader.book = {"note", "text"}, self.context.any_book()
        code = reader.text("code", required=True)
        title = reader.words("title")
        approval = reader.get("approval")
        table = None
        if isinstance(approval, Mapping) and approval.get("table") is not None:
            self._only(approval, ("table",))
            table = read_steps(reader, None, approval.get("table"), reader.book)
        elif (
            isinstance(approval, Sequence)
            and approval.items
            and all(
                isinstance(item, Mapping)
                and ("by" in item.entries or "refuse" in item.entries or "allow" in item.entries)
                for item in approval.items
            )
        ):
            table = read_steps(reader, None, approval, reader.book)
        elif approval is not None:
            table = read_steps(reader, approval, None, reader.book)
        checklist = reader.text("checklist")
        if checklist is not None:
            self.checks.append((checklist, reader.node.mark_of_value("checklist")))
        stage = Stage(
            code or "",
            title or {"zh": code or ""},
            reader.who(),
            self._forms(reader),
            checklist,
            table,
            reader.condition(),
            reader.within(),
            reader.code(),
            reader.again(),
            reader.remind(),
            reader.escalate(),
            self._article(reader) or article,
            node.mark,
        )
        for key in ("breach", "again", "remind", "escalate"):
            if reader.has(key) and not reader.has("within"):
                reader.error(
                    node.mark_of(key), "no-due", f"{key} 需要 within", f"{key} needs within"
                )
        reader.finish()
        return stage if code is not None else None

    def _forms(self, reader: RuleReader) -> tuple[StageForm, ...]:
        node = reader.get("forms")
        found = []
        for item in (
            node.items if isinstance(node, Sequence) else [node] if node is not None else []
        ):
            inner = item.get("form") if isinstance(item, Mapping) else item
            if isinstance(item, Mapping):
                self._only(item, ("form", "if"))
            if not isinstance(inner, Scalar):
                self.problems.error(
                    item.mark,
                    "value",
                    "forms 的每一项应为表单代码或 {form, if}",
                    "an entry of forms is a code or {form, if}",
                )
                continue
            if inner.text not in self.context.forms:
                self.problems.unknown(
                    inner.mark, "unknown-form", ("表单", "form"), inner.text, self.context.forms
                )
                continue
            condition = (
                ConditionReader(self.context, reader.book).read(item.get("if"))
                if isinstance(item, Mapping)
                else ALWAYS
            )
            found.append(StageForm(inner.text, condition))
        return tuple(found)

    def _next(self, reader: RuleReader, stages: tuple[Stage, ...]) -> dict[str, tuple[Next, ...]]:
        node = reader.get("next")
        codes = [stage.code for stage in stages]
        if node is None:
            return {one: (Next(two),) for one, two in pairwise(codes)}
        if not isinstance(node, Mapping):
            self.problems.error(
                node.mark,
                "value",
                "next 应为 {阶段: [之后的阶段]}",
                "next is {STAGE: [stages after it]}",
            )
            return {}
        found: dict[str, tuple[Next, ...]] = {}
        for code, value in node.entries.items():
            if code not in codes:
                self.problems.unknown(
                    node.mark_of(code), "unknown-stage", ("阶段", "stage"), code, codes
                )
                continue
            items = value.items if isinstance(value, Sequence) else [value]
            entries = [self._entry(item, codes, reader) for item in items]
            found[code] = tuple(one for one in entries if one is not None)
        return found

    def _entry(self, node: Node, codes: list[str], reader: RuleReader) -> Next | None:
        to = node.get("to") if isinstance(node, Mapping) else node
        if isinstance(node, Mapping):
            self._only(node, ("to", "if"))
        if not isinstance(to, Scalar):
            self.problems.error(
                node.mark,
                "value",
                "next 的每一项应为阶段或 {to, if}",
                "an entry of next is a stage or {to, if}",
            )
            return None
        if to.text not in codes:
            self.problems.unknown(to.mark, "unknown-stage", ("阶段", "stage"), to.text, codes)
            return None
        condition = (
            ConditionReader(self.context, reader.book).read(node.get("if"))
            if isinstance(node, Mapping)
            else ALWAYS
        )
        return Next(to.text, condition)

    def _only(self, node: Mapping, known: tuple[str, ...]) -> None:
        for name in node.entries:
            if name not in known:
                self.problems.unknown(node.mark_of(name), "unknown-key", ("键", "key"), name, known)

    def _starts(self, reader: RuleReader) -> tuple[Start, ...]:
        node = reader.get("starts")
        found = []
        for item in (
            node.items if isinstance(node, Sequence) else [node] if node is not None else []
        ):
            if not isinstance(item, Mapping):
                self.problems.error(
                    item.mark, "value", "starts 应为 {when, if}", "starts is {when, if}"
                )
                continue
            inner = RuleReader(self.context, item, "starts")
            inner.asked = set()
            when = inner.events("when", required=True)
            inner.book = self.context.event_book(when)
            condition = self._scoped(inner.condition())
            inner.asked.add("if")
            inner.finish()
            if when:
                found.append(Start(when, condition))
        return tuple(found)

    def _scoped(self, condition: Condition) -> Condition:
        if self.scope is None:
            return condition
        scope = PolicyScope(ConditionReader(self.context, self.context.any_book()).read(self.scope))
        return scope if condition is ALWAYS else All((scope, condition))

    def _check_ends(self, process: Process) -> None:
        for stage in process.stages:
            if stage.within is not None and not process.next.get(stage.code) and not stage.asks():
                self.problems.error(
                    stage.mark,
                    "endless-stage",
                    f"阶段“{stage.code}”之后没有阶段，自己也不要求表单、清单或审批，within 无从完成",
                    f"nothing follows the stage “{stage.code}” and it asks for nothing, so its within can never be met",
                )


class Awake:
    """What of a process is left where settings have no value yet; `resting` names the stages that lost something."""

    def __init__(self, settings: Settler) -> None:
        self.settings = Settler(settings.nodes, Problems(""))
        self.resting: list[str] = []

    def process(self, node: Mapping) -> Mapping:
        """The process without the conditions, duties and approvals that use such a setting."""
        code = node.get("code")
        name = code.text if isinstance(code, Scalar) else ""
        entries = dict(node.entries)
        stages, following = entries.get("stages"), entries.get("next")
        if isinstance(stages, Sequence):
            entries["stages"] = Sequence(
                [self._stage(one, name) for one in stages.items], stages.mark
            )
        if isinstance(following, Mapping):
            kept = {to: self._kept(one) for to, one in following.entries.items()}
            entries["next"] = Mapping(kept, following.mark, following.flow, following.keys)
        if "starts" in entries:
            entries["starts"] = self._kept(entries["starts"])
        return Mapping(entries, node.mark, node.flow, node.keys)

    def _rests(self, node: Node) -> bool:
        return self.settings.place(node).resting

    def _kept(self, node: Node) -> Node:
        if isinstance(node, Sequence):
            return Sequence([one for one in node.items if not self._rests(one)], node.mark)
        return Sequence([], node.mark) if self._rests(node) else node

    def _stage(self, node: Node, process: str) -> Node:
        if not isinstance(node, Mapping) or not self._rests(node):
            return node
        code = node.get("code")
        self.resting.append(f"{process}/{code.text if isinstance(code, Scalar) else ''}")
        lost = {key for key, value in node.entries.items() if self._rests(value)}
        if lost & set(DUTY_OF_STAGE):
            lost |= set(DUTY_OF_STAGE) - ({"who"} - lost)
        kept = {
            key: self._kept(value) if key == "forms" else value
            for key, value in node.entries.items()
            if key not in lost or key == "forms"
        }
        return Mapping(kept, node.mark, node.flow, node.keys)
