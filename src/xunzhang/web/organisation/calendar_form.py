"""A calendar as it is filled in: the hours of the week, and the days that are otherwise."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

from xunzhang.lib.text import tidy
from xunzhang.organisation.models import WorkCalendar
from xunzhang.web.cases.tables import RowsField
from xunzhang.web.forms import DayInput

WEEK: Mapping[str, Any] = {
    "mon": gettext_lazy("Monday"),
    "tue": gettext_lazy("Tuesday"),
    "wed": gettext_lazy("Wednesday"),
    "thu": gettext_lazy("Thursday"),
    "fri": gettext_lazy("Friday"),
    "sat": gettext_lazy("Saturday"),
    "sun": gettext_lazy("Sunday"),
}
BASES = (
    ("china", gettext_lazy("holidays and make-up days of mainland China, as announced")),
    ("weekdays", gettext_lazy("the hours of the week alone, without public holidays")),
    ("everyday", gettext_lazy("every day, without public holidays")),
)
KINDS = (
    ("", "—"),
    ("holidays", gettext_lazy("day off")),
    ("workdays", gettext_lazy("worked (make-up day)")),
    ("half_days", gettext_lazy("half a day")),
)
OFFICE_HOURS = "09:00-12:00 13:00-18:00"
HALF_DAY = "09:00-12:00"
_FIVE = ("mon", "tue", "wed", "thu", "fri")
_LONGEST_SPAN = 400
_DAY = timedelta(days=1)


class SpecialDays(RowsField):
    """Days off, make-up days and half days; a row may stand for several days on end."""

    def __init__(self) -> None:
        hours = forms.CharField(max_length=80, label=gettext_lazy("Hours of half a day"))
        hours.widget.attrs["placeholder"] = HALF_DAY
        columns: dict[str, forms.Field] = {
            "first": forms.DateField(label=gettext_lazy("Day"), widget=DayInput),
            "last": forms.DateField(label=gettext_lazy("To (including)"), widget=DayInput),
            "kind": forms.ChoiceField(label=gettext_lazy("What"), choices=KINDS),
            "hours": hours,
        }
        for field in columns.values():
            field.required = False
        super().__init__(columns, {"first": True, "last": False, "kind": True, "hours": False})

    @override
    def clean(self, value: Any) -> list[dict[str, Any]]:
        """Return the rows; each has a day and says what is special about it."""
        rows = super().clean(value)
        wrong = [
            _("Row %(row)s, %(column)s: %(wrong)s")
            % {"row": place, "column": column, "wrong": sentence}
            for place, row in enumerate(rows, start=1)
            for column, sentence in _faults(row)
        ]
        if wrong:
            raise forms.ValidationError(wrong)
        return rows


class CalendarForm(forms.Form):
    """The name, what it rests on, the hours of the week, and the special days."""

    name = forms.CharField(
        label=gettext_lazy("Name of the calendar"), max_length=100,
        help_text=gettext_lazy("Policies name it in `calendar:`; it stays as it is."),
    )  # fmt: skip
    base = forms.ChoiceField(label=gettext_lazy("Rests on"), choices=BASES)
    special = SpecialDays()
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, calendar: WorkCalendar | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", entered(calendar))
        super().__init__(*args, **kwargs)
        self.fields["special"].label = _("Special days")
        for day, title in WEEK.items():
            field = forms.CharField(label=title, required=False, max_length=120)
            field.widget.attrs["placeholder"] = _("no hours")
            self.fields[f"hours.{day}"] = field
        if calendar is not None:
            self.fields["name"].disabled = True

    @property
    def week(self) -> list[forms.BoundField]:
        """Return the seven lines of hours."""
        return [self[f"hours.{day}"] for day in WEEK]

    def data_of_calendar(self) -> dict[str, Any]:
        """Return the calendar in the shape that the law reads."""
        said = self.cleaned_data
        week = {day: tidy(said[f"hours.{day}"]).replace(",", " ").split() for day in WEEK}
        days: dict[str, Any] = {"holidays": [], "workdays": [], "half_days": {}}
        for row in said["special"]:
            hours = tidy(row.get("hours") or HALF_DAY).replace(",", " ").split()
            for day in _span(row):
                if row["kind"] == "half_days":
                    days["half_days"][day.isoformat()] = hours
                else:
                    days[row["kind"]].append(day.isoformat())
        return {
            "base": said["base"],
            "hours": {day: windows for day, windows in week.items() if windows},
            "holidays": sorted(set(days["holidays"])),
            "workdays": sorted(set(days["workdays"])),
            "half_days": dict(sorted(days["half_days"].items())),
        }


def entered(calendar: WorkCalendar | None) -> dict[str, Any]:
    """Return what stands in the form of a calendar; a new one has office hours from Monday to Friday."""
    if calendar is None:
        hours = {f"hours.{day}": OFFICE_HOURS if day in _FIVE else "" for day in WEEK}
        return {"base": "china", "special": [], **hours}
    data = calendar.data
    return {
        "name": calendar.name,
        "base": data.get("base", "china"),
        "special": _rows(data),
        "revision": calendar.revision,
        **{f"hours.{day}": hours for day, hours in _week(data).items()},
    }


def _week(data: Mapping[str, Any]) -> dict[str, str]:
    """The hours of each weekday; a day named alone prevails over a range that holds it."""
    if "hours" not in data:
        worked = WEEK if data.get("base") == "everyday" else _FIVE
        return {day: OFFICE_HOURS if day in worked else "" for day in WEEK}
    names, found = list(WEEK), dict.fromkeys(WEEK, "")
    for key, windows in sorted(data["hours"].items(), key=lambda pair: "-" not in pair[0]):
        first, _dash, last = str(key).partition("-")
        start, end = names.index(first), names.index(last or first)
        for step in range((end - start) % len(names) + 1):
            found[names[(start + step) % len(names)]] = " ".join(windows)
    return found


def _rows(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The special days by date, those of one kind on end as one row."""
    days = [
        (date.fromisoformat(str(day)), kind, "")
        for kind in ("holidays", "workdays")
        for day in data.get(kind, ())
    ]
    halves: Mapping[str, Iterable[str]] = data.get("half_days", {})
    days += [
        (date.fromisoformat(str(day)), "half_days", " ".join(hours))
        for day, hours in halves.items()
    ]
    rows: dict[tuple[str, str], list[list[date]]] = defaultdict(list)
    for day, kind, hours in sorted(days):
        spans = rows[kind, hours]
        if spans and spans[-1][1] + _DAY == day:
            spans[-1][1] = day
        else:
            spans.append([day, day])
    listed = [
        {"first": first, "last": last if last != first else None, "kind": kind, "hours": hours}
        for (kind, hours), spans in rows.items()
        for first, last in spans
    ]
    return sorted(listed, key=lambda row: str(row["first"]))


def _span(row: Mapping[str, Any]) -> Iterator[date]:
    day, last = row["first"], row.get("last") or row["first"]
    while day <= last:
        yield day
        day += _DAY


def _faults(row: Mapping[str, Any]) -> Iterator[tuple[Any, str]]:
    first, last = row.get("first"), row.get("last")
    if first is None:
        yield _("Day"), _("This is required.")
    elif last is not None and not first <= last <= first + _DAY * _LONGEST_SPAN:
        yield (
            _("To (including)"),
            _("It must not lie before the first day, nor more than a year after it."),
        )
    if not row.get("kind"):
        yield _("What"), _("Say whether it is off, worked, or half a day.")
