"""New customers filed, visited and entertained; what the filing policy refuses and asks."""

from datetime import date, datetime, time
from decimal import Decimal

from xunzhang.cases import actions as cases
from xunzhang.customers import actions as customers
from xunzhang.customers.models import Customer
from xunzhang.demo.stage import Stage, clock, workday_after
from xunzhang.lib.errors import Refusal
from xunzhang.policy import actions as policy

MARKETING = "H012"
KEY_CUSTOMERS = 60


class Filing:
    """Customers on their way into the files of the marketing department."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.filed: list[Customer] = []
        self.visits = 0

    def found(self, at: datetime) -> None:
        """The key customers of before are filed at once."""
        known = [one for one in self.stage.customers if one.grade == "重点客户"][:KEY_CUSTOMERS]
        for one in known:
            customers.file_customer(customer=one.pk, by=self.stage.id(MARKETING), at=at)
        self.filed.extend(known)

    def day(self, day: date) -> None:
        """Plan today's contacts and visits."""
        stage = self.stage
        if stage.chance.random() < 0.35:
            self._new_contact(day)
        for _ in range(stage.chance.choice((0, 1, 1, 2))):
            one = self.filed[self.visits % len(self.filed)]
            self.visits += 1
            stage.soon(day, clock(stage.chance, 9, 17), lambda at, one=one: self._visit(one, at))

    def _visit(self, one: Customer, at: datetime) -> None:
        number = f"BF{at:%m%d}{one.pk:05d}"
        policy.record(
            type="customer.visited",
            by=one.owner_id,
            at=at,
            keys={"customer": one.pk, "visit": number, "summary": "了解用车情况，确认下次保养时间"},
        )

    def _new_contact(self, day: date) -> None:
        stage = self.stage
        one = stage.chance.choice(
            [each for each in stage.customers if each.owner_id and each not in self.filed]
        )
        self.filed.append(one)
        stage.soon(
            day,
            clock(stage.chance, 9, 12),
            lambda at: policy.record(
                type="customer.contacted",
                by=one.owner_id,
                at=at,
                keys={"customer": one.pk, "channel": "上门"},
            ),
        )
        waits = 7 if stage.chance.random() < 0.06 else stage.chance.choice((1, 2, 3, 4))
        stage.soon(
            workday_after(day, waits), clock(stage.chance, 13, 16), lambda at: self._file(one, at)
        )

    def _file(self, one: Customer, at: datetime) -> None:
        values = {
            "name": one.name,
            "grade": one.grade,
            "nature": "民营企业" if one.kind == "company" else "个人",
            "superior": "无",
            "address": one.address or "待补",
            "contact": one.name[:4],
            "phone": one.phone or "19900000000",
        }
        cases.file_form(form="basic-info", values=values, customer=one.pk, by=one.owner_id, at=at)
        customers.file_customer(customer=one.pk, by=self.stage.id(MARKETING), at=at)

    def plans(self, at: datetime) -> None:
        """The quarter's plan for each class of customers."""
        for cls in ("目标客户", "一般客户", "重点客户", "潜在客户"):
            values = {
                "class": cls,
                "frequency": "每季一次" if cls == "重点客户" else "每年一次",
                "activities": "回访、节日问候",
            }
            cases.file_form(form="class-plan", values=values, by=self.stage.id("H011"), at=at)

    def survey(self, at: datetime) -> None:
        """The half-yearly survey of satisfaction."""
        self.stage.record("survey.completed", MARKETING, at, department="销售部")

    def expenses(self, day: date) -> None:
        """Two claims: one for a filed customer, one that is refused because the customer was never filed."""
        stage = self.stage
        strangers = [one for one in stage.customers if one not in self.filed and one.owner_id]
        for one in (self.filed[3], strangers[7]):
            stage.soon(day, clock(stage.chance, 10, 12), lambda at, one=one: self._claim(one, at))

    def _claim(self, one: Customer, at: datetime) -> None:
        keys = {
            "customer": one.pk,
            "kind": "招待",
            "amount": Decimal(680),
            "spent_on": at.date(),
            "purpose": "商务接待",
        }
        try:
            policy.require(action="expense.claim", by=one.owner_id, at=at, keys=keys)
        except Refusal as refusal:
            policy.note_refusal(refusal=refusal, by=one.owner_id, at=at)
            return
        policy.record(type="expense.claimed", by=one.owner_id, at=at, keys=keys)

    def wants_to_read(self, day: date) -> None:
        """A consultant asks to read the file of another department's customer; no answer yet."""
        stage = self.stage
        server = stage.servers[0]
        one = next(each for each in self.filed if each.owner_id)
        stage.soon(
            day,
            time(16, 5),
            lambda at: policy.ask_approval(
                action="file.read",
                by=stage.id(server.code),
                at=at,
                keys={"customer": one.pk},
                comment="客户来店维修，需核对历史保养记录",
            ),
        )
