"""The first step: what the documents leave open is decided, each value checked by the language's own reader."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xunzhang.law.amend.revise import setting
from xunzhang.law.facts import Value
from xunzhang.law.needs import departments
from xunzhang.law.problems import Problem, Problems
from xunzhang.law.read.uses import Use, uses
from xunzhang.law.source import parse
from xunzhang.law.text import Setting
from xunzhang.law.words import speaker_of
from xunzhang.law.words.values import Shape, say_value
from xunzhang.lib.errors import Invalid
from xunzhang.policy import actions as policy
from xunzhang.web.policies import said
from xunzhang.web.policies.chosen import Chosen, address, chosen, read_together, with_values
from xunzhang.web.policies.inputs import field_for, shape_to_decide, value_of
from xunzhang.web.policies.rights import refuse_others
from xunzhang.web.policies.steps import steps_at
from xunzhang.web.request import Request
from xunzhang.web.views import writes

NEITHER = gettext_lazy("This cannot be read; write it as the default is written.")


@dataclass(frozen=True)
class Matter:
    """One setting to decide: its field, its shape and value now."""

    field: str
    setting: Setting
    shape: Shape


@dataclass
class Section:
    """What one policy leaves open."""

    chosen: Chosen
    matters: list[Matter] = field(default_factory=list)
    uses: dict[str, list[Use]] = field(default_factory=dict)
    people: str = ""
    whos: list[tuple[str, str]] = field(default_factory=list)


class Decisions(forms.Form):
    """All open settings of all chosen policies."""

    def __init__(self, sections: list[Section], data: Any) -> None:
        super().__init__(data)
        self.sections = sections
        for section in sections:
            for matter in section.matters:
                self.fields[matter.field] = _field(section, matter)

    def parts(self) -> list[tuple[Section, list[forms.BoundField]]]:
        """Each policy with its fields."""
        return [(one, [self[each.field] for each in one.matters]) for one in self.sections]

    def values_of(self, section: Section) -> dict[tuple[str, ...], Value]:
        """What was decided otherwise than the text has it; what cannot be read is told at its field."""
        found: dict[tuple[str, ...], Value] = {}
        for matter in section.matters:
            try:
                value = _value(matter, self)
            except ValueError:
                self.add_error(matter.field, str(NEITHER))
                continue
            if value != matter.setting.value:
                found[setting(matter.setting.name)] = value
        return found


@writes()
def settings(request: Request) -> HttpResponse:
    """Decide what the documents leave open, and keep each as a draft, which governs nothing."""
    refuse_others(request)
    found = chosen(request)
    sections = [_section(one, place) for place, one in enumerate(found)]
    form = Decisions(sections, request.POST if request.method == "POST" else None)
    problems: list[Problem] = [problem for one in found for problem in one.problems]
    if request.method == "POST" and form.is_valid():
        decided = [with_values(one.chosen, form.values_of(one)) for one in sections]
        if not form.errors:
            problems = _keep(decided, form, request)
        if not form.errors and not problems:
            return redirect(address("adopt-people", [one.code for one in found]))
    context = {
        "form": form,
        "parts": form.parts(),
        "chosen": found,
        "problems": [said.problem(one) for one in problems],
        "steps": steps_at("settings", found),
        "asked": any(one.matters for one in sections),
    }
    status = 422 if form.errors or (problems and request.method == "POST") else 200
    return render(request, "policies/adopt_settings.html", context, status=status)


def _section(one: Chosen, place: int) -> Section:
    section = Section(one, uses=_uses(one.source), people=f"whos-{place}")
    edition = one.edition or one.follows or one.shipped
    if edition is None:
        return section
    for open_ in said.open_settings(edition):
        shape = shape_to_decide(open_.value, section.uses.get(open_.name, []))
        section.matters.append(Matter(f"s{place}-{open_.name}", open_, shape))
    by = speaker_of(edition, said.language())
    section.whos = [
        (who, say_value(who, by)) for who in _proposed(edition.roles, departments(edition))
    ]
    return section


@lru_cache(maxsize=32)
def _uses(source: str) -> dict[str, list[Use]]:
    return uses(parse(source, Problems("")))


def _proposed(roles: Sequence[str], names: set[str]) -> list[str]:
    return [*(f"role:{role}" for role in roles), *(f"head of {name}" for name in sorted(names))]


def _field(section: Section, matter: Matter) -> forms.Field:
    one = matter.setting
    found = field_for(matter.shape, one.value, section.people)
    found.label = said.label_of(one)
    hint, reason = _hint(section.chosen, one, section.uses.get(one.name, [])), said.reason_of(one)
    if reason:
        hint = format_html('<span lang="{}">{}</span> · {}', said.DOCUMENT, reason, hint)
    found.help_text = hint
    return found


def _hint(found: Chosen, one: Setting, places: list[Use]) -> str:
    edition = found.shipped or found.follows or found.edition
    default = edition.settings.get(one.name) if edition is not None else None
    lines = []
    if edition is not None and default is not None:
        by = speaker_of(edition, said.language())
        lines.append(_("Default: %(value)s") % {"value": say_value(default.value, by)})
    articles = list(dict.fromkeys(place.article for place in places if place.article))
    if articles:
        lines.append(_("used by § %(articles)s") % {"articles": said.listed(articles)})
    return " · ".join(lines)


def _value(matter: Matter, form: forms.Form) -> Value:
    return value_of(matter.shape, form.cleaned_data.get(matter.field), matter.setting.value)


def _keep(decided: list[Chosen], form: Decisions, request: Request) -> list[Problem]:
    """Keep the drafts; what is wrong is told at the field that brought it, the rest is returned."""
    read = read_together(decided)
    if not any(one.problems for one in read):
        try:
            with transaction.atomic():
                for one in read:
                    beside = [other.source for other in read if other is not one]
                    policy.keep_draft(source=one.source, file=f"{one.code}.yaml", by=request.by,
                                      at=request.at, beside=beside)  # fmt: skip
        except Invalid as refusal:
            for lines in refusal.fields.values():
                form.add_error(None, list(lines))
        return []
    for section in form.sections:
        for matter in section.matters:
            _blame(section, matter, form, decided)
    return [] if form.errors else [problem for one in read for problem in one.problems]


def _blame(section: Section, matter: Matter, form: Decisions, decided: list[Chosen]) -> None:
    """Tell at a field what its value alone brings about."""
    value = _value(matter, form)
    if value == matter.setting.value:
        return
    alone = with_values(section.chosen, {setting(matter.setting.name): value})
    others = [one for one in decided if one.code != alone.code]
    before = {(one.code, one.zh) for one in section.chosen.problems}
    new = [
        one
        for one in read_together([alone, *others])[0].problems
        if (one.code, one.zh) not in before
    ]
    if new:
        form.add_error(matter.field, said.words_of(new[0]))
