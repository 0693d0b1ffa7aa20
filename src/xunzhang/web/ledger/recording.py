"""Record an event: choose what happened, say it, and see what followed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xunzhang.cases import actions as cases
from xunzhang.cases.access import case_to_see
from xunzhang.cases.intake import begins
from xunzhang.customers.access import customer_to_see
from xunzhang.law.vocabulary import Kind
from xunzhang.lib import search
from xunzhang.lib.errors import Invalid, NeedsApproval, Refused
from xunzhang.organisation import queries as organisation
from xunzhang.policy import actions as policy
from xunzhang.policy.access import events_seen
from xunzhang.policy.queries.doing import (
    OCCURRED_AT,
    action_of,
    asked_for,
    by_themselves,
    form_of,
    recordable,
)
from xunzhang.web import refusals
from xunzhang.web.cases.filing import kept_files
from xunzhang.web.cases.inputs import Reader
from xunzhang.web.cases.rendering import PREFIX, LawForm, new_token, with_other_rows
from xunzhang.web.forms import attempt
from xunzhang.web.htmx import page
from xunzhang.web.ledger.typed import asked, event_form, told
from xunzhang.web.refusals import keys_of
from xunzhang.web.request import Request
from xunzhang.web.saying import Saying
from xunzhang.web.views import writes
from xunzhang.web.work.reaching import somebody

_LONGEST_TOKEN = 64
_LONGEST_SEARCH = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of event to choose; one that a form records leads to the form."""

    type: str
    name: str
    form: str
    href: str


@writes()
def record(request: Request) -> HttpResponse:
    """Choose a kind of event; with ?type= fill it in. POST records it, once for each form that was opened."""
    kinds, saying = recordable(), Saying(request.at)
    type_ = request.POST.get("type") or request.GET.get("type", "")
    if not type_:
        return _choose(request, saying)
    if type_ not in kinds:
        raise Http404
    person = somebody(request)
    reader = Reader(person, organisation.directory(request.at), request.at)
    of_case = bool(request.GET.get("case") or request.POST.get(f"{PREFIX}-case"))
    fields = asked(kinds[type_], of_case=of_case)
    sent = send(
        request, event_form(request, fields, reader), lambda form: _record(type_, form, request)
    )
    if sent.done:
        return afterwards(request)
    context = {
        "form": sent.form,
        "refused": sent.refused,
        "token": request.POST.get("token") or new_token(),
        "type": type_,
        "action": action_of(type_),
        "name": saying.event(type_),
        "duty": request.GET.get("duty", ""),
        "asks": type_ in asked_for(request.at.date()),
        "begins": begins(type_, request.at),
    }
    return render(request, "ledger/record.html", context, status=sent.status)


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent, or is only looked at: whether it is done, and else what stands on the page."""

    form: LawForm
    done: bool = False
    refused: dict[str, Any] | None = None

    @property
    def status(self) -> int:
        """Return the status of the page that shows the form again."""
        return refusals.FORBIDDEN if self.refused else 422 if self.form.errors else 200


def send(request: Request, form: LawForm, act: Callable[[LawForm], bool]) -> Sent:
    """Act on a form that was sent; what is refused or wrong stands on the page with all that was entered."""
    if request.method != "POST":
        return Sent(form)
    other = with_other_rows(request, form.law_form)
    if other is not None:
        return Sent(other)
    try:
        return Sent(form, done=bool(attempt(form, lambda: act(form))))
    except (Refused, NeedsApproval) as no:
        settled = form.settled(keys_of(no))
        return Sent(form, refused=refusals.on_page(request, no, settled=settled))


def _record(type_: str, form: LawForm, request: Request) -> bool:
    """The event stands in the ledger if the policy allows what it says was done."""
    token = token_of(request)
    with kept_files(request, form) as values:
        keys = told(form, values, request)
        if keys.get("case"):
            _report(type_, keys, token, request)
        else:
            _tell(type_, keys, token, request)
    return True


def _tell(type_: str, keys: dict[str, Any], token: str, request: Request) -> None:
    person = somebody(request)
    if keys.get("customer"):
        customer_to_see(person, int(keys["customer"]))
    policy.tell(type=type_, by=person.pk, at=request.at, keys=keys, token=token)


def _report(type_: str, keys: dict[str, Any], token: str, request: Request) -> None:
    """It happened in a case of ours: the case's page tells it as well."""
    number = str(keys.pop("case"))
    try:
        case_to_see(somebody(request), number)
    except Refused as unknown:
        raise Invalid({"case": [unknown.message]}) from None
    keys.pop("customer", None)
    cases.report(
        case=number,
        type=type_,
        occurred_at=keys.pop(OCCURRED_AT.name, None),
        values=keys,
        by=request.by,
        at=request.at,
        token=token,
    )


def token_of(request: Request) -> str:
    """Return the word of the click, so that a second one does nothing twice."""
    return request.POST.get("token", "")[:_LONGEST_TOKEN]


def afterwards(request: Request) -> HttpResponse:
    """Lead to the event that now stands in the ledger, with what followed."""
    row = events_seen(somebody(request)).filter(token=request.POST.get("token", "")).first()
    if row is None:
        messages.success(request, _("Recorded."))
        return redirect("ledger:events")
    return redirect(f"{reverse('ledger:event', args=[row.seq])}?fresh=1")


def _choose(request: Request, saying: Saying) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "").strip()[:_LONGEST_SEARCH]
    context = {"groups": groups(saying, words), "words": words}
    return page(request, "ledger/choose.html", context, part="rows")


def groups(saying: Saying, words: str) -> list[tuple[str, list[Choice]]]:
    """Return the kinds to choose from: first what the policies in force ask for or hear of, then everything else."""
    day = saying.at.date()
    kinds, asked = recordable(), asked_for(day)
    found = [_choice(kind, saying) for kind in kinds.values()]
    if words:
        found = [one for one in found if _fits(one, words)]
    first = [one for one in found if one.type in asked]
    rest = [one for one in found if one.type not in asked]
    named = (
        (_("What the policies in force speak of"), first),
        (_("What the policies are asked about first"), _acts(saying, words)),
        (_("Everything else"), rest),
    )
    return [
        (title, sorted(choices, key=lambda one: one.name)) for title, choices in named if choices
    ]


def _acts(saying: Saying, words: str) -> list[Choice]:
    """Return the actions that are done by themselves and stand in the ledger as done."""
    found = [
        Choice(kind.type, saying.action(kind.type), "", reverse("ledger:perform", args=[kind.type]))
        for kind in by_themselves(saying.at.date()).values()
    ]
    return [one for one in found if not words or _fits(one, words)]


def _fits(one: Choice, words: str) -> bool:
    return search.matches(words, frozenset(search.index_tokens(one.name, one.type)))


def _choice(kind: Kind, saying: Saying) -> Choice:
    form = form_of(kind.type, saying.at.date(), on_case=False)
    name = saying.event(kind.type)
    if form is not None and form.about != "case":
        return Choice(kind.type, name, _("form"), reverse("cases:file-free", args=[form.code]))
    return Choice(kind.type, name, "", f"{reverse('ledger:record')}?type={kind.type}")
