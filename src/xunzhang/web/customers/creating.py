"""A new customer; what may be there already is shown side by side before it is created."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xunzhang.customers import actions
from xunzhang.customers.access import visible_to
from xunzhang.customers.actions.creating import DuplicateSuspected
from xunzhang.customers.models import Customer
from xunzhang.customers.queries.duplicates import Duplicate, Likeness, duplicates
from xunzhang.lib.text import company_key, phone_key
from xunzhang.organisation.models import Person
from xunzhang.web.customers.facts import masked
from xunzhang.web.customers.forms import NewCustomerForm
from xunzhang.web.customers.reached import reader
from xunzhang.web.forms import attempt
from xunzhang.web.request import Request
from xunzhang.web.views import reads, writes

CONFLICT = 409
ALIKE = {
    Likeness.USCC: gettext_lazy("same credit code"),
    Likeness.NAME: gettext_lazy("same name"),
    Likeness.PHONE: gettext_lazy("same phone"),
    Likeness.SOUND: gettext_lazy("sounds the same"),
}


@dataclass(frozen=True, slots=True)
class Suspect:
    """A customer that may be the same; `open` says whether this person may open it."""

    row: Customer
    alike: list[str]
    open: bool
    phone: str
    certain: bool


@writes()
def new(request: Request) -> HttpResponse:
    """Enter a customer."""
    person = reader(request)
    form = NewCustomerForm(request.POST or None, initial={"name": request.GET.get("name", "")})
    try:
        if request.method == "POST" and (row := attempt(form, lambda: _create(form, request))):
            messages.success(request, _("%(name)s is entered.") % {"name": row.name})
            return redirect("customers:customer", row.pk)
    except DuplicateSuspected:
        found = suspects(form.cleaned_data, person)
        asked = request.POST.copy()
        asked["not_same_as"] = ",".join(str(each.row.pk) for each in found)
        form = NewCustomerForm(asked)
        form.is_valid()
        context = {"form": form, "suspects": found, "certain": any(each.certain for each in found)}
        return render(request, "customers/new.html", context, status=CONFLICT)
    return render(request, "customers/new.html", {"form": form}, status=422 if form.errors else 200)


@reads()
def alike(request: Request) -> HttpResponse:
    """Warn while the name is being typed."""
    typed = {name: request.GET.get(name, "").replace("\0", "")[:200] for name in ("name", "phone")}
    found = suspects({**typed, "uscc": ""}, reader(request)) if company_key(typed["name"]) else []
    return render(request, "customers/alike.html", {"suspects": found})


def suspects(typed: dict[str, str], person: Person) -> list[Suspect]:
    """Return who may be meant already, the likeliest first."""
    found = duplicates(
        name=typed["name"],
        phone=phone_key(typed.get("phone", "")),
        uscc=typed.get("uscc", "").strip().upper() or None,
    )
    seen = set(
        visible_to(person)
        .filter(pk__in=[each.customer.pk for each in found])
        .values_list("pk", flat=True)
    )
    return [_suspect(each, opens=each.customer.pk in seen) for each in found]


def _suspect(found: Duplicate, *, opens: bool) -> Suspect:
    row = found.customer
    return Suspect(
        row,
        [str(ALIKE[each]) for each in found.by],
        opens,
        masked(row)["phone"] if opens else "",
        Likeness.USCC in found.by,
    )


def _create(form: NewCustomerForm, request: Request) -> Customer:
    data = form.cleaned_data
    person = reader(request)
    return actions.create_customer(
        values=form.asked(),
        owner=person.pk if data["owner"] == "me" else None,
        not_same_as=form.confirmed() if data["reason"] else (),
        reason=data["reason"],
        token=data["token"],
        by=person.pk,
        at=request.at,
    )
