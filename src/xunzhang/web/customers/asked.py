"""What a list is asked for: from the address to a filter, and back into the form above the list."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Self

from django import forms
from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from xunzhang.customers.choices import Kind, Status
from xunzhang.customers.queries.filters import POOL, CustomerFilter
from xunzhang.customers.queries.listing import Sort
from xunzhang.customers.queries.values import values_in_use
from xunzhang.organisation import queries
from xunzhang.organisation.models import Person
from xunzhang.web.forms import DayInput

ME, IN_POOL = "me", "pool"
SORTS = {
    Sort.NEWEST: _("Newest first"),
    Sort.NAME: _("Name"),
    Sort.GRADE: _("Grade"),
    Sort.OWNER: _("Owner"),
    Sort.CREATED: _("Created last"),
}
FILED = {"1": _("Filed"), "0": _("Not filed")}
MOST_OWNERS = 400
_ALL = ("", _("All"))


class FilterForm(forms.Form):
    """The filters above the list; every one of them may be left open."""

    q = forms.CharField(label=_("Search"), max_length=60, required=False)
    owner = forms.CharField(label=_("Owner"), required=False, max_length=12)
    grade = forms.CharField(label=_("Grade"), required=False, max_length=20)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[_ALL, *Status.choices])
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[_ALL, *Kind.choices])
    region = forms.CharField(label=_("Region"), required=False, max_length=60)
    industry = forms.CharField(label=_("Industry"), required=False, max_length=60)
    filed = forms.ChoiceField(label=_("Filing"), required=False, choices=[_ALL, *FILED.items()])
    since = forms.DateField(label=_("Created from"), required=False, widget=DayInput)
    until = forms.DateField(label=_("Created until"), required=False, widget=DayInput)
    archived = forms.BooleanField(required=False)
    sort = forms.ChoiceField(label=_("Sort by"), required=False, choices=list(SORTS.items()))

    def offer(self) -> None:
        """Offer what there is to choose from: people, grades, regions and industries in use."""
        people = queries.people_present().order_by("name")[:MOST_OWNERS]
        owners = [(ME, _("Mine")), (IN_POOL, _("In the pool"))]
        self._choose("owner", [*owners, *((str(each.pk), each.name) for each in people)])
        archived = bool(self.data.get("archived"))
        for name in ("grade", "region", "industry"):
            values = values_in_use(name, archived=archived)
            self._choose(name, [(value, value) for value in values])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        chosen = str(self.data.get(name, ""))
        if chosen and chosen not in dict(choices):
            choices = [*choices, (chosen, chosen)]
        self.fields[name].widget = forms.Select(choices=[_ALL, *choices])


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter with its order, and how many of the filters beside the words are in use."""

    filter: CustomerFilter
    sort: Sort
    form: FilterForm
    narrowed: int

    @classmethod
    def read(cls, query: QueryDict, person: Person) -> Self:
        """Return what the address asks; BadRequest where no form of ours could have asked it."""
        form = FilterForm(QueryDict(query.urlencode().replace("%00", "")))
        if not form.is_valid():
            raise BadRequest
        data = form.cleaned_data
        sort = Sort(data["sort"]) if data["sort"] else Sort.NEWEST
        used = {name for name in form.fields if data[name] and name not in ("q", "sort")}
        return cls(filter_from(data, person), sort, form, len(used))


def filter_from(data: dict[str, Any], person: Person) -> CustomerFilter:
    """Return the filter that cleaned form data mean for this person."""
    return CustomerFilter(
        text=data["q"],
        owner=owner_from(data["owner"], person),
        grade=data["grade"] or None,
        status=data["status"] or None,
        kind=data["kind"] or None,
        region=data["region"] or None,
        industry=data["industry"] or None,
        filed=None if not data["filed"] else data["filed"] == "1",
        created_from=midnight(data["since"]),
        created_before=midnight(data["until"], days=1),
        archived=data["archived"],
    )


def owner_from(written: str, person: Person) -> int | None:
    """Return whose customers are meant, None for everybody's."""
    known = {"": None, ME: person.pk, IN_POOL: POOL}
    if written in known:
        return known[written]
    if not (written.isascii() and written.isdecimal()):
        raise BadRequest
    return int(written)


def midnight(day: Any, *, days: int = 0) -> datetime | None:
    """Return when a day begins in company time, or the day so many days after it."""
    return day and make_aware(datetime.combine(day, time()) + timedelta(days=days))
