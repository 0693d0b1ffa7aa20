"""What a policy officer hears of a file that is wrong: every place at once, in both languages, never a crash."""

from __future__ import annotations

import copy
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xunzhang.law.loader import PACKS, load
from xunzhang.law.problems import Problem, Problems
from xunzhang.law.rehearsal import load_rehearsal
from xunzhang.law.source import parse, plain

POLICIES = Path(__file__).parent / "policies"
_MARK = re.compile(r"  # ! (.+)$")
HEAD = "policy: p\ntitle: 制\nversion: 1\neffective: 2026-01-01\n"


def errors(data: bytes | str) -> list[Problem]:
    _, problems = load(data, "p.yaml")
    return [one for one in problems if not one.warning]


def test_everything_wrong_is_told_at_once_where_it_stands() -> None:
    text = (POLICIES / "everything-wrong.yaml").read_text(encoding="utf-8")
    found = errors(text)
    wanted = {
        line: match[1]
        for line, raw in enumerate(text.splitlines(), 1)
        if (match := _MARK.search(raw))
    }
    told = {one.line: one for one in found}
    assert {line: wanted[line] for line in wanted if line not in told} == {}
    assert [one.say("en") for one in found if one.line not in wanted] == []
    assert [
        (line, word)
        for line, word in wanted.items()
        if not any(word in one.en for one in found if one.line == line)
    ] == []
    assert all(re.search(r"[\u4e00-\u9fff]", one.zh) and one.column >= 1 for one in found)


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"", 1, "empty"),
        (b"# only a note\n", 1, "empty"),
        (b"- a\n- b\n", 1, "a policy is a map"),
        (b"hello\n", 1, "a policy is a map"),
        ((HEAD + "articles: []\nnote: ").encode() + "制度".encode("gbk") + b"\n", 6, "UTF-8"),
        (HEAD.encode() + b"note: a\x00b\n", 5, ""),
        (b"policy: p\n\ttitle: x\n", 2, ""),
        ((HEAD + "articles: [\n").encode(), 6, "YAML"),
        ((HEAD + "articles: []\ntitle: 又\n").encode(), 6, "title” is repeated"),
        ((HEAD + "articles: &a []\nroles: *a\n").encode(), 6, "aliases of maps or lists"),
        ((HEAD + "articles: []\nx: &x {a: 1}\nscope: {<<: *x}\n").encode(), 7, "merge keys"),
        ((HEAD + "articles: []\nnote: !!python/object:os.system x\n").encode(), 6, "tags"),
        ((HEAD + 'articles:\n  - {no: "1", text: 甲,乙丙}\n').encode(), 6, "half-width comma"),
        ((HEAD + "articles: []\n---\npolicy: q\n").encode(), 6, "one document"),
        ((HEAD + "articles: " + "[" * 60 + "]" * 60 + "\n").encode(), 5, "deeper"),
        (b"a: " + b"[" * 100_000, 1, "deeper"),
        (b"a" * (50 * 1024 * 1024), 1, "the limit is"),
        ((HEAD + "articles: []\nuntil: " + "9" * 5000 + "\n").encode(), 6, "the date"),
        (
            (
                HEAD
                + 'articles:\n  - {no: "1", text: 甲, rules: [{id: a, kind: breach, when: file.lost, who: by, breach: x, count: 1e999999999}]}\n'  # noqa: E501
            ).encode(),
            6,
            "",
        ),
        (b"policy: p\ntitle: x\n", 1, "effective"),
    ],
)
def test_files_that_are_no_policy_are_told_kindly(data: bytes, line: int, said: str) -> None:
    found = errors(data)
    assert any(one.line == line and said in one.en for one in found), [
        one.say("en") for one in found
    ][:5]
    assert all(one.zh and one.en for one in found)


def test_aliases_cannot_grow_a_file() -> None:
    bomb = "a: &a [x, x, x]\n" + "".join(
        f"{two}: &{two} [*{one}, *{one}, *{one}]\n"
        for one, two in zip("abcdefghi", "bcdefghij", strict=True)
    )
    found = errors(bomb)
    assert any("aliases" in one.en and one.line == 2 for one in found)


def test_scalar_aliases_keep_their_text() -> None:
    edition, problems = load(
        HEAD + "issuer: &who 客户部\napprover: *who\narticles: [{no: 2.10, text: 甲}]\n", "p.yaml"
    )
    assert edition is not None, problems
    assert edition.approver == "客户部"
    assert edition.articles[0].no == "2.10"


def test_a_bare_label_shared_by_chapters_must_name_its_chapter() -> None:
    text = (
        HEAD
        + """chapters:
  - title: 总则
    articles: [{no: "1", text: 甲}]
  - title: 细则
    articles: [{no: "1", text: 乙}, {no: "2", text: 丙}]
forms:
  - {code: a, title: 单, event: a.made, article: 细则/1}
  - {code: b, title: 单, event: b.made, article: "2"}
  - {code: c, title: 单, event: c.made, article: "1"}
"""
    )
    assert [(one.line, one.code) for one in errors(text)] == [(13, "ambiguous-article")]


def test_a_key_of_another_kind_is_told_by_its_right_name() -> None:
    text = (
        HEAD
        + """articles:
  - no: "1"
    text: 甲
    rules:
      - {id: a, kind: duty, when: file.lost, who: by, do: file.returned, by: role:x}
      - {id: b, kind: sanction, breach: x, fine: 5, who: by}
      - {id: c, kind: guide, at: file.read, say: 慢}
      - {id: d, kind: gate, action: file.read, refuse_if: {file: x}, text: 慢}
      - {id: e, kind: breach, when: file.lost, who: by, breach: x}
"""
    )
    said = {one.line: one.en for one in errors(text)}
    assert {9, 10, 11, 12} <= set(said)
    assert 13 not in said
    assert "write also" in said[10]
    assert "write say" in said[12]


def test_two_grades_of_one_key_and_two_types_of_one_key_are_errors() -> None:
    text = (
        HEAD
        + """events: [{type: job.given, keys: {n: integer}}]
forms: [{code: a, title: 单, event: job.given, fields: [{key: n, label: 数, type: text}]}]
articles:
  - no: "1"
    text: 甲
    rules:
      - {id: a, kind: grade, of: file.lost, key: weight, classes: {heavy: always}}
      - {id: b, kind: grade, of: file.lost, key: weight, classes: {light: always}}
"""
    )
    assert [(one.line, one.code) for one in errors(text)] == [(6, "two-types"), (12, "two-grades")]


# -- whatever is written, loading ends with an edition or with places in the file ---------------------

SHIPPED = ("customer-filing", "dealer-complaints", "dealer-customer-files", "meeting-marketing")
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**9),
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            "$",
            "$x",
            ">= 5",
            "> ",
            "5..",
            "..",
            "1..2",
            "key(",
            "key(x)",
            "event.",
            "event.who",
            "customer.",
            "role:",
            "by",
            "each",
            "manager of",
            "head of event.x",
            "0 days",
            "1 month",
            "-1 days",
            "25th",
            "rrule:FREQ=MONTHLY",
            "rrule:",
            "10%",
            "%",
            "a/b",
            "/",
            "count",
            "count x by",
            "sum customer.visited.x",
            "500 per",
            "always",
            "present",
            "2026-02-30",
            "24:00",
            "<<",
            "..=",
            "5<..=3",
            "1e9",
        ]
    ),
    st.lists(st.sampled_from(["a", 1, None, {}]), max_size=3),
    st.dictionaries(
        st.sampled_from(["if", "by", "id", "kind", "event", "value", "zh", "x"]),
        st.sampled_from(["a", 1, None, []]),
        max_size=3,
    ),
)


def places(tree: object, at: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    inner = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    return [at, *(found for key, value in inner for found in places(value, (*at, key)))]


def mutated(tree: Any, at: tuple[Any, ...], how: str, odd: Any, word: str) -> Any:
    if not at:
        return odd
    tree = copy.deepcopy(tree)
    node = tree
    for key in at[:-1]:
        node = node[key]
    if how == "drop":
        del node[at[-1]]
    elif how == "rename" and isinstance(node, dict):
        node[word] = node.pop(at[-1])
    elif how == "double" and isinstance(node, list):
        node.append(copy.deepcopy(node[at[-1]]))
    else:
        node[at[-1]] = odd
    return tree


@lru_cache(maxsize=len(SHIPPED))
def shipped(code: str) -> Any:
    """A shipped policy as it is written."""
    return plain(parse((PACKS / code / "policy.yaml").read_bytes(), Problems("p")))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_mutation_of_a_policy_breaks_the_reader(data: st.DataObject) -> None:
    tree = shipped(data.draw(st.sampled_from(SHIPPED)))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.sampled_from(places(tree)))
        how = data.draw(
            st.sampled_from(["drop", "rename", "double", "replace", "replace", "replace"])
        )
        tree = mutated(
            tree,
            at,
            how,
            data.draw(ODD),
            data.draw(st.sampled_from(["who", "by", "if", "do", "text", "xx", "per", "of"])),
        )
    text = json.dumps(tree, ensure_ascii=False, indent=1, default=str)
    edition, problems = load(text, "p.yaml")
    lines = text.count("\n") + 1
    assert all(1 <= one.line <= lines and one.column >= 1 and one.zh and one.en for one in problems)
    assert (edition is None) == any(not one.warning for one in problems)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    edition, problems = load(data, "p.yaml")
    assert edition is None
    assert all(one.line >= 1 and one.column >= 1 for one in problems)
    assert problems


def test_a_rehearsal_with_rows_that_are_no_rows_is_told_where(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(
        """rehearsal: 错行
policies:
  - {policy: p, title: 制, version: 1, effective: 2026-01-01, articles: [{no: "1", text: 甲}]}
staff: [{id: li, name: 李, department: [a]}]
steps:
  - at: 2026-03-02T10:00
    event: {type: file.lost, by: [li]}
    expect:
      duties: [open]
      none: [breachs]
      colour: red
  - at: soon
  - at: 2026-03-01T10:00
    ask: {action: file.red, by: li}
""",
        encoding="utf-8",
    )
    rehearsal, problems = load_rehearsal(path)
    assert rehearsal is None
    assert [one.line for one in problems if not one.warning] == [4, 7, 9, 10, 11, 12, 13, 14]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("{id: a, kind: duty, when: visit.planned, who: by, do: customer.visited, by: key(customer)}", "no date"),
        ("{id: a, kind: duty, when: visit.planned, who: by, do: customer.visited, for_each: {m: [x]}}", "unknown key"),
        ("{id: a, kind: sanction, breach: late, fine: 5, steps: [education]}", "not both"),
        ('{id: a, kind: sanction, breach: late, fine: "100..50"}', "reversed"),
        ('{id: a, kind: sanction, breach: late, deduct: "30%..10%"}', "reversed"),
        ("{id: a, kind: sanction, breach: late, fine: 5, once_per: cutsomer}", "customer"),
    ],
)  # fmt: skip
def test_what_a_rule_cannot_mean_is_refused(rule: str, said: str) -> None:
    raises = "{id: late, kind: breach, when: file.lost, who: by, breach: late}"
    text = f'{HEAD}articles:\n  - no: "1"\n    text: 甲\n    rules:\n      - {raises}\n      - {rule}\n'
    assert [(one.line, said in one.en) for one in errors(text)] == [(10, True)]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("{key: a, label: 甲, is: b + 1}, {key: b, label: 乙, is: a + 1}", "computed from itself"),
        ("{key: a, label: 甲, type: table, columns: [{key: x, type: text}, {key: x, type: text}]}", "repeated"),
    ],
)  # fmt: skip
def test_fields_that_cannot_be_computed_or_told_apart_are_refused(fields: str, said: str) -> None:
    text = (
        f"{HEAD}articles: []\nforms: [{{code: f, title: 表, event: f.filed, fields: [{fields}]}}]\n"
    )
    assert {said in one.en for one in errors(text)} == {True}


def test_one_mistake_is_told_once() -> None:
    text = (
        HEAD
        + """calendar: shop
calendars: {shop: {base: nowhere}}
settings: {gone: {stated: false}}
events: [{type: Bad Name, keys: {a: txet}}]
articles:
  - no: "1"
    text: 甲
    rules:
      - {id: a, kind: dutty, when: visit.planned, who: by, do: customer.visited, breach: late}
      - {id: b, kind: sanction, breach: late, fine: 5}
      - {id: c, kind: duty, when: Bad Name, if: {a: x}, who: by, do: customer.visited, within: $gone}
      - {id: d, kind: checklist, file: 档, on: file.lsot, items: [{key: x, label: x}]}
forms: [{code: f, title: 表, fields: []}]
processes: [{code: q, title: 程, case: complaint, stages: [{code: a, title: 甲, forms: [f], checklist: d}]}]
"""
    )
    assert [(one.line, one.code) for one in errors(text)] == [
        (6, "calendar"),
        (7, "missing-key"),
        (8, "event"),
        (8, "unknown-type"),
        (13, "unknown-kind"),
        (16, "unknown-event"),
        (17, "missing-key"),
    ]


@pytest.mark.parametrize("escape", ["\\ud800", "\\0"])
def test_characters_that_no_file_can_hold_are_told(escape: str) -> None:
    found = errors(HEAD.replace("制", f'"制{escape}度"') + "articles: []\n")
    assert [(one.line, one.code) for one in found] == [(2, "character")]
    assert found[0].say().encode()
