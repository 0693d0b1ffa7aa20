"""Cars delivered and serviced, and the files that follow them — mostly in time."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from xunzhang.customers.models import Customer
from xunzhang.demo.company import Post
from xunzhang.demo.stage import Stage, clock, workday_after
from xunzhang.law.calendar import company_time
from xunzhang.organisation.models import Person
from xunzhang.policy import actions as policy
from xunzhang.policy.queries.deciding import sanctions_waiting_for

ARCHIVIST = "H032"
NEW_CAR = {
    "green-card": 1,
    "invoice": 1,
    "contract": 1,
    "id-card": 2,
    "organisation-code": 1,
    "delivery-checklist": {"copies": 1, "signed": True},
    "vehicle-licence": 1,
    "insurance": 1,
    "services-list": 1,
    "conformity": 1,
    "photo": 1,
    "pdi-checklist": {"copies": 1, "signed": True},
    "other-papers": 1,
}
FORGETFUL = "李娜"


class Cars:
    """The daily business of the three stores."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.sold = 0
        self.orders = 0
        self.delivered: set[str] = set()
        self.received: list[tuple[str, bool, int]] = []

    def day(self, day: date) -> None:
        """Plan what comes in today."""
        chance = self.stage.chance
        for _ in range(chance.choice((0, 1, 1, 2))):
            self._deliver(day, chance.choice(self.stage.sellers))
        for _ in range(chance.choice((0, 1, 1))):
            self._service(day, chance.choice(self.stage.servers))
        self.stage.soon(day, time(17, 40), self._register)

    def decide(self, at: datetime) -> None:
        """The customer director decides about what was proposed a week ago: most stands, some is lowered."""
        director = Person.objects.get(pk=self.stage.id("H031"))
        for row in sanctions_waiting_for(director):
            if row.proposed_at > at - timedelta(days=7):
                continue
            if isinstance(row.fine, Decimal) and self.stage.chance.random() < 0.25:
                policy.lower(
                    sanction=row.pk,
                    amount=row.fine / 2,
                    by=director.pk,
                    at=at,
                    reason="首次发生，态度诚恳",
                )
            else:
                policy.confirm(sanction=row.pk, by=director.pk, at=at)

    def late_twice(self, day: date) -> None:
        """One consultant forgets two files within a month: the second costs double."""
        seller = next(post for post in self.stage.sellers if post.name == FORGETFUL)
        for _ in range(2):
            self._deliver(day, seller, days=5)

    def left_open(self, day: date) -> None:
        """A file of the same consultant that nobody has handed over by the demonstration's first day."""
        seller = next(post for post in self.stage.sellers if post.name == FORGETFUL)
        self._deliver(day, seller, days=None)

    def _deliver(self, day: date, seller: Post, days: int | None = -1) -> None:
        stage = self.stage
        self.sold += 1
        vehicle = f"LSV{self.sold:014d}"
        customer = stage.chance.choice(stage.customers).pk
        keys = {"customer": customer, "vehicle": vehicle}
        stage.soon(day, clock(stage.chance, 9, 16), lambda at: self._hand_keys(at, seller, keys))
        if days == -1:
            days = 5 if stage.chance.random() < 0.03 else stage.chance.choice((1, 1, 2, 2, 3))
        if days is None:
            return
        handed = workday_after(day, days)
        stage.soon(
            handed,
            clock(stage.chance, 9, 17),
            lambda at: stage.record("file.handed_over", seller.code, at, part="新车", **keys),
        )
        if stage.chance.random() < 0.4:
            items = dict(NEW_CAR)
            if stage.chance.random() < 0.08:
                items.pop(stage.chance.choice(("photo", "insurance", "services-list")))
            stage.soon(
                handed,
                time(17, 30),
                lambda at: stage.record(
                    "file.checked",
                    ARCHIVIST,
                    at,
                    part="新车",
                    consultant=stage.id(seller.code),
                    items=items,
                    **keys,
                ),
            )

    def _hand_keys(self, at: datetime, seller: Post, keys: dict[str, Any]) -> None:
        self.delivered.add(str(keys["vehicle"]))
        self.stage.record(
            "vehicle.delivered",
            seller.code,
            at,
            car="new",
            consultant=self.stage.id(seller.code),
            **keys,
        )

    def _service(self, day: date, server: Post) -> None:
        stage = self.stage
        self.orders += 1
        order, vehicle = (
            f"WT{day:%y%m}{self.orders:04d}",
            f"LSV{stage.chance.randrange(1, self.sold + 12):014d}",
        )
        customer = stage.chance.choice(stage.customers)
        about = {
            "customer": customer.pk,
            "vehicle": vehicle,
            "order": order,
            "consultant": stage.id(server.code),
        }
        stage.soon(
            day, clock(stage.chance, 9, 11), lambda at: self._receive(at, server, customer, about)
        )
        stage.soon(
            day,
            clock(stage.chance, 14, 17),
            lambda at: stage.record("vehicle.returned", server.code, at, **about),
        )
        handed = workday_after(
            day, 2 if stage.chance.random() < 0.03 else stage.chance.choice((0, 1))
        )
        stage.soon(
            handed,
            time(17, 20),
            lambda at: stage.record(
                "file.handed_over",
                server.code,
                at,
                part="售后",
                **{key: about[key] for key in ("customer", "vehicle", "order")},
            ),
        )

    def _receive(
        self, at: datetime, server: Post, customer: Customer, about: dict[str, Any]
    ) -> None:
        self.stage.record(
            "vehicle.received",
            server.code,
            at,
            service="保养",
            contact=customer.name,
            mobile=customer.phone or "无",
            contact_check="与档案一致",
            **about,
        )
        vehicle = str(about["vehicle"])
        self.received.append((vehicle, vehicle in self.delivered, customer.pk))

    def _register(self, at: datetime) -> None:
        """The archivist closes the day: signs the register, bags, scans and shelves what came in."""
        stage = self.stage
        if company_time(at).date() == date(2026, 9, 16):
            return
        stage.record("form.signed", ARCHIVIST, at, form="new-car-receipt")
        stage.record("file.bagged", ARCHIVIST, at, bag=f"D{at:%y%m%d}")
        stage.record("file.digitised", ARCHIVIST, at)
        stage.record(
            "file.shelved",
            ARCHIVIST,
            at,
            bag=f"D{at:%y%m%d}",
            cabinet=f"{at.month}号柜{at.day % 6 + 1}层",
        )
        self._open_parts(at)

    def _open_parts(self, at: datetime) -> None:
        """What cars in service asked of the archivist: an after-sales part, or a file of their own."""
        for vehicle, sold_here, customer in self.received:
            about = {"vehicle": vehicle, "customer": customer, "part": "售后"}
            if sold_here:
                self.stage.record("file.part_opened", ARCHIVIST, at, origin="本店售出", **about)
            else:
                self.stage.record("file.created", ARCHIVIST, at, origin="他店售出", **about)
        self.received.clear()

    def rates(self, at: datetime) -> None:
        """The archivist reports last month's rates of hand-over."""
        for subject in ("销售部", "售后服务部"):
            self.stage.record(
                "rates.reported",
                ARCHIVIST,
                at,
                form="file-rates",
                subject=subject,
                on_time=Decimal(self.stage.chance.randrange(93, 100)),
                complete=Decimal(97),
            )
