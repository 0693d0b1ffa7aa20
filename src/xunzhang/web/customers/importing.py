"""A spreadsheet becomes customers: uploaded, its columns chosen, tried, run; it may be left at any time."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xunzhang.customers import importing
from xunzhang.customers.choices import ImportState
from xunzhang.customers.models import ImportJob
from xunzhang.customers.queries.history import imports_of
from xunzhang.lib import clock
from xunzhang.lib.errors import Invalid
from xunzhang.web.customers.fields import FIELD_NAMES
from xunzhang.web.customers.files import attachment
from xunzhang.web.customers.reached import reader
from xunzhang.web.customers.sample import sample
from xunzhang.web.forms import attempt
from xunzhang.web.htmx import page
from xunzhang.web.request import Request
from xunzhang.web.views import reads, writes

MOST_BYTES = 50 * 1024 * 1024
SHOWN_IMPORTS, SHOWN_PROBLEMS = 20, 200
WAITING = (ImportState.TO_CHECK, ImportState.QUEUED, ImportState.RUNNING)


class FileForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        help_text=gettext_lazy(
            ".xlsx, .xls or .csv (UTF-8 or GB18030), at most 50 MB."
            " Titles above the headings and merged headings are understood."
        ),
    )

    def clean_file(self) -> object:
        """Refuse what is too large to be a table."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 50 MB; split it."))
        return file


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column of the file, two of its values, and what it is taken for."""

    number: int
    heading: str
    examples: list[str]
    field: str


@writes()
def upload(request: Request) -> HttpResponse:
    """Choose a file; the imports of before stand below."""
    person = reader(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and (job := attempt(form, lambda: _upload(form, request))):
        return redirect("customers:import-columns", job.pk)
    context = {"form": form, "jobs": imports_of(person)[:SHOWN_IMPORTS]}
    return render(request, "customers/imports.html", context, status=422 if form.errors else 200)


@writes()
def columns(request: Request, number: int) -> HttpResponse:
    """Say what each column means, as it was the last time or as its heading says; then try the file."""
    job = job_of(request, number)
    problem = ""
    if request.method == "POST":
        chosen = {str(i): request.POST.get(f"column-{i}", "") for i in range(len(job.header))}
        try:
            importing.choose_columns(
                job=job.pk, mapping=chosen, by=reader(request).pk, at=request.at
            )
            importing.ask_for_check(job=job.pk, now=clock.now)
            return redirect("customers:import", job.pk)
        except Invalid as refusal:
            problem = "".join(line for lines in refusal.fields.values() for line in lines)
            job.mapping = {column: field for column, field in chosen.items() if field}
    context = {
        "job": job,
        "choices": list(choices_of(job)),
        "fields": FIELD_NAMES,
        "problem": problem,
    }
    return render(request, "customers/import_columns.html", context, status=422 if problem else 200)


@reads()
def show(request: Request, number: int) -> HttpResponse:
    """Show how far an import is: what the trial found, how the run goes, what came of it."""
    job = job_of(request, number)
    context = {
        "job": job,
        "waiting": job.state in WAITING,
        "good": job.rows_total - job.rows_refused,
        "problems": job.problems.order_by("row", "id")[:SHOWN_PROBLEMS],
        "told": job.problems.count(),
        "stages": stages(job),
    }
    return page(request, "customers/import.html", context, part="progress")


@writes()
def run(request: Request, number: int) -> HttpResponse:
    """Take the good rows in; a small file at once, a large one by the worker."""
    job = job_of(request, number)
    if request.method == "POST":
        importing.ask_for_run(job=job.pk, now=clock.now)
    return redirect("customers:import", number)


@reads()
def problems(request: Request, number: int) -> HttpResponseBase:
    """Hand out the refused rows with their reasons; corrected, the file can be imported as it is."""
    job = job_of(request, number)
    name = f"{job.file_name.rpartition('.')[0] or job.file_name}-{_('refused rows')}.xlsx"
    return attachment(name, lambda file: importing.problems_file(job=job.pk, into=file))


@reads()
def spreadsheet(request: Request) -> HttpResponseBase:
    """Hand out a spreadsheet to try the import with."""
    today = request.at.date()
    return attachment("customers.xlsx", lambda file: sample(into=file, today=today))


def job_of(request: Request, number: int) -> ImportJob:
    """Return an import of one's own, or 404."""
    job = imports_of(reader(request)).filter(pk=number).first()
    if job is None:
        raise Http404
    return job


def choices_of(job: ImportJob) -> Iterator[ColumnChoice]:
    """Yield the file's columns with a few of their values."""
    first = importing.first_rows(job=job.pk, count=3)
    for i, heading in enumerate(job.header):
        examples = [row.cells[i] for row in first if i < len(row.cells) and row.cells[i]]
        yield ColumnChoice(i, heading, examples[:2], job.mapping.get(str(i), ""))


def stages(job: ImportJob) -> list[dict[str, str]]:
    """Return the steps of an import, as the part `steps` shows them."""
    reached = {
        ImportState.UPLOADED: 1,
        ImportState.TO_CHECK: 2,
        ImportState.CHECKED: 2,
        ImportState.QUEUED: 3,
        ImportState.RUNNING: 3,
        ImportState.STOPPED: 3,
        ImportState.DONE: 5,
    }[ImportState(job.state)]
    names = (_("Uploaded"), _("Columns"), _("Trial"), _("Import"), _("Done"))
    return [
        {
            "name": name,
            "state": "done" if i < reached else "now" if i == reached else "",
            "note": "",
        }
        for i, name in enumerate(names)
    ]


def _upload(form: FileForm, request: Request) -> ImportJob:
    file = form.cleaned_data["file"]
    return importing.upload(file=file, file_name=file.name, by=reader(request).pk, at=request.at)
