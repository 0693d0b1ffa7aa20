"""What changes in the rest of a policy: head, roles, settings, terms, events, forms and processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from xunzhang.law.amend.cards import rows
from xunzhang.law.amend.difference import Difference, Part, changed
from xunzhang.law.amend.rules import Speakers, speakers
from xunzhang.law.conditions import ALWAYS
from xunzhang.law.paths import Term
from xunzhang.law.text import Edition, Field, Form, Process, Setting, Words, say
from xunzhang.law.vocabulary import Kind
from xunzhang.law.words import Phrase, Speaker, say_process, say_stage
from xunzhang.law.words.conditions import said
from xunzhang.law.words.types import say_type
from xunzhang.law.words.whos import steps

T = TypeVar("T")
Said = tuple[str, str]


def document(old: Edition, new: Edition) -> Iterator[Difference]:
    """Everything that changes outside the articles."""
    yield from _head(old, new)
    yield from _settings(old.settings, new.settings)
    yield from _terms(old, new)
    yield from _events(old, new)
    yield from _forms(old, new)
    yield from _processes(old, new)


def _same(text: object) -> Words:
    words = "" if text is None else str(text)
    return {"zh": words, "en": words}


def _head(old: Edition, new: Edition) -> Iterator[Difference]:
    place: Said = ("制度", "policy")
    heads: list[tuple[Said, Words, Words]] = [
        (
            ("名称", "title"),
            {lang: say(old.title, lang) for lang in ("zh", "en")},
            {lang: say(new.title, lang) for lang in ("zh", "en")},
        ),
        (("解释部门", "issuer"), _same(old.issuer), _same(new.issuer)),
        (
            ("批准人", "approver"),
            _same(old.approver.removeprefix("role:")),
            _same(new.approver.removeprefix("role:")),
        ),
        (("施行日期", "date of effect"), _same(old.effective), _same(new.effective)),
        (("废止日期", "end"), _same(old.until), _same(new.until)),
        (("日历", "calendar"), _same(old.calendar.name), _same(new.calendar.name)),
    ]
    for what, before, after in heads:
        if before != after:
            yield changed("policy", new.policy, place, what, before, after)
    for name in new.roles:
        if name not in old.roles:
            yield Difference("role", "added", name, f"新增角色“{name}”", f"Added the role “{name}”")
    for name in old.roles:
        if name not in new.roles:
            yield Difference(
                "role", "removed", name, f"取消角色“{name}”", f"Removed the role “{name}”"
            )


def _named(
    part: Part,
    what: Said,
    old: Mapping[str, T],
    new: Mapping[str, T],
    name: Callable[[T, str], str],
) -> Iterator[Difference]:
    """Things that only one side has."""
    for code, one in new.items():
        if code not in old:
            yield Difference(
                part,
                "added",
                code,
                f"新增{what[0]}“{name(one, 'zh')}”",
                f"Added the {what[1]} “{name(one, 'en')}”",
            )
    for code, one in old.items():
        if code not in new:
            yield Difference(
                part,
                "removed",
                code,
                f"取消{what[0]}“{name(one, 'zh')}”",
                f"Removed the {what[1]} “{name(one, 'en')}”",
            )


def _settings(old: Mapping[str, Setting], new: Mapping[str, Setting]) -> Iterator[Difference]:
    yield from _named("setting", ("设置", "setting"), old, new, lambda one, lang: one.name)  # noqa: ARG005
    for name in new:
        if name in old and old[name].value != new[name].value:
            place = (f"设置“{name}”", f"setting “{name}”")
            yield changed(
                "setting",
                name,
                place,
                ("值", "value"),
                _same(old[name].value),
                _same(new[name].value),
            )


def _terms(old: Edition, new: Edition) -> Iterator[Difference]:
    before, after = (
        {f"{of}.{name}": term for (of, name), term in one.terms.items()} for one in (old, new)
    )
    yield from _named(
        "term", ("定义", "term"), before, after, lambda one, lang: say(one.label, lang)
    )
    olds, news = speakers(old), speakers(new)
    for code, term in after.items():
        if code in before and (words := _meant(before[code], olds)) != (now := _meant(term, news)):
            place = (f"定义“{say(term.label)}”", f"term “{say(term.label, 'en')}”")
            yield changed("term", code, place, ("条件", "condition"), words, now)


def _meant(term: Term, by: Speakers) -> Words:
    return (
        {lang: said(term.condition, speaker) for lang, speaker in by.items()}
        if term.condition is not None
        else {}
    )


def _events(old: Edition, new: Edition) -> Iterator[Difference]:
    def name(kind: Kind, lang: str) -> str:
        return say(kind.name, lang) or kind.type

    forms = {form.event for edition in (old, new) for form in edition.forms.values()}
    for what, before, after in (
        (("事件", "event"), old.declared.events, new.declared.events),
        (("操作", "action"), old.declared.actions, new.declared.actions),
    ):
        mine, theirs = (
            {type_: kind for type_, kind in kinds.items() if type_ not in forms}
            for kinds in (before, after)
        )
        yield from _named("event", what, mine, theirs, name)
        for type_, kind in theirs.items():
            if type_ in mine and (keys := _keys(mine[type_])) != (now := _keys(kind)):
                place = (f"{what[0]}“{name(kind, 'zh')}”", f"{what[1]} “{name(kind, 'en')}”")
                yield changed("event", type_, place, ("键", "keys"), keys, now)
            if type_ in mine and mine[type_].action != kind.action:
                place = (f"{what[0]}“{name(kind, 'zh')}”", f"{what[1]} “{name(kind, 'en')}”")
                was, now = (
                    dict.fromkeys(("zh", "en"), one.action or "") for one in (mine[type_], kind)
                )
                yield changed("event", type_, place, ("对应的操作", "action"), was, now)


def _keys(kind: Kind) -> Words:
    return {
        lang: "、".join(say(key.label, lang) or key.name for _, key in sorted(kind.keys.items()))
        for lang in ("zh", "en")
    }


# -- forms -------------------------------------------------------------------------------------------


def _forms(old: Edition, new: Edition) -> Iterator[Difference]:
    yield from _named(
        "form", ("表单", "form"), old.forms, new.forms, lambda one, lang: say(one.title, lang)
    )
    olds, news = speakers(old), speakers(new)
    for code, form in new.forms.items():
        if code in old.forms:
            place = (f"表单“{say(form.title)}”", f"form “{say(form.title, 'en')}”")
            for row in rows(_form(old.forms[code], olds), _form(form, news)):
                yield changed(
                    "form", code, place, row.label, row.before, row.after, form.article or None
                )


def _form(form: Form, by: Speakers) -> dict[str, list[Phrase]]:
    """A form as a card: its title, signatures, copies, and a row for each field."""
    cards = {}
    for lang, speaker in by.items():
        here = speaker.about((form.event,))
        copies = form.copies if isinstance(form.copies, int) else "、".join(form.copies)
        card = [
            Phrase("title", speaker.pick("名称", "title"), say(form.title, lang)),
            Phrase("sign", speaker.pick("签字", "signatures"), steps(form.sign, here)),
            Phrase("copies", speaker.pick("份数", "copies"), str(copies)),
        ]
        cards[lang] = card + [
            Phrase(f"field {one.name}", speaker.pick("栏目", "field"), _field(one, speaker))
            for one in form.fields
        ]
    return cards


def _field(field: Field, by: Speaker) -> str:
    """`金额（金额，必填）`, with its choices and columns."""
    parts = [say_type(field.key.type, by.lang)]
    if field.required is not None:
        always = field.required is ALWAYS
        parts.append(
            by.pick("必填", "required")
            if always
            else by.pick("有条件必填", "required in some cases")
        )
    if field.key.choices:
        parts.append(
            by.pick("可选：", "one of: ") + by.pick("、", ", ").join(map(str, field.key.choices))
        )
    if field.columns:
        parts.append(
            by.pick("列：", "columns: ")
            + by.pick("、", ", ").join(_field(one, by) for one in field.columns)
        )
    label = say(field.key.label, by.lang) or field.name
    return by.pick(f"{label}（{'，'.join(parts)}）", f"{label} ({', '.join(parts)})")


# -- processes ---------------------------------------------------------------------------------------


def _processes(old: Edition, new: Edition) -> Iterator[Difference]:
    yield from _named(
        "process",
        ("流程", "process"),
        old.processes,
        new.processes,
        lambda one, lang: say(one.title, lang),
    )
    olds, news = speakers(old), speakers(new)
    for code, process in new.processes.items():
        if code in old.processes:
            yield from _process(old.processes[code], process, olds, news)


def _process(old: Process, new: Process, olds: Speakers, news: Speakers) -> Iterator[Difference]:
    place = (f"流程“{say(new.title)}”", f"process “{say(new.title, 'en')}”")
    before, after = (
        {lang: say_process(one, speaker) for lang, speaker in by.items()}
        for one, by in ((old, olds), (new, news))
    )
    for row in rows(before, after):
        yield changed(
            "process", new.code, place, row.label, row.before, row.after, new.article or None
        )
    for stage in new.stages:
        other = old.stage(stage.code)
        if other is None:
            continue
        was = {lang: say_stage(other, old, speaker) for lang, speaker in olds.items()}
        now = {lang: say_stage(stage, new, speaker) for lang, speaker in news.items()}
        here = (f"{place[0]}“{say(stage.title)}”", f"{place[1]}, stage “{say(stage.title, 'en')}”")
        name = f"{new.code}/{stage.code}"
        for row in rows(was, now):
            yield changed(
                "process", name, here, row.label, row.before, row.after, stage.article or None
            )
