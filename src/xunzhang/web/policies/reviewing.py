"""The last step: what would change, contradictions and double duties, and the adoption itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xunzhang.law.amend import differences
from xunzhang.law.calendar import company_time
from xunzhang.law.facts import Value
from xunzhang.law.lint.discord import Discord
from xunzhang.law.lint.together import discords
from xunzhang.law.needs import vacant_roles
from xunzhang.law.text import Edition
from xunzhang.organisation import queries
from xunzhang.policy import actions as policy
from xunzhang.policy.book import current_book
from xunzhang.web.forms import DayInput, attempt
from xunzhang.web.policies import said
from xunzhang.web.policies.chosen import (
    Chosen,
    address,
    chosen,
    read_as_shipped,
    read_together,
    with_values,
    written_version,
)
from xunzhang.web.policies.people import missing
from xunzhang.web.policies.rights import refuse_others
from xunzhang.web.policies.steps import steps_at
from xunzhang.web.request import Request
from xunzhang.web.views import writes

MOST_SHOWN = 60


@dataclass(frozen=True)
class Changing:
    """One policy: its fields, what it brings, what differs from the edition that it follows, what it ends."""

    chosen: Chosen
    fields: tuple[forms.BoundField, forms.BoundField]
    pack: said.Pack | None
    differences: tuple[str, ...]
    more: int
    ends: str


class Dates(forms.Form):
    """From when each policy is in force, under which version; what is at odds must have been read."""

    read = forms.BooleanField(
        label=gettext_lazy("I have read what is at odds, and adopt them as they stand"),
        required=False,
    )

    def __init__(self, found: list[Chosen], data: Any = None) -> None:
        super().__init__(data)
        self.found = found
        for place, one in enumerate(found):
            edition = one.edition
            self.fields[f"effective{place}"] = forms.DateField(
                label=_("In force from"),
                widget=DayInput(),
                initial=edition.effective if edition else None,
            )
            self.fields[f"version{place}"] = forms.CharField(
                label=_("Version"), max_length=60, initial=edition.version if edition else ""
            )

    def of(self, place: int) -> tuple[forms.BoundField, forms.BoundField]:
        """The fields of a policy."""
        return self[f"effective{place}"], self[f"version{place}"]

    def texts(self) -> list[Chosen]:
        """The policies with the dates and versions that were entered."""
        return [self._text(place, one) for place, one in enumerate(self.found)]

    def _text(self, place: int, one: Chosen) -> Chosen:
        day: date = self.cleaned_data[f"effective{place}"]
        version: str = self.cleaned_data[f"version{place}"].strip()
        values: dict[tuple[str, ...], Value] = {}
        if one.edition is None or one.edition.effective != day:
            values["effective",] = day.isoformat()
        if one.edition is None or one.edition.version != version:
            values["version",] = written_version(version)
        return with_values(one, values)


@writes()
def review(request: Request) -> HttpResponse:
    """Show what would change; adopt all of them, or none."""
    refuse_others(request)
    found = chosen(request)
    form = Dates(found, request.POST if request.method == "POST" else None)
    dated = found
    if request.method == "POST" and form.is_valid():
        dated = read_together(form.texts())
    at_odds = _discords(dated)
    if "adopt" in request.POST and form.is_valid():
        if at_odds and not form.cleaned_data["read"]:
            form.add_error("read", _("Read what is at odds first, and say so here."))
        elif (rows := attempt(form, lambda: _adopt(dated, request))) is not None:
            return _adopted(rows, request)
    return _page(request, form, dated, at_odds)


def _page(
    request: Request, form: Dates, found: list[Chosen], at_odds: list[Discord]
) -> HttpResponse:
    codes = [one.code for one in found]
    editions = [one.edition for one in found if one.edition is not None]
    directory = queries.directory(request.at)
    context = {
        "form": form,
        "changing": [_changing(place, one, found, form) for place, one in enumerate(found)],
        "discords": [_told(one) for one in at_odds[:MOST_SHOWN]],
        "more_discords": max(0, len(at_odds) - MOST_SHOWN),
        "problems": [said.problem(one) for each in found for one in each.problems],
        "vacant": sorted({role for one in editions for role in vacant_roles(one, directory)}),
        "missing": missing(editions, directory),
        "chosen": found,
        "back": address("adopt-people", codes),
        "settings": address("adopt-settings", codes),
        "past": any(one.effective < company_time(request.at).date() for one in editions),
        "steps": steps_at("review", found),
    }
    status = 422 if form.errors else 200
    return render(request, "policies/adopt_review.html", context, status=status)


def _told(one: Discord) -> dict[str, object]:
    lang = said.language()
    english = lang == "en"
    return {
        "tone": "amber" if one.code == "double" else "red",
        "kind": {
            "double": _("double duty"),
            "contradiction": _("contradiction"),
            "grade-twice": _("one key, two grades"),
            "two-types": _("one key, two types"),
            "same-code": _("one code, two things"),
        }[one.code],
        "one": one.one.say(lang),
        "two": one.two.say(lang),
        "what": one.what[1 if english else 0],
        "right": one.right[1 if english else 0],
    }


def _changing(place: int, one: Chosen, found: list[Chosen], form: Dates) -> Changing:
    edition = one.edition
    changes = _differences(one, found)
    return Changing(
        one,
        form.of(place),
        said.pack_of(edition) if edition is not None else None,
        tuple(changes[:MOST_SHOWN]),
        max(0, len(changes) - MOST_SHOWN),
        said.listed(edition.replaces) if edition is not None else "",
    )


def _differences(one: Chosen, found: list[Chosen]) -> list[str]:
    """What differs from the edition that it follows, or what was decided otherwise than the pack has it."""
    base, edition = one.follows or one.shipped, one.edition
    if base is None or edition is None:
        return []
    if one.follows is None:
        if {name: each.value for name, each in base.settings.items()} == {
            name: each.value for name, each in edition.settings.items()
        }:
            return []
        base = read_as_shipped(one, found)
    changed = differences(base, edition) if base is not None else []
    return [each.say(said.language()) for each in changed if each.part != "policy"]


def _discords(found: Iterable[Chosen]) -> list[Discord]:
    """What the policies are at odds in, with one another and with those in force on the day they begin."""
    editions = [one.edition for one in found if one.edition is not None]
    if not editions:
        return []
    codes = {one.policy for one in editions}
    day = max(one.effective for one in editions)
    standing = [one for one in current_book().at(day).editions if one.policy not in codes]
    return discords([*standing, *editions], codes)


def _adopt(found: list[Chosen], request: Request) -> list[tuple[str, str, Edition | None]]:
    texts = [(one.source, f"{one.code}.yaml") for one in found]
    rows = policy.adopt_together(texts=texts, by=request.by, at=request.at)
    return [(row.policy, row.version, one.edition) for row, one in zip(rows, found, strict=True)]


def _adopted(rows: list[tuple[str, str, Edition | None]], request: Request) -> HttpResponse:
    words = ngettext("%(count)d policy is adopted.", "%(count)d policies are adopted.", len(rows))
    messages.success(request, words % {"count": len(rows)})
    if len(rows) == 1:
        return redirect("policies:edition", rows[0][0], rows[0][1])
    directory = queries.directory(request.at)
    vacant = sorted({role for *_name, one in rows if one for role in vacant_roles(one, directory)})
    if vacant:
        messages.warning(
            request,
            _("Nobody holds: %(roles)s. Give the roles to people, or their duties reach nobody.")
            % {"roles": said.listed(vacant)},
        )
    return redirect("policies:list")
