"""The second step: who holds the roles that the policies name; the organisation's own action gives them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xunzhang.law.facts import Directory
from xunzhang.law.needs import missing_departments
from xunzhang.law.text import Edition
from xunzhang.organisation import actions as organisation
from xunzhang.organisation import queries
from xunzhang.organisation.models import Person
from xunzhang.web.policies import said
from xunzhang.web.policies.chosen import address, chosen
from xunzhang.web.policies.rights import refuse_others
from xunzhang.web.policies.steps import steps_at
from xunzhang.web.request import Request
from xunzhang.web.views import writes

MOST_PROPOSED = 400
SEPARATORS = str.maketrans(dict.fromkeys("，,;；\n", "、"))


@dataclass(frozen=True)
class RoleRow:
    """A role with those who hold it, the policies that name it, and the field in which others are named."""

    name: str
    holders: tuple[tuple[str, str], ...]
    policies: str
    field: forms.BoundField


class Holders(forms.Form):
    """For each role, who is to hold it as well: names or numbers, several set apart by commas."""

    def __init__(self, roles: Iterable[str], data: Any = None) -> None:
        super().__init__(data)
        self.roles = {f"r{place}": role for place, role in enumerate(roles)}
        widget = {"list": "people", "autocomplete": "off"}
        for name, role in self.roles.items():
            label = _("Give %(role)s to") % {"role": role}
            self.fields[name] = forms.CharField(
                label=label, required=False, max_length=400, widget=forms.TextInput(attrs=widget)
            )

    def named(self) -> list[tuple[str, Person]]:
        """Every role with a person who is to hold it; who cannot be found is told at the field."""
        found = []
        for name, role in self.roles.items():
            for words in self.cleaned_data[name].translate(SEPARATORS).split("、"):
                if not words.strip():
                    continue
                people = _people(words.strip())
                if len(people) == 1:
                    found.append((role, people[0]))
                else:
                    self.add_error(name, _not_one(words.strip(), people))
        return found


@writes()
def people(request: Request) -> HttpResponse:
    """Show each role with its holders, and give it to more people."""
    refuse_others(request)
    found = chosen(request)
    editions = [one.edition for one in found if one.edition is not None]
    roles = list(dict.fromkeys(role for one in editions for role in one.roles))
    form = Holders(roles, request.POST if request.method == "POST" else None)
    codes = [one.code for one in found]
    if request.method == "POST" and form.is_valid():
        named = form.named()
        if not form.errors:
            _give(named, request)
            stay = "go" not in request.POST
            return redirect(address("adopt-people" if stay else "adopt-review", codes))
    directory = queries.directory(request.at)
    rows = [_row(name, role, editions, directory, form) for name, role in form.roles.items()]
    context = {
        "form": form,
        "rows": rows,
        "vacant": [one.name for one in rows if not one.holders],
        "missing": missing(editions, directory),
        "people": [_label(one) for one in queries.people_present()[:MOST_PROPOSED]],
        "titles": said.listed(one.title for one in found),
        "several": len(found) > 1,
        "standing": all(one.follows is not None and not one.draft for one in found),
        "back": address("adopt-settings", codes),
        "next": address("adopt-review", codes),
        "steps": steps_at("people", found),
    }
    status = 422 if form.errors else 200
    return render(request, "policies/adopt_people.html", context, status=status)


def missing(editions: Iterable[Edition], directory: Directory) -> list[str]:
    """The departments that the policies name and the company has not."""
    return sorted({name for one in editions for name in missing_departments(one, directory)})


def _give(named: list[tuple[str, Person]], request: Request) -> None:
    with transaction.atomic():
        for role, person in named:
            organisation.grant_role(person=person.pk, role=role, by=request.by, at=request.at)
    if named:
        words = ngettext("%(count)d role was given.", "%(count)d roles were given.", len(named))
        messages.success(request, words % {"count": len(named)})


def _row(
    name: str, role: str, editions: Iterable[Edition], directory: Directory, form: Holders
) -> RoleRow:
    holders = tuple((id, directory.staff[id].name) for id in directory.holders(role))
    titles = [said.title(one) for one in editions if role in one.roles]
    return RoleRow(role, holders, said.listed(titles), form[name])


def _label(person: Person) -> str:
    place = f" · {person.department}" if person.department_id else ""
    return f"{person.name}（{person.code}）{place}"


def _people(words: str) -> list[Person]:
    """Those meant by a name, a number, or what the list proposes."""
    _name, _open, rest = words.partition("（")
    code = rest.partition("）")[0]
    found = queries.find_people(code or words, limit=MOST_PROPOSED)
    exact = [
        one for one in found if code == one.code or (not code and words in (one.name, one.code))
    ]
    return exact or found


def _not_one(words: str, people: list[Person]) -> str:
    if not people:
        return _("Nobody here is called “%(name)s”.") % {"name": words}
    names = said.listed(_label(one) for one in people[:4])
    return _("“%(name)s” may be several people: %(names)s. Write the staff number.") % {
        "name": words,
        "names": names,
    }
