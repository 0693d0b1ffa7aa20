"""The keys that grade rules give to events and actions, known before any rule is read."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import replace

from xunzhang.law.facts import NOTHING
from xunzhang.law.problems import Problems
from xunzhang.law.read.rule import words
from xunzhang.law.source import Mapping, Node, Scalar, Sequence
from xunzhang.law.vocabulary import Key, Kind, Vocabulary


def with_graded(
    declared: Vocabulary, known: Vocabulary, root: Mapping, problems: Problems
) -> Vocabulary:
    """What a policy declares, and the key of each of its grade rules on the event or action type that it grades.

    A key declared already keeps its type. `known` is all that the policy may speak of; a key given twice is noted.
    """
    events, actions = dict(declared.events), dict(declared.actions)
    given: set[tuple[str, str]] = set()
    for rule in _rules(root):
        of, key = rule.get("of"), rule.get("key")
        if not isinstance(of, Scalar) or not isinstance(key, Scalar):
            continue
        if (of.text, key.text) in given:
            problems.error(
                key.mark,
                "two-grades",
                f"已有规则给 {of.text} 定出“{key.text}”",
                f"another rule already gives “{key.text}” to {of.text}",
            )
        given.add((of.text, key.text))
        for ours, theirs in ((events, known.events), (actions, known.actions)):
            _give(ours, theirs, of.text, _key(key.text, rule))
    return Vocabulary(events, actions, declared.customer_keys, declared.staff_keys)


def _give(ours: dict[str, Kind], theirs: Map[str, Kind], type_: str, key: Key) -> None:
    known = ours.get(type_) or theirs.get(type_)
    declared = [kinds[type_].keys for kinds in (ours, theirs) if type_ in kinds]
    if known is not None and all(
        key.name not in keys or keys[key.name].graded for keys in declared
    ):
        before = ours.get(type_) or Kind(type_, known.name, NOTHING)
        ours[type_] = replace(before, keys={**before.keys, key.name: key})


def _key(name: str, rule: Mapping) -> Key:
    classes, said = rule.get("classes"), rule.get("name")
    choices = tuple(classes.entries) if isinstance(classes, Mapping) else ()
    label = words(Problems(""), said, "name") if said is not None else NOTHING
    return Key(name, "choice", label, choices, graded=True)


def _rules(root: Mapping) -> Iterator[Mapping]:
    chapters = [chapter.get("articles") for chapter in _maps(root.get("chapters"))]
    for articles in (*chapters, root.get("articles")):
        for article in _maps(articles):
            for rule in _maps(article.get("rules")):
                kind = rule.get("kind")
                if isinstance(kind, Scalar) and kind.text == "grade":
                    yield rule


def _maps(node: Node | None) -> list[Mapping]:
    return (
        [item for item in node.items if isinstance(item, Mapping)]
        if isinstance(node, Sequence)
        else []
    )
