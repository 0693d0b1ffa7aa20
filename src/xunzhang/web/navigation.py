"""The side navigation and the tab bar: gathered from the page families, shown to those who may go there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xunzhang.web.families import FAMILIES
from xunzhang.web.request import Request

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


BELL = "bell"  # the icon of the entry that also stands on top of every page


class Section(IntEnum):
    """The parts of the side navigation, from top to bottom."""

    DESK = 1
    CUSTOMERS = 2
    SERVICE = 3
    POLICY = 4
    ORGANISATION = 5
    SYSTEM = 6

    @property
    def title(self) -> "StrOrPromise":
        """Its heading; the first section has none."""
        return _TITLES[self]


_TITLES: dict[Section, "StrOrPromise"] = {
    Section.DESK: "",
    Section.CUSTOMERS: _("Customers"),
    Section.SERVICE: _("Service"),
    Section.POLICY: _("Policy"),
    Section.ORGANISATION: _("Organisation"),
    Section.SYSTEM: _("System"),
}


def anybody(request: Request) -> bool:
    """Allow everybody who is signed in."""
    return request.user.is_authenticated


def staff(request: Request) -> bool:
    """Allow those who may open the administration."""
    return request.user.is_staff


def no_badge(request: Request) -> int:  # noqa: ARG001 (a badge is asked with the request)
    """Count nothing."""
    return 0


@dataclass(frozen=True, slots=True)
class Item:
    """A place to go: `url` is the name of an address, `place` its order, `tab` puts it into the phone's bar."""

    section: Section
    place: int
    name: "StrOrPromise"
    icon: str
    url: str
    tab: bool = False
    allowed: Callable[[Request], bool] = anybody
    badge: Callable[[Request], int] = no_badge


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as one request sees it."""

    name: str
    icon: str
    href: str
    count: int
    current: bool
    tab: bool
    section: Section


@cache
def items() -> tuple[Item, ...]:
    """Return what every family puts into the navigation, in order."""
    menus = (getattr(import_module(f"xunzhang.web.{family}"), "MENU", ()) for family in FAMILIES)
    return tuple(
        sorted(
            (item for menu in menus for item in menu), key=lambda item: (item.section, item.place)
        )
    )


def entries(request: Request) -> list[Entry]:
    """Return where this person may go; the entry of the present page is `current`."""
    offered = [item for item in items() if item.allowed(request)]
    addresses = {item: reverse(item.url) for item in offered}
    here = _current(request.path, list(addresses.values()))
    return [
        Entry(
            str(item.name),
            item.icon,
            href,
            item.badge(request),
            href == here,
            item.tab,
            item.section,
        )
        for item, href in addresses.items()
    ]


def sections(shown: list[Entry]) -> Iterator[tuple["StrOrPromise", list[Entry]]]:
    """Yield each section that has entries, with its heading."""
    for section in Section:
        if inside := [entry for entry in shown if entry.section is section]:
            yield section.title, inside


def _current(path: str, addresses: list[str]) -> str:
    """Return the longest address that the path stands below."""
    above = [address for address in addresses if path.startswith(address) and address != "/"]
    return max(above, key=len, default=path)
