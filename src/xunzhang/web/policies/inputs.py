"""The inputs in which settings are decided: one for each shape of value; the language's own reader checks them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from typing_extensions import override

from xunzhang.law.amend.revise import read_value, written_as
from xunzhang.law.durations import Duration, Term, Unit, parse_within
from xunzhang.law.facts import Value
from xunzhang.law.malformed import Malformed
from xunzhang.law.read.uses import Use
from xunzhang.law.spans import PERIODS, say_period
from xunzhang.law.words.values import Shape, shape_of
from xunzhang.web.forms import DayInput
from xunzhang.web.policies.said import language

_TIMES = frozenset({"within", "again", "after", "opens", "read_within", "valid", "first_after"})
_PERIODS = frozenset({"every", "over"})
_WHOS = frozenset({"who", "to", "by", "confirm", "also", "is", "approval", "sign", "among"})
_NUMBERS = frozenset(
    {"fine", "points", "at_least", "at_most", "double_from", "from", "share", "count"}
)


def shape_to_decide(value: Value, uses: Sequence[Use]) -> Shape:
    """The shape of a setting: that of its value, or where it has none, of the places that use it."""
    if value is not None:
        return shape_of(value)
    keys = {one.key for one in uses if one.whole}
    tables: tuple[tuple[frozenset[str], Shape], ...] = (
        (_TIMES, "time"),
        (_PERIODS, "period"),
        (_WHOS, "who"),
        (_NUMBERS, "number"),
    )
    return next((shape for names, shape in tables if keys & names), "words")


def field_for(shape: Shape, value: Value, people: str) -> forms.Field:
    """The field of a setting; `people` is the id of the list that proposes whos."""
    match shape:
        case "time":
            return TimeField(initial=value)
        case "period" | "yes":
            return _choice(shape, value)
        case _:
            widget = _widget(shape, people)
            return forms.CharField(
                initial=_written(shape, value), widget=widget, required=False, max_length=2_000
            )


def _choice(shape: Shape, value: Value) -> forms.Field:
    choices = [("true", _("Yes")), ("false", _("No"))]
    if shape == "period":
        choices = [(one, say_period(one, language())) for one in PERIODS]
    chosen = written_as(value) if isinstance(value, bool) else value
    return forms.ChoiceField(
        choices=[("", _("not decided")), *choices], initial=chosen, required=False
    )


def _widget(shape: Shape, people: str) -> forms.Widget:
    if shape == "number":
        return forms.NumberInput(attrs={"step": "any"})
    if shape == "date":
        return DayInput()
    if shape == "list":
        return forms.Textarea(attrs={"rows": 2})
    return forms.TextInput(attrs={"list": people, "autocomplete": "off"} if shape == "who" else {})


def _written(shape: Shape, value: Value) -> str:
    """The value as it stands in the field."""
    if value is None:
        return ""
    return written_as(value) if shape in ("list", "number") else str(value)


def value_of(shape: Shape, entered: Any, before: Value) -> Value:
    """What was entered as the language holds it; nothing entered leaves it undecided.

    What means the same as `before` stays as it is written. Raises ValueError where it cannot be read at all.
    """
    text = str(entered or "").strip()
    if not text:
        return None
    if shape in ("number", "list"):
        return read_value(text)
    if shape == "time":
        return _time(text, before)
    return text == "true" if shape == "yes" else text


def _time(text: str, before: Value) -> str:
    """A time as the language writes it; one that it cannot read is left for its reader to tell."""
    try:
        within = parse_within(text)
    except Malformed:
        return text
    same = isinstance(before, str) and shape_of(before) == "time" and parse_within(before) == within
    return str(before) if same else str(within)


# -- times -------------------------------------------------------------------------------------------------


class TimeInput(forms.MultiWidget):
    """A number and what it counts, or a time that is named and takes no number."""

    use_fieldset = True

    def __init__(self) -> None:
        amount = forms.NumberInput(attrs={"min": 1, "step": 1, "aria-label": _("How many")})
        units = forms.Select(attrs={"aria-label": _("Unit of time")}, choices=_units())
        super().__init__([amount, units])

    @override
    def id_for_label(self, id_: str) -> str:
        return id_

    @override
    def decompress(self, value: Any) -> list[str]:
        words = str(value or "")
        if words in {one.value for one in Term}:
            return ["", words]
        amount, _space, unit = words.partition(" ")
        return [
            amount,
            next((one.value for one in Unit if one.value.startswith(unit)), "") if unit else "",
        ]

    @override
    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> Any:
        amount, unit = super().value_from_datadict(data, files, name)
        if unit in {one.value for one in Term}:
            return str(unit)
        return f"{amount or ''} {unit or ''}".strip()


class TimeField(forms.CharField):
    """A time as the language writes it, `3 workdays`."""

    def __init__(self, *, initial: Value) -> None:
        super().__init__(initial=initial, widget=TimeInput(), required=False)


def _units() -> list[tuple[str, str]]:
    english = language() == "en"
    counted = [(one.value, one.value if english else _bare(one)) for one in Unit]
    named = [(one.value, one.say(language())) for one in Term]
    return [("", _("not decided")), *counted, *named]


def _bare(unit: Unit) -> str:
    """The unit as it stands behind a number: `个工作日`."""
    return Duration(1, unit).say("zh").partition(" ")[2]
