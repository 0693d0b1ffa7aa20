"""What a process does that may be killed: `python -m tests.killed.work JOB [MINUTES]`.

It works on the database of XUNZHANG_DATABASE_URL, says "begun" when it begins, and "done" with the seconds
that it took. `prepare` makes a database worth working on; `picture` prints all that stands in one.
"""

import json
import sys
from datetime import datetime, timedelta
from io import BytesIO
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import django
from django.core.files.base import ContentFile
from django.core.management import call_command

NOON = datetime(2026, 3, 11, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ROWS, DOUBLES, LEADS, VISITS = 2_400, 7, 250, 150
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
      - {id: file, kind: duty, when: lead.met, who: role:客服, within: 1 workday, do: customer.filed, match: [customer], breach: late, remind: 4 hours before}
      - {id: seen, kind: duty, when: car.seen, who: role:客服, within: 2 hours, do: customer.contacted, match: [customer]}
      - {id: call, kind: duty, when: car.seen, who: by, within: 3 workdays, do: customer.visited, match: [customer]}
      - {id: greet, kind: duty, when: customer.created, who: by, within: 3 workdays, do: customer.contacted, match: [customer]}
  - no: "2"
    text: {zh: 迟一次罚五十元，再犯加倍, en: "Fifty, then double"}
    rules:
      - {id: fine, kind: sanction, breach: late, fine: 50, over: month, double_from: 2, confirm: role:总经理}
"""


def prepare() -> None:
    """Two people and a policy, many duties that fall due tomorrow, and a file that waits to be imported."""
    from xunzhang.customers.importing import upload
    from xunzhang.lib.sheets import write_xlsx
    from xunzhang.organisation import actions as organisation
    from xunzhang.policy import actions as policy

    call_command("migrate", verbosity=0)
    organisation.add_person(code="sun", name="孙总", roles=["总经理"], by=None, at=NOON)
    organisation.add_person(code="chen", name="陈静", roles=["客服"], by=None, at=NOON)
    policy.adopt_edition(source=POLICY, file="", by=None, at=NOON)
    met = [{"customer": number, "plate": f"沪A{number}"} for number in range(LEADS)]
    policy.record_many({"type": "lead.met", "by": 2, "at": NOON, "keys": keys} for keys in met)
    names = [f"客户{number % (ROWS - DOUBLES):05d}号" for number in range(ROWS)]
    file = BytesIO()
    write_xlsx(file, sheet="1", headings=["客户名称"], rows=[[name] for name in names])
    upload(file=ContentFile(file.getvalue()), file_name="rows.xlsx", by=1, at=NOON)


def take_in(minutes: int) -> None:
    """Import the file, or go on with it; who died before has lost his claim by now."""
    from xunzhang.customers.importing import run
    from xunzhang.customers.models import ImportJob

    run(job=ImportJob.objects.get().pk, now=lambda: NOON + timedelta(minutes=minutes))


def tick(_minutes: int) -> None:
    """Let everything go off that falls due within two days."""
    from xunzhang.policy import actions as policy

    policy.tick(at=NOON + timedelta(days=2))


def visit(_minutes: int) -> None:
    """Record visits one by one, as clicks; a click that was recorded before is not recorded again."""
    from xunzhang.policy import actions as policy

    for number in range(VISITS):
        keys = {"customer": number, "plate": f"沪B{number}"}
        policy.record(type="car.seen", by=2, at=NOON, keys=keys, token=f"click-{number}")


def picture() -> dict[str, Any]:
    """Return all that must be the same, whether somebody was killed or not."""
    from django.db.models import Count

    from xunzhang.customers.models import Customer, ImportJob, SearchEntry
    from xunzhang.policy import models as rows
    from xunzhang.policy.queries.ledger import verify_chain

    def all_of(model: Any, *columns: str) -> list[list[str]]:
        return sorted([str(value) for value in row] for row in model.objects.values_list(*columns))

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


def main(job: str, minutes: int) -> None:
    """Do the job, and tell when it begins and ends."""
    django.setup()
    if job == "prepare":
        prepare()
    elif job == "picture":
        print(json.dumps(picture()))
    else:
        print("begun", flush=True)
        start = perf_counter()
        JOBS[job](minutes)
        print(f"done {perf_counter() - start}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
