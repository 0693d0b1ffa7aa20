"""Ten days of a company that has three policies: what the pages of the desk and of the ledger have to show."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from xunzhang.customers import actions as customers
from xunzhang.customers.models import Customer
from xunzhang.demo.company import found
from xunzhang.law.loader import pack_file
from xunzhang.organisation.models import Person
from xunzhang.policy import actions as policy

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 11, 14, 5, tzinfo=SHANGHAI)
PACKS = ("dealer-customer-files", "customer-filing", "dealer-complaints")


@dataclass
class Story:
    """The cast, by staff number, and the customers by name."""

    people: dict[str, Person]
    customers: dict[str, Customer] = field(default_factory=dict)

    @property
    def boss(self) -> Person:
        """高远, the general manager, who looks after the policies."""
        return self.people["H001"]

    @property
    def director(self) -> Person:
        """梅芳, the customer director."""
        return self.people["H031"]

    @property
    def archivist(self) -> Person:
        """周敏, who keeps the files."""
        return self.people["H032"]

    @property
    def seller(self) -> Person:
        """李娜, who sells, and is late."""
        return self.people["S001"]

    def happens(self, type: str, by: Person, at: datetime, **keys: Any) -> None:
        """Something happens; a customer is given by name."""
        if "customer" in keys:
            keys["customer"] = self.customers[keys["customer"]].pk
        policy.record(type=type, by=by.pk, at=at, keys=keys)


def day(number: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of March 2026."""
    return datetime(2026, 3, number, hour, minute, tzinfo=SHANGHAI)


def tell(until: datetime = NOW) -> Story:
    """Tell the story up to a moment; everything goes through the product's own actions."""
    start = day(1, 8)
    story = Story(found(start))
    for code in PACKS:
        path = pack_file(code)
        assert path is not None
        source = path.read_text(encoding="utf-8")
        policy.adopt_edition(source=source, file=f"{code}.yaml", by=story.boss.pk, at=start)
    for place, name in enumerate(("陈立", "宝鸡恒泰机电有限公司", "马兰", "西安远征物流有限公司")):
        story.customers[name] = customers.create_customer(
            values={"name": name, "phone": f"1390917000{place}", "grade": "一般客户"},
            owner=story.seller.pk, by=story.seller.pk, at=start + timedelta(minutes=place),
        )  # fmt: skip
    _cars(story)
    _filing(story)
    policy.tick(at=until)
    return story


def _cars(story: Story) -> None:
    """One file handed over in time, one late and fined, one not at all, one due today."""
    seller = story.seller
    for number, name, vehicle in (
        (2, "马兰", "LSV0001"),
        (3, "陈立", "LSV0002"),
        (5, "宝鸡恒泰机电有限公司", "LSV0003"),
    ):
        story.happens(
            "vehicle.delivered",
            seller,
            day(number),
            customer=name,
            vehicle=vehicle,
            car="new",
            consultant=str(seller.pk),
        )
        if vehicle == "LSV0001":
            story.happens(
                "file.handed_over", seller, day(4, 15), customer=name, vehicle=vehicle, part="新车"
            )
    policy.tick(at=day(9, 9))
    story.happens(
        "file.handed_over", seller, day(9, 16, 30), customer="陈立", vehicle="LSV0002", part="新车"
    )


def _filing(story: Story) -> None:
    """Customers are contacted; somebody wants to read the file of another department."""
    story.happens(
        "customer.contacted",
        story.seller,
        day(9, 11),
        customer="西安远征物流有限公司",
        channel="电话",
        summary="询价十台",
    )
    service = story.people["F001"]
    name = story.customers["宝鸡恒泰机电有限公司"].pk
    policy.ask_approval(
        action="file.read", keys={"customer": name}, by=service.pk, at=day(10, 9),
        comment="客户来厂维修，需要核对购车资料。",
    )  # fmt: skip
