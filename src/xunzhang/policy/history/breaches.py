"""The part of the history that keeps breaches and proposals."""

from __future__ import annotations

from datetime import datetime

from xunzhang.law.calendar import company_time
from xunzhang.law.outcome import Because, Breach, Sanction
from xunzhang.policy.choices import SanctionState
from xunzhang.policy.models import BreachPerson, BreachRow, SanctionPerson, SanctionRow


class Breaches:
    """Breaches and proposals of the database and those of this unit."""

    def __init__(self) -> None:
        self._breaches: list[Breach] = []
        self._sanctions: list[Sanction] = []
        self._waived: set[int] = set()

    def add_breach(self, breach: Breach) -> None:
        self._breaches.append(breach)

    def breaches_of(self, person: str, policy: str, codes: tuple[str, ...]) -> list[Breach]:
        rows = BreachRow.objects.filter(
            people__person=person, people__policy=policy, people__code__in=codes
        )
        own = [
            one
            for one in self._breaches
            if person in one.who and one.because.policy == policy and one.code in codes
        ]
        return [*(law_breach(row) for row in rows.order_by("pk")), *own]

    def add_sanction(self, sanction: Sanction) -> None:
        self._sanctions.append(sanction)

    def sanctions_of(self, rule: str, staff: str) -> list[Sanction]:
        rows = SanctionRow.objects.filter(
            people__person=staff, people__rule=rule, people__decides=False
        )
        own = [one for one in self._sanctions if staff in one.who and one.because.rule == rule]
        return [*(law_sanction(row) for row in rows.order_by("pk")), *own]

    def waive(self, sanction: Sanction) -> None:
        self._waived.add(sanction.id)

    def is_waived(self, sanction: Sanction) -> bool:
        if sanction.id in self._waived:
            return True
        return SanctionRow.objects.filter(pk=sanction.id, state=SanctionState.WAIVED).exists()

    def waived_breaches(self, uid_rule: tuple[str, str], person: str) -> set[int]:
        policy, rule = uid_rule
        rows = SanctionRow.objects.filter(
            people__person=person, people__rule=rule, people__decides=False, policy=policy,
            state=SanctionState.WAIVED,
        )  # fmt: skip
        found = set(rows.values_list("breach", flat=True))
        if self._waived:
            found |= {
                one.breach
                for one in self.sanctions_of(rule, person)
                if one.id in self._waived and one.because.policy == policy
            }
        return found

    # -- writing ---------------------------------------------------------------------------------------

    def flush_breaches(self, at: datetime) -> None:
        """Write what this unit has found."""
        if self._breaches:
            BreachRow.objects.bulk_create(map(breach_row, self._breaches), batch_size=500)
            BreachPerson.objects.bulk_create(
                BreachPerson(
                    breach_id=one.id, person=person, policy=one.because.policy, code=one.code
                )
                for one in self._breaches
                for person in dict.fromkeys(one.who)
            )
        if self._sanctions:
            SanctionRow.objects.bulk_create(
                [sanction_row(one, at) for one in self._sanctions], batch_size=500
            )
            SanctionPerson.objects.bulk_create(
                [seat for one in self._sanctions for seat in seats(one)]
            )
        if self._waived:
            SanctionRow.objects.filter(pk__in=self._waived).update(state=SanctionState.WAIVED)
        self._breaches.clear()
        self._sanctions.clear()
        self._waived.clear()


def seats(sanction: Sanction) -> list[SanctionPerson]:
    """Return the rows by which people find a proposal: those it is for, and those who decide."""
    rule = sanction.because.rule
    return [
        SanctionPerson(sanction_id=sanction.id, person=person, rule=rule, decides=decides)
        for people, decides in ((sanction.who, False), (sanction.confirm, True))
        for person in dict.fromkeys(people)
    ]


def breach_row(one: Breach) -> BreachRow:
    """Return a breach as a row."""
    because = one.because
    return BreachRow(
        id=one.id,
        code=one.code,
        policy=because.policy,
        version=because.version,
        article=because.article,
        rule=because.rule,
        who=list(one.who),
        count=one.count,
        at=one.at,
        on=one.on,
        keys=dict(one.keys),
        facts=dict(because.facts),
        again=one.again,
        duty=one.duty,
        customer=one.customer,
        case=one.keys.get("case"),
    )


def law_breach(row: BreachRow) -> Breach:
    """Return a row as the law sees it."""
    because = Because(row.policy, row.version, row.article, row.rule, row.facts)
    return Breach(
        row.pk, row.code, tuple(row.who), row.count, company_time(row.at), row.on, row.keys,
        because, row.again, row.duty,
    )  # fmt: skip


def sanction_row(one: Sanction, at: datetime) -> SanctionRow:
    """Return a proposal as a row."""
    because, breach = one.because, one.breach_because
    return SanctionRow(
        id=one.id,
        breach_id=one.breach,
        uid=one.uid,
        policy=because.policy,
        version=because.version,
        article=because.article,
        rule=because.rule,
        who=list(one.who),
        confirm=list(one.confirm),
        facts=dict(because.facts),
        breach_because=because_values(breach),
        number=one.number,
        customer=one.customer,
        fine=one.fine,
        step=one.step,
        deduct=one.deduct,
        choose=one.choose,
        doubled=one.doubled,
        proposed_at=at,
    )


def law_sanction(row: SanctionRow) -> Sanction:
    """Return a row as the law sees it."""
    because = Because(row.policy, row.version, row.article, row.rule, row.facts)
    return Sanction(
        row.pk, row.breach_id, tuple(row.who), row.uid, because, because_of(row.breach_because),
        tuple(row.confirm), row.number, row.customer, row.fine, row.step, row.deduct, row.choose,
        row.doubled,
    )  # fmt: skip


def because_values(because: Because) -> dict[str, object]:
    """Return a because as values for a column of facts."""
    return {
        "policy": because.policy,
        "version": because.version,
        "article": because.article,
        "rule": because.rule,
        "facts": dict(because.facts),
    }


def because_of(values: dict[str, object]) -> Because:
    """Return the because that `because_values` wrote."""
    return Because(**values)  # type: ignore[arg-type]
