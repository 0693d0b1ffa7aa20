"""The holidays and make-up days of a year, entered by the company once they are announced."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

from xunzhang.law.calendar import company_time
from xunzhang.law.workdays import shipped_table
from xunzhang.lib.text import tidy
from xunzhang.organisation import actions
from xunzhang.organisation.models import HolidayYear
from xunzhang.web.cases.tables import RowsField, reshaped
from xunzhang.web.forms import DayInput, attempt
from xunzhang.web.organisation import rows
from xunzhang.web.request import Request
from xunzhang.web.views import writes

FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
KINDS = (
    ("off", gettext_lazy("days off")),
    ("work", gettext_lazy("worked (make-up day)")),
)
UNPROCESSABLE = 422


class HolidayRows(RowsField):
    """A row for each span of days off and each make-up day, with its festival."""

    def __init__(self) -> None:
        columns: dict[str, forms.Field] = {
            "festival": forms.CharField(max_length=20, label=gettext_lazy("Festival")),
            "kind": forms.ChoiceField(label=gettext_lazy("What"), choices=KINDS),
            "first": forms.DateField(label=gettext_lazy("Day"), widget=DayInput),
            "last": forms.DateField(label=gettext_lazy("To (including)"), widget=DayInput),
        }
        for field in columns.values():
            field.required = False
        marks = {"festival": True, "kind": True, "first": True, "last": False}
        super().__init__(columns, marks)

    @override
    def clean(self, value: Any) -> list[dict[str, Any]]:
        """Return the rows that have a day; each has a festival too, and ends after it begins."""
        found = [row for row in super().clean(value) if row.get("first") or row.get("last")]
        wrong = [
            _("Row %(row)s: %(wrong)s") % {"row": place, "wrong": sentence}
            for place, row in enumerate(found, start=1)
            for sentence in _faults(row)
        ]
        if wrong:
            raise forms.ValidationError(wrong)
        return found


class HolidayForm(forms.Form):
    """The year, its days off and its make-up days."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2004, max_value=2100)
    days = HolidayRows()
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, row: HolidayYear | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", entered(row) if row is not None else {})
        super().__init__(*args, **kwargs)
        self.fields["days"].label = _("Days off and make-up days")
        if row is not None:
            self.fields["year"].disabled = True

    def arrangement(self) -> dict[str, dict[str, list[str]]]:
        """Return the days in the shape that the law reads."""
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for row in self.cleaned_data["days"]:
            last = row.get("last") or row["first"]
            span = str(row["first"]) if last == row["first"] else f"{row['first']}..{last}"
            found[tidy(row["festival"])][row["kind"] or "off"].append(span)
        return {festival: dict(spans) for festival, spans in found.items()}


def entered(row: HolidayYear) -> dict[str, Any]:
    """Return what stands in the form of a year that was entered before."""
    return {
        "year": row.year,
        "revision": row.revision,
        "days": sorted(_rows(row.days), key=lambda one: str(one["first"])),
    }


def blank(year: int) -> dict[str, Any]:
    """Return what stands in the form of a new year: its festivals, their days still open."""
    return {"year": year, "days": [{"festival": name, "kind": "off"} for name in FESTIVALS]}


def next_year(today: date) -> int:
    """Return the first year from this one on that nobody knows yet."""
    known = shipped_table().years | {row.year for row in rows.holiday_years()}
    return next(year for year in range(today.year, today.year + 100) if year not in known)


@writes(audience="staff")
def add(request: Request) -> HttpResponse:
    """Enter the holidays of a year that has been announced."""
    return _edit(request, None)


@writes(audience="staff")
def change(request: Request, year: int) -> HttpResponse:
    """Correct the holidays of a year that the company entered."""
    row = rows.holiday_years().filter(year=year).first()
    if row is None:
        raise Http404
    return _edit(request, row)


def _edit(request: Request, row: HolidayYear | None) -> HttpResponse:
    today = company_time(request.at).date()
    start = entered(row) if row is not None else blank(next_year(today))
    form = HolidayForm(request.POST or None, row=row, initial=start)
    if request.method == "POST":
        data = reshaped(request.POST, request.POST.get("rows", ""))
        if data is not None:
            typed = {
                name: field.widget.value_from_datadict(data, {}, name)
                for name, field in form.fields.items()
                if not field.disabled
            }
            form = HolidayForm(row=row, initial={**start, **typed})
        elif attempt(form, lambda: _keep(form, row, request)):
            messages.success(request, _("Saved. Open duties keep the times at which they are due."))
            return redirect("organisation:calendars")
    status = UNPROCESSABLE if form.errors else 200
    context = {"form": form, "year": row.year if row is not None else None}
    return render(request, "organisation/holiday_form.html", context, status=status)


def _keep(form: HolidayForm, row: HolidayYear | None, request: Request) -> HolidayYear:
    return actions.set_holidays(
        year=form.cleaned_data["year"],
        days=form.arrangement(),
        revision=form.cleaned_data["revision"] or 0 if row is not None else None,
        by=request.by,
        at=request.at,
    )


def _rows(days: Mapping[str, Mapping[str, list[str]]]) -> Iterator[dict[str, Any]]:
    for festival, kinds in days.items():
        for kind, spans in kinds.items():
            for span in spans:
                first, _dots, last = span.partition("..")
                yield {"festival": festival, "kind": kind, "first": first, "last": last or None}


def _faults(row: Mapping[str, Any]) -> Iterator[str]:
    if not row.get("festival"):
        yield _("name the festival")
    if row.get("first") is None:
        yield _("give the first day")
    elif row.get("last") is not None and row["last"] < row["first"]:
        yield _("the last day must not lie before the first")
