"""Approvals: what waits for one's word, one's own requests, and a single request with what can be said to it."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

from xunzhang.lib.errors import Conflict
from xunzhang.lib.pagination import Ordering
from xunzhang.organisation import queries as organisation
from xunzhang.organisation.models import Person
from xunzhang.policy import actions as policy
from xunzhang.policy.access import request_to_see, requests_seen
from xunzhang.policy.choices import RequestState
from xunzhang.policy.models import ApprovalRequest
from xunzhang.web.forms import attempt
from xunzhang.web.htmx import page
from xunzhang.web.paging import CURSOR, pager_of
from xunzhang.web.request import Request
from xunzhang.web.saying import Saying
from xunzhang.web.views import reads, writes
from xunzhang.web.why import why_of
from xunzhang.web.work import requested
from xunzhang.web.work.reaching import seen, somebody

_NEWEST = Ordering("created_at", descending=True)
_OLDEST = Ordering("created_at")
_PAGE = 20
TABS = {
    "waiting": gettext_lazy("Waiting for me"),
    "mine": gettext_lazy("My requests"),
    "all": gettext_lazy("All that I may see"),
}


class DecisionForm(forms.Form):
    """What one says to a request; without words only a yes is taken."""

    decision = forms.ChoiceField(choices=[(name, name) for name in ("approve", "refuse", "return")])
    comment = forms.CharField(
        label=gettext_lazy("Comment"), required=False, max_length=1000,
        help_text=gettext_lazy("Needed when you refuse or return it: say what would make it a yes."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for words where the answer is no."""
        data = super().clean() or {}
        if data.get("decision") in ("refuse", "return") and not data.get("comment", "").strip():
            self.add_error("comment", _("Say why, and what would make it a yes."))
        return data


class DelegateForm(forms.Form):
    """Who decides in one's stead."""

    to = forms.ModelChoiceField(
        label=gettext_lazy("Who decides instead"), queryset=Person.objects.none(), empty_label="—"
    )
    comment = forms.CharField(label=gettext_lazy("Comment"), required=False, max_length=1000)

    def __init__(self, *args: Any, besides: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = organisation.people_present(outside=False).exclude(
            pk__in=[one for one in besides if one.isdecimal()]
        )
        self.fields["to"].queryset = others.order_by("name")  # type: ignore[attr-defined]


def waiting_for(person: Person) -> QuerySet[ApprovalRequest]:
    """Return the requests that wait for the person's word."""
    return requests_seen(person).filter(status=RequestState.OPEN, seats__person=str(person.pk))


@reads()
def approvals(request: Request) -> HttpResponse:
    """List what waits for one's word, the longest waiting first; ?tab=mine lists what one has asked."""
    person, tab = somebody(request), request.GET.get("tab", "waiting")
    tab = tab if tab in TABS else "waiting"
    rows = {
        "waiting": lambda: waiting_for(person),
        "mine": lambda: requests_seen(person).filter(asker=str(person.pk)),
        "all": lambda: requests_seen(person),
    }[tab]()
    order = _OLDEST if tab == "waiting" else _NEWEST
    shown = order.page(rows, size=_PAGE, cursor=request.GET.get(CURSOR, ""))
    saying = Saying(request.at)
    context = {
        "tab": tab,
        "staged": requested.staged(person, saying) if tab == "waiting" else [],
        "sides": [(name, title, name == tab) for name, title in TABS.items()],
        "requests": requested.all_asked(shown.rows, saying),
        "pager": pager_of(request, shown),
    }
    return page(request, "work/approvals.html", context, part="rows")


@writes()
def one(request: Request, number: int) -> HttpResponse:
    """Show a request with its steps; POST says yes, no, or not yet. Saying the same twice changes nothing."""
    row = seen(request, request_to_see, number)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and attempt(form, lambda: _decide(number, form, request)):
        return redirect("work:approvals")
    return render(
        request, "work/request.html", _told(request, row, form), status=422 if form.errors else 200
    )


@writes()
def delegate(request: Request, number: int) -> HttpResponse:
    """Somebody else decides in one's stead."""
    row = seen(request, request_to_see, number)
    form = DelegateForm(request.POST or None, besides=[row.asker, str(request.by)])
    if request.method == "POST" and attempt(form, lambda: _delegate(number, form, request)):
        name = form.cleaned_data["to"].name
        messages.success(request, _("%(name)s decides in your stead.") % {"name": name})
        return redirect("work:approvals")
    context = {
        "request_row": requested.asked(row, Saying(request.at)), "form": form, "number": number,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return page(request, "work/delegate.html", context, part="inside", status=status)


def _told(request: Request, row: ApprovalRequest, form: DecisionForm) -> dict[str, Any]:
    saying, person = Saying(request.at), somebody(request)
    decisions = list(row.decisions.all())
    seated = row.status == RequestState.OPEN and row.seats.filter(person=str(person.pk)).exists()
    own = row.asker == str(person.pk)
    given = own and row.status == RequestState.APPROVED
    returned = own and row.status == RequestState.RETURNED
    return {
        "asked": requested.asked(row, saying),
        "stages": requested.stages(row, decisions, saying),
        "said": requested.said(decisions, saying),
        "form": form,
        "may_decide": seated,
        "own": own,
        "given": given,
        "returned": returned,
        "entered": row.entered if given or returned else None,
        "way_on": requested.way_on(row) if (given or returned) and not row.entered else "",
        "whys": [
            why_of(_Because(one), one["facts"], saying)
            for one in row.because or ()
            if one["article"]
        ],
        "customer": row.customer if row.customer and row.customer.isdecimal() else "",
    }


class _Because:
    """A because that was kept as values, to be read like a row."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.policy, self.version = values["policy"], values["version"]
        self.article, self.rule = values["article"], values["rule"]


def _decide(number: int, form: DecisionForm, request: Request) -> Any:
    said: dict[str, tuple[Callable[..., ApprovalRequest], str]] = {
        "approve": (policy.approve, _("Approved.")),
        "refuse": (policy.reject, _("Refused; the asker sees your reason.")),
        "return": (policy.return_request, _("Returned; the asker may complete it and ask again.")),
    }
    act, words = said[form.cleaned_data["decision"]]
    row = act(
        request=number, by=somebody(request).pk, at=request.at, comment=form.cleaned_data["comment"]
    )
    messages.success(request, words)
    return row


def _delegate(number: int, form: DelegateForm, request: Request) -> Any:
    data = form.cleaned_data
    if data["to"] is None:
        raise Conflict("nobody-chosen", _("Choose somebody who works here."))
    return policy.delegate(
        request=number,
        to=data["to"].pk,
        by=somebody(request).pk,
        at=request.at,
        comment=data["comment"],
    )
