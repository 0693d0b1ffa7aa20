"""What the acts of the story share: the people, the customers, chance, and the moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random
from typing import Any

from xunzhang.customers.models import Customer
from xunzhang.demo.company import Post
from xunzhang.law.calendar import CHINA, COMPANY_ZONE
from xunzhang.organisation.models import Person
from xunzhang.policy import actions as policy


@dataclass
class Stage:
    """One running demonstration. `later` holds what people will do on coming days."""

    people: Mapping[str, Person]
    sellers: tuple[Post, ...]
    servers: tuple[Post, ...]
    customers: tuple[Customer, ...]
    chance: Random
    later: dict[date, list[tuple[time, Any]]] = field(default_factory=dict)

    def id(self, code: str) -> int:
        """The number of a person by his code."""
        return self.people[code].pk

    def record(self, type_: str, code: str | None, at: datetime, **keys: Any) -> None:
        """Something happened, told by a person."""
        policy.record(type=type_, by=self.id(code) if code else None, at=at, keys=keys)

    def soon(self, day: date, at: time, do: Any) -> None:
        """Somebody will do something on a coming day."""
        self.later.setdefault(day, []).append((at, do))

    def play(self, day: date) -> None:
        """Do what was planned for a day, in the order of the clock; what is done may plan more for the same day."""
        planned = self.later.setdefault(day, [])
        while planned:
            first = min(planned, key=lambda one: one[0])
            planned.remove(first)
            first[1](moment(day, first[0]))
        del self.later[day]


def moment(day: date, at: time) -> datetime:
    """A time of a day in company time."""
    return datetime.combine(day, at, COMPANY_ZONE)


def workday_after(day: date, count: int) -> date:
    """The count-th working day after a day; the day itself for 0."""
    return CHINA.add_workdays(day, count) if count else day


def clock(chance: Random, first: int, last: int) -> time:
    """Some minute between two hours."""
    return time(chance.randrange(first, last), chance.randrange(60))
