"""Reads `articles:` and `chapters:`, and the rules in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace

from xunzhang.law.calendar import Calendar
from xunzhang.law.facts import NOTHING
from xunzhang.law.kinds import READERS, AnyRule
from xunzhang.law.problems import Mark, Problems
from xunzhang.law.read.context import Context
from xunzhang.law.read.rule import RuleReader, Site, iso_date, words
from xunzhang.law.read.settings import Settler
from xunzhang.law.source import Mapping, Node, Scalar, Sequence
from xunzhang.law.text import Article, Words

ARTICLE_KEYS = ("no", "title", "text", "clause", "note", "waits", "effective", "rules")


@dataclass(frozen=True, slots=True)
class Placed:
    """An article's node with its chapter and the label that is unique in the policy."""

    node: Mapping
    chapter: Words
    no: str
    label: str


class ArticleReader:
    """Reads the articles of one policy."""

    def __init__(
        self,
        context: Context,
        version: str,
        calendar: Calendar,
        settler: Settler,
        scope: Node | None,
    ) -> None:
        self.context = context
        self.problems = context.problems
        self.version = version
        self.calendar = calendar
        self.settler = settler
        self.scope = scope
        self.resting: list[str] = []

    def places(self, root: Mapping) -> list[Placed]:
        """Every article with its label; missing numbers and duplicates are noted."""
        found = list(self._raw(root))
        counts = Counter(no for _, _, no in found)
        seen: set[tuple[str, str]] = set()
        placed = []
        for node, chapter, no in found:
            name = chapter.get("zh", "")
            if (name, no) in seen:
                self.problems.error(
                    node.mark_of("no"),
                    "duplicate-article",
                    f"条号“{no}”重复",
                    f"the article number “{no}” is repeated",
                )
            seen.add((name, no))
            label = f"{name}/{no}" if counts[no] > 1 and name else no
            placed.append(Placed(node, chapter, no, label))
        return placed

    def _raw(self, root: Mapping) -> Iterator[tuple[Mapping, Words, str]]:
        chapters = root.get("chapters")
        if chapters is not None and not isinstance(chapters, Sequence):
            self.problems.error(chapters.mark, "chapter", "chapters 应为列表", "chapters is a list")
        for chapter in chapters.items if isinstance(chapters, Sequence) else []:
            if not isinstance(chapter, Mapping):
                self.problems.error(
                    chapter.mark,
                    "chapter",
                    "章应为 {title, articles}",
                    "a chapter is {title, articles}",
                )
                continue
            for key in chapter.entries:
                if key not in ("title", "articles", "note"):
                    self.problems.unknown(
                        chapter.mark_of(key),
                        "unknown-key",
                        ("键（章）", "key of a chapter"),
                        key,
                        ("title", "articles"),
                    )
            title = chapter.get("title")
            for key in ("title", "articles"):
                if key not in chapter.entries:
                    self.problems.error(
                        chapter.mark, "missing-key", f"章缺少 {key}", f"a chapter needs {key}"
                    )
            said = words(self.problems, title, "title") if title is not None else {}
            yield from self._articles(chapter.get("articles"), said)
        yield from self._articles(root.get("articles"), NOTHING)

    def _articles(self, node: Node | None, chapter: Words) -> Iterator[tuple[Mapping, Words, str]]:
        if node is None:
            return
        if not isinstance(node, Sequence):
            self.problems.error(node.mark, "articles", "articles 应为列表", "articles is a list")
            return
        for entry in node.items:
            if not isinstance(entry, Mapping):
                self.problems.error(
                    entry.mark, "article", "条应为 {no, text, …}", "an article is {no, text, …}"
                )
                continue
            no = entry.get("no")
            if not isinstance(no, Scalar):
                self.problems.error(entry.mark, "missing-key", "条缺少 no", "an article needs no")
                continue
            yield entry, chapter, no.text

    def scan(self, placed: list[Placed]) -> None:
        """Note every rule id and breach code before rules are read, so that they may be named anywhere."""
        for one in placed:
            for rule in self._rules(one.node):
                id_ = rule.get("id")
                if isinstance(id_, Scalar):
                    if id_.text in self.context.rule_ids:
                        self.problems.error(
                            id_.mark,
                            "duplicate-id",
                            f"规则编号“{id_.text}”重复",
                            f"the rule id “{id_.text}” is repeated",
                        )
                    self.context.rule_ids.add(id_.text)
                    kind = rule.get("kind")
                    if isinstance(kind, Scalar) and kind.text == "checklist":
                        self.context.checklists.add(id_.text)

    def _rules(self, node: Mapping) -> list[Mapping]:
        rules = node.get("rules")
        if rules is None:
            return []
        if not isinstance(rules, Sequence):
            self.problems.error(rules.mark, "rules", "rules 应为列表", "rules is a list")
            return []
        for item in rules.items:
            if not isinstance(item, Mapping):
                self.problems.error(
                    item.mark, "rule", "规则应为 {id, kind, …}", "a rule is {id, kind, …}"
                )
        return [item for item in rules.items if isinstance(item, Mapping)]

    def read(self, placed: list[Placed]) -> tuple[Article, ...]:
        """All articles with their rules."""
        return tuple(self._article(one, order) for order, one in enumerate(placed))

    def _article(self, one: Placed, order: int) -> Article:
        node = one.node
        for key in node.entries:
            if key not in ARTICLE_KEYS:
                self.problems.unknown(
                    node.mark_of(key),
                    "unknown-key",
                    ("键（条）", "key of an article"),
                    key,
                    ARTICLE_KEYS,
                )
        reader = RuleReader(self.context, node, "article")
        text = reader.words("text", required=True)
        waits = node.get("waits")
        article = Article(
            one.no,
            one.label,
            reader.words("title"),
            text,
            one.chapter,
            tuple(name for name, _ in reader.names("clause")),
            reader.words("note"),
            {key: value.text for key, value in waits.entries.items() if isinstance(value, Scalar)}
            if isinstance(waits, Mapping)
            else {},
            reader.time("effective", iso_date),
            node.mark,
            order,
        )
        rules = [
            rule
            for index, item in enumerate(self._rules(node))
            if (rule := self._rule(item, article, index)) is not None
        ]
        return replace(article, rules=tuple(rules))

    def _rule(self, node: Mapping, article: Article, index: int) -> AnyRule | None:
        placed = self.settler.place(node)
        settled = placed.node
        if not isinstance(settled, Mapping):
            return None
        id_, kind = settled.get("id"), settled.get("kind")
        if not isinstance(id_, Scalar):
            self.problems.error(node.mark, "missing-key", "规则缺少 id", "a rule needs id")
        if not isinstance(kind, Scalar):
            self.problems.error(node.mark, "missing-key", "规则缺少 kind", "a rule needs kind")
            self._codes(settled)
            return None
        if kind.text not in READERS:
            self.problems.unknown(
                kind.mark, "unknown-kind", ("规则种类", "rule kind"), kind.text, READERS
            )
            self._codes(settled)
            return None
        site = Site(
            self.context.policy,
            self.version,
            article.label,
            (article.order, index),
            self.calendar,
            article.effective,
            self.scope,
        )
        if placed.resting:
            self._rest(id_, settled)
            self._names_at_rest(node, settled, kind.text, site)
            return None
        reader = RuleReader(self.context, settled, kind.text, site)
        before = len(self.problems.found)
        rule = READERS[kind.text](reader)
        reader.finish()
        sound = all(one.warning for one in self.problems.found[before:])
        return rule if sound and isinstance(id_, Scalar) else None

    def _names_at_rest(self, node: Mapping, settled: Mapping, kind: str, site: Site) -> None:
        """Note the unknown names of a rule at rest, but for what stands where a setting has no value yet."""
        found = Problems(self.problems.file)
        aside = copy(self.context)
        aside.problems, aside.codes, aside.answered = found, dict(self.context.codes), []
        reader = RuleReader(aside, settled, kind, site)
        READERS[kind](reader)
        reader.finish()
        waiting = {(one.line, one.column) for one in _settings_in(node)}
        self.problems.found += [
            one
            for one in found.found
            if one.code.startswith("unknown") and (one.line, one.column) not in waiting
        ]
        self.context.answered += [
            (code, mark) for code, mark in aside.answered if (mark.line, mark.column) not in waiting
        ]

    def _rest(self, id_: Node | None, node: Mapping) -> None:
        if isinstance(id_, Scalar):
            self.resting.append(id_.text)
        self._codes(node)

    def _codes(self, node: Mapping) -> None:
        """Note the codes that a rule which is not read would raise."""
        for key in ("breach", "unsigned"):
            code = node.get(key)
            kind = node.get("kind")
            sanction = isinstance(kind, Scalar) and kind.text == "sanction"
            if isinstance(code, Scalar) and not sanction:
                self.context.codes.setdefault(code.text, code.mark)


def _settings_in(node: Node) -> Iterator[Mark]:
    """Where settings stand in a node."""
    if isinstance(node, Scalar):
        if "$" in node.text:
            yield node.mark
        return
    for inner in node.items if isinstance(node, Sequence) else node.entries.values():
        yield from _settings_in(inner)
