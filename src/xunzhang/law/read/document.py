"""Reads a whole policy file."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from datetime import date

from xunzhang.law.calendar import CHINA, Calendar, WorkdayTable, calendar_named, china_with
from xunzhang.law.conditions import Test
from xunzhang.law.facts import NOTHING
from xunzhang.law.malformed import Malformed
from xunzhang.law.paths import Path, Term
from xunzhang.law.problems import Mark, Problems
from xunzhang.law.read.articles import ArticleReader
from xunzhang.law.read.conditions import ConditionReader
from xunzhang.law.read.context import Context
from xunzhang.law.read.forms import FormReader, sketch
from xunzhang.law.read.graded import with_graded
from xunzhang.law.read.head import Head
from xunzhang.law.read.processes import Awake, ProcessReader
from xunzhang.law.read.references import References
from xunzhang.law.read.rule import RuleReader, words
from xunzhang.law.read.settings import Settler, read_settings
from xunzhang.law.read.vocabulary import VocabularyReader
from xunzhang.law.source import Mapping, Node, Scalar, Sequence
from xunzhang.law.text import Article, Edition, Setting
from xunzhang.law.vocabulary import Key, Kind, Vocabulary

DOCUMENT_KEYS = (
    "policy",
    "title",
    "issuer",
    "approver",
    "version",
    "effective",
    "until",
    "industry",
    "calendar",
    "calendars",
    "roles",
    "articles",
    "chapters",
    "settings",
    "events",
    "actions",
    "terms",
    "forms",
    "processes",
    "customer_keys",
    "staff_keys",
    "replaces",
    "prevails_over",
    "scope",
    "note",
)
TERM_OF = ("customer", "case", "staff")


@dataclass(slots=True)
class Surroundings:
    """What a policy is read among: the product's vocabulary, other policies' and calendars of the host.

    `earlier`: of the others those before it, in which a key of two types stands first; None: all of them.
    `table`: the company's own arrangement of holidays; None is the shipped one.
    """

    product: Vocabulary
    others: Vocabulary = field(default_factory=Vocabulary)
    calendars: Map[str, Calendar] = field(default_factory=lambda: NOTHING)
    table: WorkdayTable | None = None
    earlier: Vocabulary | None = None

    @property
    def china(self) -> Calendar:
        """The calendar by which a policy counts that names none."""
        return CHINA if self.table is None else china_with(self.table)


class DocumentReader:
    """Reads one policy; everything wrong with it goes into `problems`."""

    def __init__(self, root: Mapping, problems: Problems, around: Surroundings) -> None:
        self.root = root
        self.problems = problems
        self.around = around
        self.form_articles: list[tuple[str, Mark]] = []

    def read(self) -> Edition:
        """The edition; where anything is wrong, without the rules in which it is."""
        root, problems = self.root, self.problems
        for key in root.entries:
            if key not in DOCUMENT_KEYS:
                problems.unknown(
                    root.mark_of(key), "unknown-key", ("键", "key"), key, DOCUMENT_KEYS
                )
        head = Head(root, problems)
        calendars = self._calendars()
        calendar = self._calendar(calendars)
        settings, nodes = read_settings(root.get("settings"), problems)
        settler = Settler(nodes, problems)
        declared = self.declared()
        whole = self.around.product.joined(self.around.others).joined(declared)
        context = Context(problems, head.code, whole, calendar, frozenset(head.roles))
        self._terms(context, settler)
        self._forms(context, settler, head.version)
        scope = self._scope(settler)
        processes_reader = ProcessReader(context, head.version, calendar, scope)
        articles_reader = ArticleReader(context, head.version, calendar, settler, scope)
        placed = articles_reader.places(root)
        articles_reader.scan(placed)
        resting = self._processes(context, settler, processes_reader)
        articles = articles_reader.read(placed)
        checker = References(context, placed)
        checker.check([*self.form_articles, *processes_reader.articles], processes_reader.checks)
        if all(root.get(key) is None for key in ("articles", "chapters")):
            problems.error(root.mark, "missing-key", "制度缺少 articles", "a policy needs articles")
        return self._edition(
            head,
            calendar,
            calendars,
            articles,
            whole,
            declared,
            settings,
            context,
            [*resting, *articles_reader.resting],
        )

    def _edition(
        self,
        head: Head,
        calendar: Calendar,
        calendars: dict[str, Calendar],
        articles: tuple[Article, ...],
        whole: Vocabulary,
        declared: Vocabulary,
        settings: dict[str, Setting],
        context: Context,
        resting: list[str],
    ) -> Edition:
        return Edition(
            head.code,
            head.version,
            head.title,
            head.text("issuer"),
            head.text("approver"),
            head.text("industry"),
            head.effective or date.min,
            head.until,
            calendar,
            tuple(head.roles),
            articles,
            whole,
            declared,
            settings,
            context.forms,
            context.processes,
            dict(context.terms),
            head.names("replaces"),
            head.names("prevails_over"),
            calendars,
            tuple(resting),
            frozenset(context.codes),
            head.words("note"),
        )

    def _scope(self, settler: Settler) -> Node | None:
        node = self.root.get("scope")
        if node is not None and not isinstance(node, Mapping):
            self.problems.error(
                node.mark,
                "condition",
                "scope 应为条件，如 {by.department: 销售部}",
                "scope is a condition such as {by.department: 销售部}",
            )
            return None
        return settler.place(node).node if node is not None else None

    def _calendars(self) -> dict[str, Calendar]:
        return read_calendars(self.root.get("calendars"), self.problems, self.around.table)

    def _calendar(self, own: dict[str, Calendar]) -> Calendar:
        node = self.root.get("calendar")
        china = self.around.china
        if not isinstance(node, Scalar):
            return china
        declared = self.root.get("calendars")
        if isinstance(declared, Mapping) and node.text in declared.entries.keys() - own.keys():
            return china
        try:
            return calendar_named(
                node.text, {**self.around.calendars, **own}, table=self.around.table
            )
        except Malformed as error:
            self.problems.error(node.mark, "unknown-calendar", error.zh, error.en)
            return china

    def declared(self) -> Vocabulary:
        """What the policy declares itself: events (its forms' too), actions and keys (those of its grades too)."""
        root, problems = self.root, self.problems
        reader = VocabularyReader(
            problems, self.around.others, self.around.product, self.around.earlier
        )
        declared = reader.read(root)
        forms = root.get("forms")
        kinds = dict(declared.events)
        for node in forms.items if isinstance(forms, Sequence) else []:
            sketched = sketch(node)
            if sketched is None or not isinstance(node, Mapping):
                continue
            event, keys, rows = sketched
            title = node.get("title")
            name = words(Problems(""), title, "title") if title is not None else {}
            if event:
                self._join(
                    kinds,
                    Kind(event, (event in kinds and kinds[event].name) or name, keys),
                    node,
                    reader,
                )
            for row, columns in rows.items():
                self._join(kinds, Kind(row, {}, columns), node, reader)
        found = Vocabulary(kinds, declared.actions, declared.customer_keys, declared.staff_keys)
        return with_graded(found, self.around.product.joined(self.around.others), root, problems)

    def _join(
        self, kinds: dict[str, Kind], kind: Kind, node: Node, reader: VocabularyReader
    ) -> None:
        before = kinds.get(kind.type) or reader.earlier.events.get(kind.type)
        if before is not None:
            reader.clashes(before, kind, node)
        product = self.around.product.events.get(kind.type)
        own = kinds.get(kind.type)
        joined = own.joined(kind) if own is not None else kind
        name = (own.name if own is not None else None) or (
            product.name if product is not None else kind.name
        )
        kinds[kind.type] = replace(joined, name=name)

    def _terms(self, context: Context, settler: Settler) -> None:  # noqa: C901 (a table, case by case)
        node = self.root.get("terms")
        if node is None:
            return
        if not isinstance(node, Mapping):
            self.problems.error(node.mark, "terms", "terms 应为映射", "terms is a map")
            return
        found: list[tuple[Term, Mapping, Mark]] = []
        for name, entry in node.entries.items():
            term = self._term(context, name, entry, node.mark_of(name))
            if term is not None and isinstance(entry, Mapping):
                context.terms[(term.of, name)] = term
                found.append((term, entry, node.mark_of(name)))
        for term, entry, _ in found:
            condition = entry.get("if")
            if condition is not None:
                condition = settler.place(condition).node
            term.condition = ConditionReader(context, context.book_of(term.of)).read(condition)
        for term, _, mark in found:
            if _uses(term, term, set()):
                self.problems.error(
                    mark,
                    "circular-term",
                    f"术语“{term.name}”用到了自己",
                    f"the term “{term.name}” uses itself",
                )

    def _term(self, context: Context, name: str, entry: Node, mark: Mark) -> Term | None:
        if not isinstance(entry, Mapping):
            self.problems.error(
                entry.mark, "term", "术语应为 {of, name, if}", "a term is {of, name, if}"
            )
            return None
        reader = RuleReader(context, entry, "term")
        reader.asked = {"if", "note"}
        of = reader.text("of", required=True, among=TERM_OF)
        label = reader.words("name")
        if entry.get("if") is None:
            self.problems.error(
                entry.mark, "missing-key", f"术语“{name}”缺少 if", f"the term “{name}” needs if"
            )
        reader.finish()
        if of is None:
            return None
        known: Map[str, Key] = {
            "customer": context.vocabulary.customer_keys,
            "staff": context.vocabulary.staff_keys,
            "case": context.vocabulary.case_keys(),
        }[of]
        if name in known:
            self.problems.error(
                mark,
                "taken",
                f"“{name}”已经是一个键，术语要另起名字",
                f"“{name}” is already a key; give the term another name",
            )
            return None
        return Term(name, of, label or {"zh": name})

    def _forms(self, context: Context, settler: Settler, version: str) -> None:
        node = self.root.get("forms")
        if node is not None and not isinstance(node, Sequence):
            self.problems.error(node.mark, "forms", "forms 应为列表", "forms is a list")
        for entry in node.items if isinstance(node, Sequence) else []:
            settled = settler.place(entry).node
            if not isinstance(settled, Mapping):
                self.problems.error(
                    entry.mark,
                    "form",
                    "表单应为 {code, title, event, fields}",
                    "a form is {code, title, event, fields}",
                )
                continue
            form = FormReader(context, version, settled).read()
            if form is None:
                continue
            if form.code in context.forms:
                self.problems.error(
                    form.mark,
                    "duplicate-form",
                    f"表单“{form.code}”重复",
                    f"the form “{form.code}” is repeated",
                )
            context.forms[form.code] = form
            if form.article:
                self.form_articles.append((form.article, settled.mark_of_value("article")))

    def _processes(self, context: Context, settler: Settler, reader: ProcessReader) -> list[str]:
        """Read the processes; return the stages that lost something because a setting has no value yet."""
        node, resting = self.root.get("processes"), list[str]()
        if node is not None and not isinstance(node, Sequence):
            self.problems.error(node.mark, "processes", "processes 应为列表", "processes is a list")
        for entry in _in_turn(node.items if isinstance(node, Sequence) else []):
            if not isinstance(entry, Mapping):
                self.problems.error(
                    entry.mark,
                    "value",
                    "流程应为 {code, title, stages}",
                    "a process is {code, title, stages}",
                )
                continue
            awake = Awake(settler)
            settled = settler.place(awake.process(entry)).node
            resting += awake.resting
            process = reader.read(settled) if isinstance(settled, Mapping) else None
            if process is None:
                continue
            if process.code in context.processes:
                self.problems.error(
                    process.mark,
                    "duplicate-process",
                    f"流程“{process.code}”重复",
                    f"the process “{process.code}” is repeated",
                )
            context.processes[process.code] = process
        return resting


def _in_turn(entries: list[Node]) -> list[Node]:
    """Processes that take the stages of another behind it, wherever they stand."""
    found: list[Node] = []
    waiting = list(entries)
    while waiting:
        codes = {_word(one, "code") for one in waiting}
        ready = [one for one in waiting if _word(one, "stages_of") not in codes - {""}]
        found += ready or waiting
        waiting = [one for one in waiting if one not in ready] if ready else []
    return found


def _word(node: Node, key: str) -> str:
    value = node.get(key) if isinstance(node, Mapping) else None
    return value.text if isinstance(value, Scalar) else ""


def _uses(term: Term, inside: Term, seen: set[str]) -> bool:
    if inside.condition is None or inside.name in seen:
        return False
    seen = seen | {inside.name}
    for test in inside.condition.tests():
        paths = [test.path, test.operand] if isinstance(test, Test) else []
        for path in paths:
            for hop in path.hops if isinstance(path, Path) else ():
                if hop.term is not None and (hop.term is term or _uses(term, hop.term, seen)):
                    return True
    return False


def read_calendars(
    node: Node | None, problems: Problems, table: WorkdayTable | None = None
) -> dict[str, Calendar]:
    """Company calendars by name, as a policy or rehearsal declares them."""
    found: dict[str, Calendar] = {}
    if node is None:
        return found
    if not isinstance(node, Mapping):
        problems.error(node.mark, "calendars", "calendars 应为映射", "calendars is a map")
        return found
    for name, entry in node.entries.items():
        calendar, faults = Calendar.from_mapping(name, texts(entry), table)
        for fault in faults:
            problems.error(place(entry, fault.path), "calendar", fault.message.zh, fault.message.en)
        if calendar is not None:
            found[name] = calendar
    return found


def texts(node: Node | None) -> object:
    """A node as maps and lists of its texts."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [texts(item) for item in node.items]
    return {key: texts(value) for key, value in node.entries.items()} if node is not None else None


def place(node: Node, path: tuple[object, ...]) -> Mark:
    """Where the node at a path stands, as near as it can be found."""
    for part in path:
        if isinstance(node, Mapping) and str(part) in node.entries:
            node = node.entries[str(part)]
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
        else:
            break
    return node.mark
