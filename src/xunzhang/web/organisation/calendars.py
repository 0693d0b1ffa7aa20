"""The company's own calendars: looked at, made, changed, and what a change means for the next days."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xunzhang.law.calendar import CHINA, Calendar, china_with, company_time
from xunzhang.law.workdays import shipped_table
from xunzhang.organisation import actions, queries
from xunzhang.organisation.actions.calendars import told
from xunzhang.organisation.models import WorkCalendar
from xunzhang.policy.book import current_law
from xunzhang.web.cases.tables import reshaped
from xunzhang.web.forms import attempt
from xunzhang.web.organisation import rows
from xunzhang.web.organisation.calendar_form import CalendarForm, entered
from xunzhang.web.organisation.holidays import next_year
from xunzhang.web.organisation.month import Month, month_of
from xunzhang.web.request import Request
from xunzhang.web.saying import Saying
from xunzhang.web.views import reads, writes

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Shown:
    """A calendar of the company's as the list shows it."""

    row: WorkCalendar
    base: str
    used_by: tuple[str, ...]
    month: Month | None


@reads()
def calendars(request: Request) -> HttpResponse:
    """Show the calendars by which duties count their days."""
    today = company_time(request.at).date()
    context = {
        "china": month_of(china(), today),
        "years": rows.holiday_years(),
        "first": min(shipped_table().years),
        "last": max(shipped_table().years),
        "next": next_year(today),
        "china_used_by": _used_by("china", request.at),
        "calendars": [_shown(row, request.at) for row in rows.calendars()],
    }
    return render(request, "organisation/calendars.html", context)


@writes(audience="staff")
def add(request: Request) -> HttpResponse:
    """Make a calendar of the company's own."""
    return _edit(request, None)


@writes(audience="staff")
def change(request: Request, name: str) -> HttpResponse:
    """Change hours and days; what is due already stays due as it was."""
    row = queries.calendar_named(name)
    if row is None:
        raise Http404
    return _edit(request, row)


def _edit(request: Request, row: WorkCalendar | None) -> HttpResponse:
    form = CalendarForm(request.POST or None, calendar=row)
    before = _read(row.name, row.data) if row is not None else None
    month = None
    if request.method == "POST":
        data = reshaped(request.POST, request.POST.get("rows", ""))
        if data is not None:
            form = CalendarForm(calendar=row, initial={**entered(row), **_typed(form, data)})
        elif "preview" in request.POST:
            month = _preview(form, before, request)
        elif attempt(form, lambda: _keep(form, row, request)):
            messages.success(request, _("Saved. Open duties keep the times at which they are due."))
            return redirect("organisation:calendars")
    if month is None and before is not None:
        month = month_of(before, company_time(request.at).date())
    context = {"form": form, "calendar": row, "month": month}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "organisation/calendar_form.html", context, status=status)


def _keep(form: CalendarForm, row: WorkCalendar | None, request: Request) -> WorkCalendar:
    return actions.set_calendar(
        name=form.cleaned_data["name"],
        data=form.data_of_calendar(),
        revision=form.cleaned_data["revision"] or 0 if row is not None else None,
        by=request.by,
        at=request.at,
    )


def _preview(form: CalendarForm, before: Calendar | None, request: Request) -> Month | None:
    """What the calendar would be; None where it cannot be read, which the form then tells."""
    if not form.is_valid():
        return None
    name = form.cleaned_data["name"]
    calendar, faults = Calendar.from_mapping(
        name, form.data_of_calendar(), queries.company_holidays()
    )
    if calendar is None:
        for field, lines in told(faults).items():
            form.add_error(field if field in form.fields else "special", lines)
        return None
    return month_of(calendar, company_time(request.at).date(), before=before or china())


def _typed(form: CalendarForm, data: Any) -> dict[str, Any]:
    """What was typed so far, with a row more or less."""
    return {
        name: field.widget.value_from_datadict(data, {}, name)
        for name, field in form.fields.items()
        if not (isinstance(field, forms.CharField) and field.disabled)
    }


def _shown(row: WorkCalendar, at: datetime) -> Shown:
    calendar = _read(row.name, row.data)
    month = month_of(calendar, company_time(at).date()) if calendar is not None else None
    base = dict(CalendarForm.base_fields["base"].choices).get(row.data.get("base", "china"), "")  # type: ignore[attr-defined]
    return Shown(row, str(base), _used_by(row.name, at), month)


def _used_by(name: str, at: datetime) -> tuple[str, ...]:
    """The titles of the policies in force that count by the calendar."""
    saying = Saying(at)
    return tuple(
        saying.policy(one.policy, one.version)
        for one in current_law().book.at(company_time(at).date()).editions
        if any(rule.calendar.name == name for rule in one.rules())
    )


def _read(name: str, data: Any) -> Calendar | None:
    return Calendar.from_mapping(name, data, queries.company_holidays())[0]


def china() -> Calendar:
    """Return the calendar `china` with the years that the company entered."""
    table = queries.company_holidays()
    return china_with(table) if table is not None else CHINA
