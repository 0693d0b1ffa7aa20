"""The checklists of a form: which papers and things are there, in how many copies, signed, or why not needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from xunzhang.cases.values import language
from xunzhang.law.conditions import ALWAYS
from xunzhang.law.rules.checklist import ChecklistRule, Item
from xunzhang.law.text import say
from xunzhang.law.words.conditions import said
from xunzhang.lib.text import tidy
from xunzhang.web.saying import Saying

_LONGEST_REASON = 200
_MOST_COPIES = 999


@dataclass(frozen=True, slots=True)
class Row:
    """One item with its controls; `copies` and `signed` where the item asks for them."""

    item: Item
    there: BoundField
    copies: BoundField | None
    signed: BoundField | None
    waived: BoundField


@dataclass(frozen=True, slots=True)
class Group:
    """One checklist; `applies` says when it is checked, "" where always."""

    title: str
    applies: str
    because: Mapping[str, str]
    rows: tuple[Row, ...]


class ChecklistForm(forms.Form):
    """What is there; `held` is what was there when it was looked at last."""

    def __init__(
        self,
        rules: Sequence[ChecklistRule],
        at: datetime,
        data: Any = None,
        *,
        held: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, prefix="items")
        self.rules = rules
        self.at = at
        for rule in rules:
            for item in rule.items:
                self._ask(rule, item, (held or {}).get(item.key))

    def _ask(self, rule: ChecklistRule, item: Item, held: Any) -> None:
        label, name = say(item.label, language()), _name(rule, item)
        known = held if isinstance(held, Mapping) else {}
        waived = str(known.get("waived") or "")
        self.fields[name] = forms.BooleanField(
            label=label, required=False, initial=bool(held) and not waived
        )
        if item.copies > 1:
            self.fields[f"{name}.copies"] = forms.IntegerField(
                label=_("Copies: %(item)s") % {"item": label}, required=False, min_value=0,
                max_value=_MOST_COPIES, initial=known.get("copies") or item.copies,
            )  # fmt: skip
        if item.signed:
            self.fields[f"{name}.signed"] = forms.BooleanField(
                label=_("is signed"), required=False, initial=bool(known.get("signed"))
            )
        self.fields[f"{name}.waived"] = forms.CharField(
            label=_("Not needed, because: %(item)s") % {"item": label},
            required=False,
            max_length=_LONGEST_REASON,
            initial=waived,
        )

    @property
    def groups(self) -> list[Group]:
        """Return the checklists with their controls."""
        saying = Saying(self.at)
        return [self._group(rule, saying) for rule in self.rules]

    def _group(self, rule: ChecklistRule, saying: Saying) -> Group:
        by = saying.speaker_for(rule.policy, rule.version).about(rule.on)
        applies = "" if rule.condition is ALWAYS else said(rule.condition, by)
        rows = tuple(self._row(rule, item) for item in rule.items)
        title = say(rule.file, language()) if rule.file else _("Checklist")
        return Group(title, applies, saying.because(_place(rule)), rows)

    def _row(self, rule: ChecklistRule, item: Item) -> Row:
        name = _name(rule, item)
        copies, signed = (
            self[f"{name}.{part}"] if f"{name}.{part}" in self.fields else None
            for part in ("copies", "signed")
        )
        return Row(item, self[name], copies, signed, self[f"{name}.waived"])

    def items(self) -> dict[str, Any]:
        """Return what is there or need not be, by item; what is missing is left out."""
        return dict(self._answers())

    def _answers(self) -> Iterator[tuple[str, Any]]:
        data = self.cleaned_data
        for rule in self.rules:
            for item in rule.items:
                name = _name(rule, item)
                reason = tidy(data[f"{name}.waived"])
                if reason:
                    yield item.key, {"waived": reason}
                elif data[name]:
                    copies = data.get(f"{name}.copies") if item.copies > 1 else item.copies
                    signed = bool(data.get(f"{name}.signed"))
                    yield item.key, {"copies": copies or 0, "signed": signed}


def _name(rule: ChecklistRule, item: Item) -> str:
    return f"{rule.id}.{item.key}"


def _place(rule: ChecklistRule) -> dict[str, str]:
    names = {name: str(getattr(rule, name)) for name in ("policy", "version", "article")}
    return {**names, "rule": rule.id}
