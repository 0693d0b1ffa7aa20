"""What can be done about a proposed sanction, by whom, and what must be said with it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

from xunzhang.lib.errors import Invalid
from xunzhang.lib.money import read_money, say_money
from xunzhang.organisation.models import Person
from xunzhang.policy import actions as policy
from xunzhang.policy.choices import SanctionState
from xunzhang.policy.models import SanctionRow
from xunzhang.web.ledger.shown import bounds_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Amount(forms.CharField):
    """An amount of money between two bounds, typed in any width."""

    def __init__(self, *, low: Decimal, high: Decimal | None, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)
        self.low, self.high = low, high
        self.widget.attrs.update(
            {"inputmode": "decimal", "placeholder": "¥", "autocomplete": "off"}
        )

    @override
    def clean(self, value: Any) -> Any:
        """Return the amount, None where none is needed and none was typed."""
        written = super().clean(value)
        if not written:
            return None
        try:
            amount = read_money(written)
        except Invalid as wrong:
            raise ValidationError(wrong.fields["amount"]) from None
        if amount < self.low or (self.high is not None and amount > self.high):
            raise ValidationError(
                _("It lies outside what the article allows: %(bounds)s.")
                % {"bounds": say_bounds(self.low, self.high)}
            )
        return amount


class DecisionForm(forms.Form):
    """The base: what is decided about which row."""

    def __init__(self, *args: Any, row: SanctionRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row


def _reason(label: "StrOrPromise") -> forms.CharField:
    return forms.CharField(label=label, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ConfirmForm(DecisionForm):
    """Of several measures one is chosen; otherwise nothing has to be said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row.choose:
            measures = [(one, one) for one in self.row.choose]
            self.fields["chosen"] = forms.ChoiceField(
                label=_("Which of them"), choices=measures, widget=forms.RadioSelect
            )


class AmountForm(DecisionForm):
    """How much, and why."""

    reason = _reason(gettext_lazy("Reason"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        low, high = limits(self.row)
        self.fields["amount"] = Amount(
            low=low, high=high, label=_("Amount in yuan"), help_text=say_bounds(low, high)
        )
        self.order_fields(["amount", "reason"])


class WaiveForm(DecisionForm):
    """Why nothing is done."""

    reason = _reason(gettext_lazy("Reason"))


class AppealForm(DecisionForm):
    """What one has to say against it."""

    text = _reason(gettext_lazy("What you object to, and what shows it"))


class AnswerForm(DecisionForm):
    """What the answer is, and the fine from now on if it changes."""

    text = _reason(gettext_lazy("Answer"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row.amount is not None:
            self.fields["amount"] = Amount(
                low=Decimal(0), high=self.row.amount, label=_("The fine from now on"), required=False,
                help_text=_("Leave it empty to keep %(amount)s.") % {"amount": say_money(self.row.amount)},
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verb:
    """Something that can be done about a proposal; `open_to` says whether this person may, as it stands."""

    name: str
    title: "StrOrPromise"
    words: "StrOrPromise"
    done: "StrOrPromise"
    icon: str
    tone: str
    act: Callable[..., SanctionRow]
    form: type[DecisionForm]
    open_to: Callable[[SanctionRow, Person], bool]


def limits(row: SanctionRow) -> tuple[Decimal, Decimal | None]:
    """Return between which amounts a fine may be settled; None where the article names no upper one."""
    bounds = bounds_of(row.fine)
    if bounds is not None:
        return bounds
    return Decimal(0), row.fine if isinstance(row.fine, Decimal) else None


def say_bounds(low: Decimal, high: Decimal | None) -> str:
    """Return the bounds of an amount in words."""
    if high is None:
        return _("at least %(low)s") % {"low": say_money(low)}
    return _("from %(low)s to %(high)s") % {"low": say_money(low), "high": say_money(high)}


def _decides(row: SanctionRow, person: Person) -> bool:
    return str(person.pk) in row.confirm and str(person.pk) not in row.who


def _proposed(row: SanctionRow, person: Person) -> bool:
    return row.state == SanctionState.PROPOSED and _decides(row, person)


VERBS = {
    verb.name: verb
    for verb in (
        Verb(
            "confirm", gettext_lazy("Confirm"),
            gettext_lazy(
                "It stands as it was proposed."
                " Nothing is deducted by itself: pass the decision on to whoever pays wages."
            ),
            gettext_lazy("Confirmed."), "check", "primary", policy.confirm, ConfirmForm,
            lambda row, person: _proposed(row, person) and not isinstance(row.fine, str),
        ),
        Verb(
            "settle", gettext_lazy("Settle the amount"),
            gettext_lazy("The article leaves room; say how much it is, and why."),
            gettext_lazy("The amount is settled."), "check", "primary", policy.lower, AmountForm,
            lambda row, person: _proposed(row, person) and isinstance(row.fine, str),
        ),
        Verb(
            "lower", gettext_lazy("Lower"),
            gettext_lazy("The fine is less than proposed; the reason is kept with it."),
            gettext_lazy("Lowered."), "arrow-down", "", policy.lower, AmountForm,
            lambda row, person: _proposed(row, person) and isinstance(row.fine, Decimal),
        ),
        Verb(
            "waive", gettext_lazy("Waive"),
            gettext_lazy("Nothing is done, and the breach no longer counts towards later sanctions of this rule."),
            gettext_lazy("Waived; the breach no longer counts."), "circle-slash", "danger", policy.waive, WaiveForm,
            _proposed,
        ),
        Verb(
            "appeal", gettext_lazy("Appeal"),
            gettext_lazy("You may object once. Whoever decided must answer, and the answer is kept beside it."),
            gettext_lazy("Your appeal is on its way."), "message-square-reply", "", policy.appeal, AppealForm,
            lambda row, person: str(person.pk) in row.who and row.appealed_at is None
            and row.state in (SanctionState.CONFIRMED, SanctionState.LOWERED),
        ),
        Verb(
            "answer", gettext_lazy("Answer the appeal"),
            gettext_lazy("Say what you found. You may lower the fine with it."),
            gettext_lazy("Answered."), "reply", "primary", policy.answer_appeal, AnswerForm,
            lambda row, person: _decides(row, person) and row.appealed_at is not None and row.answered_at is None,
        ),
    )
}  # fmt: skip


def verbs_for(row: SanctionRow, person: Person) -> list[Verb]:
    """Return what this person may do about the proposal as it stands."""
    return [verb for verb in VERBS.values() if verb.open_to(row, person)]
