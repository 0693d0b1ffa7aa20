"""One result of the engine as one line for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xunzhang.cli.words import Words, listed

Row = Mapping[str, Any]

KINDS: Mapping[str, Words] = {
    "duties": Words("待办", "duty"),
    "breaches": Words("违规", "breach"),
    "sanctions": Words("处罚建议", "sanction"),
    "cases": Words("个案", "case"),
    "awards": Words("奖励", "award"),
    "assignments": Words("分配", "assignment"),
    "reminders": Words("提醒", "reminder"),
    "promotions": Words("晋升", "promotion"),
    "grades": Words("分级", "grade"),
    "missing": Words("缺项", "missing"),
    "notices": Words("通知", "notice"),
    "guides": Words("指引", "guide"),
    "ruling": Words("裁定", "ruling"),
}
STATES: Mapping[str, Words] = {
    "open": Words("进行中", "open"),
    "suspended": Words("已暂停", "suspended"),
    "overdue": Words("逾期", "overdue"),
    "done": Words("按时完成", "done"),
    "late": Words("逾期完成", "late"),
    "cancelled": Words("已取消", "cancelled"),
}
RULINGS: Mapping[str, Words] = {
    "allowed": Words("准许", "allowed"),
    "refused": Words("拒绝", "refused"),
    "needs_approval": Words("须审批", "needs approval"),
}
HIDDEN = ("because", "id")
NOBODY = Words("（无人）", "(nobody)")
DUE = Words("应于 {due}", "due {due}")
NO_DUE = Words("无期限", "no due time")
TIMES = Words("{n} 次", "× {n}")
ARTICLE = Words("第 {no} 条", "article {no}")
YUAN = Words("{n} 元", "{n} CNY")


def kind(name: str) -> str:
    """A kind of result, by its word."""
    only = name.startswith("only ")
    found = str(KINDS.get(name.removeprefix("only "), Words(name, name)))
    return Words("仅有的{kind}", "only these: {kind}")(kind=found) if only else found


def people(who: Any, names: Mapping[str, str]) -> str:
    """One or several persons by name, with their ids."""
    ids = who if isinstance(who, list) else [who] if who is not None else []
    return listed([named(one, names) for one in ids]) or str(NOBODY)


def named(id: Any, names: Mapping[str, str]) -> str:
    """A person or customer by name and id."""
    name = names.get(str(id))
    return f"{name}({id})" if name else str(id)


def moment(text: str) -> str:
    """An ISO time as people read it: without zone, seconds left out where they are none."""
    return (
        text.replace("T", " ").removesuffix("+08:00").removesuffix(":00") if "T" in text else text
    )


def line(kind_: str, row: Row, names: Mapping[str, str]) -> str:
    """What a row says."""
    teller = _TELLERS.get(kind_)
    told = teller(row, names) if teller is not None else plain(row)
    customer = row.get("customer")
    return (
        f"{told}  {named(customer, names)}"
        if customer is not None and kind_ not in _WITH_CUSTOMER
        else told
    )


def plain(row: Any) -> str:
    """A row as it would stand in a rehearsal."""
    if isinstance(row, Mapping):
        return (
            "{"
            + ", ".join(f"{key}: {plain(value)}" for key, value in row.items() if key not in HIDDEN)
            + "}"
        )
    if isinstance(row, list):
        return "[" + ", ".join(plain(item) for item in row) + "]"
    return "null" if row is None else str(row).lower() if isinstance(row, bool) else str(row)


def place(because: Row) -> str:
    """Policy, version, article and rule of a result."""
    return f"{because['policy']}@{because['version']} {article(because['article'])} · {because['rule']}"


def article(no: str) -> str:
    """An article by its label; one that is no mere number is named as it is printed."""
    return ARTICLE(no=no) if no[:1].isdigit() else no


def facts(because: Row) -> str:
    """The facts compared; empty where there are none."""
    found = because.get("facts") or {}
    return listed([f"{key} = {plain(value)}" for key, value in found.items()])


def _duty(row: Row, names: Mapping[str, str]) -> str:
    due = DUE(due=moment(row["due"])) if row["due"] else str(NO_DUE)
    return f"{row['rule']}  {people(row['who'], names)}  {due}  [{STATES[row['state']]}]"


def _breach(row: Row, names: Mapping[str, str]) -> str:
    count = "" if str(row["count"]) == "1" else "  " + TIMES(n=row["count"])
    return f"{row['code']}  {people(row['who'], names)}{count}  {row['on']}"


def _sanction(row: Row, names: Mapping[str, str]) -> str:
    return f"{proposed(row)}  {people(row['who'], names)}  {row['rule']}"


def proposed(row: Row) -> str:
    """What a sanction proposes."""
    if row.get("fine") is not None:
        fine = str(row["fine"])
        return YUAN(n=fine) if fine[:1].isdigit() else fine
    if row.get("choose"):
        return " / ".join(map(str, row["choose"]))
    return str(row.get("step") or row.get("deduct") or "")


def _award(row: Row, names: Mapping[str, str]) -> str:
    return f"{row['points']}  → {named(row['to'], names)}"


def _assignment(row: Row, names: Mapping[str, str]) -> str:
    thing = row.get("case") or named(row.get("customer"), names)
    return f"{thing} → {named(row['to'], names)}"


def _reminder(row: Row, names: Mapping[str, str]) -> str:
    return f"{row['rule']}  → {people(row['who'], names)}"


def _promotion(row: Row, names: Mapping[str, str]) -> str:
    return f"{named(row['who'], names)} → {row['to']}"


def _grade(row: Row, names: Mapping[str, str]) -> str:  # noqa: ARG001
    return f"{row['name']}  {row['class']}  {row['score'] or ''}".rstrip()


def _missing(row: Row, names: Mapping[str, str]) -> str:  # noqa: ARG001
    return f"{row['label']} ({row['key']})"


def _notice(row: Row, names: Mapping[str, str]) -> str:
    return f"{row['rule']}  → {named(row['to'], names)}  {row['text']}"


def _guide(row: Row, names: Mapping[str, str]) -> str:  # noqa: ARG001
    return f"{row['rule']}  {row['text']}"


def _case(row: Row, names: Mapping[str, str]) -> str:  # noqa: ARG001
    return f"{row['case']}  {row['process']} → {row['stage']}"


def _ruling(row: Row, names: Mapping[str, str]) -> str:
    parts = [str(RULINGS[row["ruling"]])]
    parts += [" / ".join(people(step, names) for step in [one]) for one in row["steps"]]
    if row["steps"]:
        parts = [parts[0] + ": " + " → ".join(parts[1:])]
    parts += [f"{reason}" for reason in (row["reasons"] if row["ruling"] == "refused" else [])]
    parts += [
        str(Words("提醒：{text}", "warning: {text}")).format(text=text) for text in row["warnings"]
    ]
    return "  ".join(parts)


_WITH_CUSTOMER = (
    "assignments",
    "missing",
    "grades",
    "guides",
    "ruling",
    "cases",
    "awards",
    "promotions",
)
_TELLERS = {
    "duties": _duty,
    "breaches": _breach,
    "sanctions": _sanction,
    "awards": _award,
    "assignments": _assignment,
    "reminders": _reminder,
    "promotions": _promotion,
    "grades": _grade,
    "missing": _missing,
    "notices": _notice,
    "guides": _guide,
    "cases": _case,
    "ruling": _ruling,
}
