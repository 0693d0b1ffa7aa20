"""What the lists of the ledger are narrowed by: type, policy, person, customer, period, state."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django import forms
from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from xunzhang.customers.queries.filters import CustomerFilter
from xunzhang.customers.queries.listing import listing
from xunzhang.organisation.models import Person
from xunzhang.web.forms import DayInput
from xunzhang.web.saying import Saying

_ALL = ("", _("All"))
_MOST_CUSTOMERS = 40


class NarrowForm(forms.Form):
    """The filters above a list; every one of them may be left open."""

    type = forms.CharField(label=_("Kind of event"), required=False, max_length=100)
    policy = forms.CharField(label=_("Policy"), required=False, max_length=100)
    code = forms.CharField(required=False, max_length=160)
    rule = forms.CharField(required=False, max_length=160)
    person = forms.CharField(label=_("Who"), required=False, max_length=40)
    customer = forms.CharField(label=_("Customer"), required=False, max_length=60)
    month = forms.RegexField(r"[12][0-9]{3}-(0[1-9]|1[0-2])", label=_("Month"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=DayInput)
    until = forms.DateField(label=_("Until"), required=False, widget=DayInput)
    state = forms.CharField(label=_("State"), required=False, max_length=12)

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Let one of these be chosen; what is chosen already stays."""
        chosen = str(self.data.get(name, ""))
        if chosen and chosen not in dict(choices):
            choices = [*choices, (chosen, chosen)]
        self.fields[name].widget = forms.Select(choices=[_ALL, *choices])


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What was asked; `customers` are the ids that the words mean, None where no customer was asked for."""

    form: NarrowForm
    type: str
    policy: str
    code: str
    rule: str
    person: str
    customers: list[str] | None
    since: datetime | None
    before: datetime | None
    state: str
    used: bool


def narrowed(query: QueryDict, person: Person) -> Narrowed:
    """Return what the address asks; BadRequest where no form of ours could have asked it."""
    form = NarrowForm(QueryDict(query.urlencode().replace("%00", "")))
    if not form.is_valid():
        raise BadRequest
    data = form.cleaned_data
    since, until = data["since"], data["until"]
    if data["month"]:
        since = date.fromisoformat(f"{data['month']}-01")
        until = (since + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Narrowed(
        form,
        type=data["type"],
        policy=data["policy"],
        code=data["code"],
        rule=data["rule"],
        person=data["person"],
        customers=_customers(data["customer"], person),
        since=since and midnight(since),
        before=until and midnight(until + timedelta(days=1)),
        state=data["state"],
        used=any(data[name] for name in form.fields),
    )


def midnight(day: date) -> datetime:
    """Return when a day begins in company time."""
    return make_aware(datetime.combine(day, time()))


def people_of(saying: Saying, ids: set[str] | None) -> list[tuple[str, str]]:
    """Return the people whom one may ask for, by name."""
    staff = saying.staff.values()
    return sorted(
        ((one.id, one.name) for one in staff if ids is None or one.id in ids),
        key=lambda pair: pair[1],
    )


def policies_of(saying: Saying) -> list[tuple[str, str]]:
    """Return the policies that were ever adopted."""
    return list(
        {
            one.policy: saying.policy(one.policy, one.version) for one in saying.law.book.editions
        }.items()
    )


def _customers(words: str, person: Person) -> list[str] | None:
    """The ids of customers whom the words mean: a number of ours, else what the search finds."""
    if not words:
        return None
    if words.startswith("#") and words[1:].isdecimal():
        return [words[1:]]
    found = listing(person, CustomerFilter(text=words), size=_MOST_CUSTOMERS).page.rows
    return [str(row.pk) for row in found]
