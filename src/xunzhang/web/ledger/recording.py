"""Record an event: choose what happened, say it, and see what followed."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xunzhang.customers.access import customer_to_see
from xunzhang.law.vocabulary import Kind
from xunzhang.lib import search
from xunzhang.organisation import queries as organisation
from xunzhang.policy import actions as policy
from xunzhang.policy.access import events_seen
from xunzhang.policy.queries.doing import ACTION_OF, asked_for, form_of, recordable
from xunzhang.web.cases.inputs import Reader
from xunzhang.web.forms import attempt
from xunzhang.web.htmx import page
from xunzhang.web.ledger.typed import EventForm
from xunzhang.web.request import Request
from xunzhang.web.saying import Saying
from xunzhang.web.views import writes
from xunzhang.web.work.reaching import somebody

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
    reader = Reader(somebody(request), organisation.directory(request.at), request.at)
    given = {name: value for name, value in request.GET.items() if name not in ("type", "token")}
    form = EventForm(request.POST or None, kind=kinds[type_], reader=reader, initial=given)
    if request.method == "POST" and attempt(form, lambda: _record(type_, form, request)):
        return _afterwards(request, form)
    context = {
        "form": form,
        "type": type_,
        "name": saying.event(type_),
        "duty": request.GET.get("duty", ""),
        "asks": type_ in asked_for(request.at.date()),
    }
    return render(request, "ledger/record.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _record(type_: str, form: EventForm, request: Request) -> bool:
    """The event stands in the ledger if the policy allows what it says was done."""
    form.need_something()
    person, values = somebody(request), form.values()
    if values.get("customer"):
        customer_to_see(person, int(values["customer"]))
    token = form.cleaned_data["token"]
    if type_ in ACTION_OF and not events_seen(person).filter(token=token).exists():
        policy.require(action=ACTION_OF[type_], by=person.pk, at=request.at, keys=values)
    policy.record(type=type_, by=person.pk, at=request.at, keys=values, token=token)
    return True


def _afterwards(request: Request, form: EventForm) -> HttpResponse:
    row = events_seen(somebody(request)).filter(token=form.cleaned_data["token"]).first()
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
        found = [
            one
            for one in found
            if search.matches(words, frozenset(search.index_tokens(one.name, one.type)))
        ]
    first = [one for one in found if one.type in asked]
    rest = [one for one in found if one.type not in asked]
    named = ((_("What the policies in force speak of"), first), (_("Everything else"), rest))
    return [
        (title, sorted(choices, key=lambda one: one.name)) for title, choices in named if choices
    ]


def _choice(kind: Kind, saying: Saying) -> Choice:
    form = form_of(kind.type, saying.at.date(), on_case=False)
    name = saying.event(kind.type)
    if form is not None and form.about != "case":
        return Choice(kind.type, name, _("form"), reverse("cases:file-free", args=[form.code]))
    return Choice(kind.type, name, "", f"{reverse('ledger:record')}?type={kind.type}")
