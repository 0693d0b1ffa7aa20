"""What processes do that may be killed, and what must stand in the database afterwards."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management import call_command
from django.db.models import Count

from xunzhang.customers.importing import run, upload
from xunzhang.customers.models import Customer, ImportJob, SearchEntry
from xunzhang.lib.sheets import write_xlsx
from xunzhang.organisation import actions as organisation
from xunzhang.policy import actions as policy
from xunzhang.policy import models as rows
from xunzhang.policy.queries.ledger import verify_chain

NOON = datetime(2026, 3, 11, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ROWS, DOUBLES, LEADS, VISITS = 2_400, 7, 200, 80
OTHERS = 1_000_000
POLICY = """
policy: to-be-killed
title: {zh: 测试办法, en: Measures}
version: 1
effective: 2026-01-01
calendar: china
roles: [总经理, 客服]
events:
  - {type: lead.met, name: {zh: 接触, en: Met}, keys: {plate: text}}
  - {type: car.seen, name: {zh: 看车, en: Seen}, keys: {plate: text}}
articles:
  - no: "1"
    text: {zh: 接触后一个工作日内备案，看车当日回访，新客户三日内联系, en: In time}
    rules:
      - id: file
        kind: duty
        when: lead.met
        who: role:客服
        within: 1 workday
        do: customer.filed
        match: [customer]
        breach: late
        remind: 4 hours before
      - {id: seen, kind: duty, when: car.seen, who: role:客服, within: 2 hours, do: customer.contacted}
      - {id: call, kind: duty, when: car.seen, who: by, within: 3 workdays, do: customer.visited}
      - {id: greet, kind: duty, when: customer.created, who: by, within: 3 workdays, do: customer.contacted}
  - no: "2"
    text: {zh: 迟一次罚五十元，再犯加倍, en: "Fifty, then double"}
    rules:
      - id: fine
        kind: sanction
        breach: late
        fine: 50
        over: month
        double_from: 2
        confirm: role:总经理
"""


def prepare() -> None:
    """Two people and a policy, many duties that fall due tomorrow, and a file that waits to be imported."""
    call_command("migrate", verbosity=0)
    organisation.add_person(code="sun", name="孙总", roles=["总经理"], by=None, at=NOON)
    organisation.add_person(code="chen", name="陈静", roles=["客服"], by=None, at=NOON)
    policy.adopt_edition(source=POLICY, file="", by=None, at=NOON)
    met = [{"customer": OTHERS + number, "plate": f"沪A{number}"} for number in range(LEADS)]
    policy.record_many({"type": "lead.met", "by": 2, "at": NOON, "keys": keys} for keys in met)
    names = [f"客户{number % (ROWS - DOUBLES):05d}号" for number in range(ROWS)]
    file = BytesIO()
    write_xlsx(file, sheet="1", headings=["客户名称"], rows=[[name] for name in names])
    file.seek(0)
    upload(file=file, file_name="rows.xlsx", by=1, at=NOON)


def take_in(minutes: int) -> None:
    """Import the file, or go on with it; who died before has lost his claim by now."""
    run(job=ImportJob.objects.get().pk, now=lambda: NOON + timedelta(minutes=minutes))


def tick(_minutes: int) -> None:
    """Let everything go off that falls due within two days."""
    policy.tick(at=NOON + timedelta(days=2))


def visit(_minutes: int) -> None:
    """Record visits one by one, as clicks; a click that was recorded before is not recorded again."""
    for number in range(VISITS):
        keys = {"customer": OTHERS + number, "plate": f"沪B{number}"}
        policy.record(type="car.seen", by=2, at=NOON, keys=keys, token=f"click-{number}")


def picture() -> dict[str, Any]:
    """Return all that must be the same, whether somebody was killed or not."""

    names = {str(pk): name for pk, name in Customer.objects.values_list("pk", "name")}

    def all_of(model: Any, *columns: str) -> list[list[str]]:
        found = model.objects.values_list(*columns)
        return sorted(
            [shown(name, value) for name, value in zip(columns, row, strict=True)] for row in found
        )

    def shown(column: str, value: object) -> str:
        # The numbers that a killed import has drawn on PostgreSQL are lost, so customers go by their names
        return names.get(str(value), str(value)) if column.endswith("customer") else str(value)

    kinds = rows.Event.objects.order_by("type").values_list("type").annotate(Count("seq"))
    return {
        "chain broken at": verify_chain(),
        "events": [list(row) for row in kinds],
        "customers": all_of(Customer, "name", "code"),
        "found by": all_of(SearchEntry, "customer__name", "tokens"),
        "imports": all_of(ImportJob, "state", "rows_seen", "rows_created", "rows_refused"),
        "duties": all_of(rows.DutyRow, "rule", "customer", "state", "breaches"),
        "owing": all_of(rows.DutyPerson, "duty__rule", "duty__customer", "person", "state"),
        "breaches": all_of(rows.BreachRow, "code", "customer", "at", "count"),
        "sanctions": all_of(rows.SanctionRow, "rule", "customer", "fine", "number"),
        "told": all_of(rows.Notification, "person", "kind", "customer"),
        "timers": all_of(rows.TimerRow, "kind", "uid", "at", "nth"),
    }


JOBS = {"import": take_in, "tick": tick, "visit": visit}
