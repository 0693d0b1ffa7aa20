"""Files of cars as cases: begun with the delivery, signed for, checked, scanned and kept — some still on their way."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from typing_extensions import override

from xunzhang.cases import actions as cases
from xunzhang.cases.models import Case
from xunzhang.customers.models import Customer
from xunzhang.demo.cars import ARCHIVIST, NEW_CAR
from xunzhang.demo.company import Post
from xunzhang.demo.stage import Stage, workday_after

SERVICE_PAPERS = ("reception-sheet", "task-order", "settlement", "free-check")


class Files:
    """The files that are led through the stages of the policy; the others are told by their events alone."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.count = 0

    def new_car(self, day: date, *, until: str = "") -> None:
        """Plan a delivery whose file is a case, and its way up to the stage `until`; without one it is kept."""
        seller = self.stage.sellers[self.count % len(self.stage.sellers)]
        self._plan(day, seller, _NewCar, until)

    def service(self, day: date, *, until: str = "") -> None:
        """Plan the return of a serviced car, and the way of its file."""
        server = self.stage.servers[self.count % len(self.stage.servers)]
        self._plan(day, server, _Service, until)

    def _plan(self, day: date, who: Post, way: type["_Way"], until: str) -> None:
        self.count += 1
        customer = self.stage.customers[self.count * 37 % len(self.stage.customers)]
        planned = way(self.stage, who, customer, self.count)
        self.stage.soon(day, time(10, 40), planned.begin)
        handed = workday_after(day, 1)
        for stage, at, do in planned.steps():
            if stage == until:
                return
            self.stage.soon(handed, at, do)


class _Way:
    """The way of one file through its stages."""

    type = ""
    receipt = ""
    part = ""

    def __init__(self, stage: Stage, who: Post, customer: Customer, number: int) -> None:
        self.stage = stage
        self.who = who
        self.customer = customer
        self.vehicle = f"LSVX{number:013d}"
        self.case: Case | None = None

    def begun_with(self) -> dict[str, Any]:
        """Return what is said of the event that begins it."""
        return {"vehicle": self.vehicle, "consultant": self.stage.id(self.who.code)}

    def papers(self) -> dict[str, Any]:
        """Return what is filled in when it is handed over."""
        raise NotImplementedError

    def checked(self) -> dict[str, Any]:
        """Return what is filled in when it is checked."""
        raise NotImplementedError

    def begin(self, at: datetime) -> None:
        """The event happens, and with it the case begins."""
        self.case = cases.take_in_by_event(
            type=self.type,
            values=self.begun_with(),
            customer=self.customer.pk,
            by=self.stage.id(self.who.code),
            at=at,
        )

    def steps(self) -> tuple[tuple[str, time, Callable[[datetime], None]], ...]:
        """Return its stages after the first, when each is reached, and what is done then."""
        return (
            ("receipt", time(14, 5), self._hand_over),
            ("inspection", time(15, 10), self._check),
            ("scanning", time(15, 40), self._scan),
            ("cabinet", time(16, 10), self._shelve),
            ("electronic", time(16, 40), self._digitise),
            ("kept", time(17, 5), lambda at: self._to("kept", ARCHIVIST, at)),
        )

    def _hand_over(self, at: datetime) -> None:
        self._to("receipt", self.who.code, at)
        filing = self._file(self.receipt, self.who.code, at, self.papers())
        cases.sign_form(filing=filing, by=self.stage.id(ARCHIVIST), at=at)

    def _check(self, at: datetime) -> None:
        self._to("inspection", ARCHIVIST, at)
        self._file("file-check", ARCHIVIST, at, self.checked())

    def _scan(self, at: datetime) -> None:
        self._to("scanning", ARCHIVIST, at)
        self._file("scan-record", ARCHIVIST, at, {"pieces": 14})

    def _shelve(self, at: datetime) -> None:
        self._to("cabinet", ARCHIVIST, at)
        bag = f"D{at:%y%m%d}-{self.vehicle[-2:]}"
        cases.report(
            case=self._number(),
            type="file.bagged",
            values={"vehicle": self.vehicle, "bag": bag},
            by=self.stage.id(ARCHIVIST),
            at=at,
        )
        place = {"bag": bag, "cabinet": f"{at.month}号柜{at.day % 6 + 1}层"}
        self._file("cabinet-record", ARCHIVIST, at, place)

    def _digitise(self, at: datetime) -> None:
        self._to("electronic", ARCHIVIST, at)
        said = {"vehicle": self.vehicle, "content": "全部资料已扫描并核对"}
        self._file("electronic-file", ARCHIVIST, at, said)

    def _to(self, to: str, code: str, at: datetime) -> None:
        cases.advance(case=self._number(), to=to, by=self.stage.id(code), at=at)

    def _file(self, form: str, code: str, at: datetime, values: Mapping[str, Any]) -> str:
        filing = cases.file_form(
            form=form, values=values, case=self._number(), by=self.stage.id(code), at=at
        )
        return filing.number

    def _number(self) -> str:
        if self.case is None:
            raise LookupError(self.vehicle)
        return self.case.number


class _NewCar(_Way):
    """The file of a new car."""

    type, receipt, part = "vehicle.delivered", "new-car-receipt", "新车"

    @override
    def papers(self) -> dict[str, Any]:
        return {"vehicle": self.vehicle, "part": self.part, "papers": list(NEW_CAR)}

    @override
    def checked(self) -> dict[str, Any]:
        return {
            "vehicle": self.vehicle,
            "part": self.part,
            "consultant": self.stage.id(self.who.code),
            "items": dict(NEW_CAR),
        }


class _Service(_Way):
    """The file of a serviced car."""

    type, receipt, part = "vehicle.returned", "service-receipt", "售后"

    @override
    def begun_with(self) -> dict[str, Any]:
        return {**super().begun_with(), "order": self._order}

    @override
    def papers(self) -> dict[str, Any]:
        papers = list(SERVICE_PAPERS)
        return {
            "vehicle": self.vehicle, "order": self._order, "part": self.part, "papers": papers,
        }  # fmt: skip

    @override
    def checked(self) -> dict[str, Any]:
        return {
            "vehicle": self.vehicle,
            "order": self._order,
            "part": self.part,
            "service": "保养",
            "consultant": self.stage.id(self.who.code),
            "items": {one: {"copies": 1, "signed": True} for one in SERVICE_PAPERS},
        }

    @property
    def _order(self) -> str:
        return f"WTX{self.vehicle[-4:]}"
