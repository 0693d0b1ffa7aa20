"""A form as it is printed empty: blank boxes, lines to sign on, who gets a copy."""

from __future__ import annotations

from xunzhang.law.published.html import Html, el, joined
from xunzhang.law.text import Field, Form, say
from xunzhang.law.who import By
from xunzhang.law.words.speaker import Speaker
from xunzhang.law.words.whos import named

_ROWS = 4
_DATES = {
    "date": ("年　　月　　日", "____ - __ - __"),
    "datetime": ("年　　月　　日　　时　　分", "____ - __ - __ __:__"),
    "time": ("时　　分", "__:__"),
}
_WIDE = frozenset({"long", "table"})


def empty_form(form: Form, by: Speaker, *, title: str = "", level: int = 3) -> Html:
    """The form under its title (with another one, such as `Annex 2`, before it)."""
    heading = joined([el("small", title) if title else None, say(form.title, by.lang)])
    return el(
        "section",
        el(f"h{level}", heading),
        _head(form, by),
        el("table", el("tbody", *(_line(one, by) for one in form.fields)), cls="blank"),
        el("div", *(_place(step) for step in _signatures(form, by)), cls="signatures"),
        _copies(form, by),
        cls="form",
    )


def _head(form: Form, by: Speaker) -> Html:
    about = {
        "customer": by.pick("客户", "Customer"),
        "staff": by.pick("人员", "Person"),
        "department": by.pick("部门", "Department"),
        "case": by.pick("个案编号", "Case no."),
    }.get(form.about)
    blanks = [by.pick("表单编号", "Form no."), *([about] if about else [])]
    return el(
        "p",
        *(joined([el("span", f"{one}{by.pick('：', ': ')}"), el("span", cls="rule")]) for one in blanks),
        cls="form-head",
    )  # fmt: skip


def _line(field: Field, by: Speaker) -> Html:
    label = joined([_label(field, by), el("b", "*") if field.required is not None else None])
    wide = "tall" if field.key.type in _WIDE else ""
    return el("tr", el("th", label, scope="row"), el("td", _blank(field, by), cls=wide))


def _label(field: Field, by: Speaker) -> str:
    return say(field.key.label, by.lang) or field.name.replace("_", " ")


def _blank(field: Field, by: Speaker) -> Html | None:
    if field.columns:
        return _table(field, by)
    if field.key.choices:
        return _boxes([by.value(one, field.key) for one in field.key.choices])
    match field.key.type:
        case "boolean":
            return _boxes([by.pick("是", "yes"), by.pick("否", "no")])
        case "date" | "datetime" | "time":
            return el("span", by.pick(*_DATES[field.key.type]), cls="date")
        case "money":
            return el("span", "¥", cls="unit")
        case _:
            return None


def _boxes(choices: list[str]) -> Html:
    return el("span", *(el("span", f"□ {one}") for one in choices), cls="boxes")


def _table(field: Field, by: Speaker) -> Html:
    head = el("tr", *(el("th", _label(one, by), scope="col") for one in field.columns))
    row = el("tr", *(el("td", _blank(one, by)) for one in field.columns))
    return el("table", el("thead", head), el("tbody", *[row] * _ROWS), cls="inner")


def _signatures(form: Form, by: Speaker) -> list[str]:
    filer = by.pick("填表人", "Filed by")
    names = [filer if isinstance(one, By) else named(one, by) for one in form.sign] or [filer]
    return [name[0].upper() + name[1:] for name in names]


def _place(name: str) -> Html:
    return el("p", el("span", name), el("span", cls="rule"))


def _copies(form: Form, by: Speaker) -> Html | None:
    if isinstance(form.copies, int):
        if form.copies < 2:
            return None
        said = by.pick(f"一式 {form.copies} 份", f"In {form.copies} copies")
    else:
        kept = by.listed(form.copies)
        said = by.pick(
            f"一式 {len(form.copies)} 份：{kept}", f"In {len(form.copies)} copies: {kept}"
        )
    return el("p", said, cls="copies")
