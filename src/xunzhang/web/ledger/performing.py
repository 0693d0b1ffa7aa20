"""Do what a policy speaks of and no page of the product does: asked about first, then kept as done."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from xunzhang.cases.access import case_to_see
from xunzhang.customers.access import customer_to_see
from xunzhang.organisation import queries as organisation
from xunzhang.policy import actions as policy
from xunzhang.policy.queries.doing import by_themselves
from xunzhang.web.cases.filing import kept_files
from xunzhang.web.cases.inputs import Reader
from xunzhang.web.cases.rendering import LawForm, new_token
from xunzhang.web.ledger.recording import afterwards, send, token_of
from xunzhang.web.ledger.typed import act_form, asked_of_act, told
from xunzhang.web.request import Request
from xunzhang.web.saying import Saying
from xunzhang.web.views import writes
from xunzhang.web.work.reaching import somebody


@writes()
def perform(request: Request, action: str) -> HttpResponse:
    """Say what it is about; POST does it if the policies allow it, once for each form that was opened."""
    kind = by_themselves(request.at.date()).get(action)
    if kind is None:
        raise Http404
    reader = Reader(somebody(request), organisation.directory(request.at), request.at)
    form = act_form(request, asked_of_act(kind), reader)
    sent = send(request, form, lambda form: _perform(action, form, request))
    if sent.done:
        return afterwards(request)
    context = {
        "form": sent.form,
        "refused": sent.refused,
        "token": request.POST.get("token") or new_token(),
        "action": action,
        "name": Saying(request.at).action(action),
    }
    return render(request, "ledger/perform.html", context, status=sent.status)


def _perform(action: str, form: LawForm, request: Request) -> bool:
    person = somebody(request)
    with kept_files(request, form) as values:
        keys = told(form, values, request)
        if keys.get("customer"):
            customer_to_see(person, int(keys["customer"]))
        if keys.get("case"):
            case_to_see(person, str(keys["case"]))
        policy.perform(
            action=action, by=person.pk, at=request.at, keys=keys, token=token_of(request)
        )
    return True
