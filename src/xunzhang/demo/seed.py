"""Makes the demonstration company by calling the product's own actions, its time walked from May to November."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction

from xunzhang.customers.models import Customer
from xunzhang.demo import company
from xunzhang.demo.cars import Cars
from xunzhang.demo.complaints import Complaints
from xunzhang.demo.customers import bring_in
from xunzhang.demo.files import Files
from xunzhang.demo.filing import Filing
from xunzhang.demo.stage import Stage, moment
from xunzhang.law.calendar import CHINA
from xunzhang.law.loader import pack_file
from xunzhang.lib import clock
from xunzhang.organisation.models import Person
from xunzhang.policy import actions as policy

FOUNDED = datetime.combine(date(2026, 5, 18), time(8), company.ZONE)
BEGINS = date(2026, 5, 25)
PRESENT = datetime.combine(date(2026, 11, 24), time(9, 30), company.ZONE)
PACKS = ("dealer-customer-files", "dealer-complaints", "customer-filing")
Say = Callable[[str], object]


def seed(*, say: Say) -> None:
    """Make the company whole, or not at all; one that is there stays as it is."""
    if Person.objects.exists():
        return
    with transaction.atomic():
        _make(say)
    clock.start_at(PRESENT)


def _make(say: Say) -> None:
    say("正在生成演示公司：组织、制度、客户和半年的经营记录… / making the demonstration company…")
    people = company.found(FOUNDED)
    for code in PACKS:
        _adopt(code, people["H001"].pk)
    sellers, servers = _by_role("销售顾问"), _by_role("服务顾问")
    count = bring_in(
        sellers=sellers, by=people["H012"].pk, now=lambda: FOUNDED + timedelta(hours=3)
    )
    say(f"  {len(people)} 人 people, {count} 客户 customers")
    stage = Stage(
        people, sellers, servers, tuple(Customer.objects.order_by("pk")), Random(20260525)
    )
    _live(stage, say)


def _adopt(code: str, by: int) -> None:
    path = pack_file(code)
    if path is None:
        raise SystemExit(f"the pack {code} is missing")
    policy.adopt_edition(
        source=path.read_text(encoding="utf-8"),
        file=path.name,
        by=by,
        at=FOUNDED + timedelta(hours=1),
    )


def _by_role(role: str) -> tuple[company.Post, ...]:
    return tuple(post for post in company.posts() if role in post.roles)


def _live(stage: Stage, say: Say) -> None:
    cars, filing, complaints = Cars(stage), Filing(stage), Complaints(stage)
    files = Files(stage)
    filing.found(FOUNDED + timedelta(hours=5))
    last = PRESENT.date() - timedelta(days=1)
    day = BEGINS
    month = 0
    while day <= last:
        policy.tick(at=moment(day, time(0, 1)))
        if CHINA.is_workday(day):
            _plan(day, cars, filing, complaints)
            _plan_files(day, files)
            stage.play(day)
        if day.month != month:
            month = day.month
            say(f"  {day:%Y-%m}")
        day += timedelta(days=1)
    policy.tick(at=PRESENT)


def _plan(day: date, cars: Cars, filing: Filing, complaints: Complaints) -> None:  # noqa: C901 (a table, case by case)
    cars.day(day)
    filing.day(day)
    if day.day in (8, 18, 26):
        complaints.take(day)
    if day == CHINA.workday_from(day.replace(day=1)):
        cars.stage.soon(day, time(16, 10), cars.rates)
        cars.stage.soon(day, time(16, 40), cars.decide)
    match (day.month, day.day):
        case (6, 15) | (7, 15) | (10, 15):
            filing.stage.soon(day, time(15, 30), filing.plans)
        case (6, 24):
            filing.stage.soon(day, time(11, 20), filing.survey)
        case (9, 7):
            complaints.take(day, slow=True)
        case (11, 3):
            cars.late_twice(day)
        case (11, 17):
            filing.expenses(day)
            complaints.take(day, until="solving")
        case (11, 18) | (11, 19):
            cars.left_open(day)
        case (11, 20):
            complaints.take(day, until="approving")
        case (11, 23):
            cars.left_open(day)
            filing.wants_to_read(day)
            complaints.take(day, until="judged")
        case _:
            return


def _plan_files(day: date, files: Files) -> None:
    """Some files of the last weeks are led as cases; the youngest are still on their way."""
    match (day.month, day.day):
        case (11, 9) | (11, 12):
            files.new_car(day)
        case (11, 16):
            files.service(day)
        case (11, 19):
            files.new_car(day, until="cabinet")
        case (11, 20):
            files.service(day, until="inspection")
            files.new_car(day, until="inspection")
        case (11, 23):
            files.new_car(day)
        case _:
            return
