"""The search field on top: every family may find things by a few letters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from xunzhang.web.families import FAMILIES
from xunzhang.web.request import Request

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FEW = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    name: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class Finder:
    """A kind of thing that can be found: `find(request, words, limit)` respects what the person may see."""

    name: "StrOrPromise"
    icon: str
    find: Callable[[Request, str, int], Sequence[Hit]]


@cache
def finders() -> tuple[Finder, ...]:
    """Return the finders of all families."""
    return tuple(
        each
        for family in FAMILIES
        for each in getattr(import_module(f"xunzhang.web.{family}"), "FINDERS", ())
    )


def find(request: Request, words: str) -> list[tuple[Finder, Sequence[Hit]]]:
    """Return what each finder that found something has found."""
    found = [(finder, finder.find(request, words, FEW)) for finder in finders()]
    return [(finder, hits) for finder, hits in found if hits]
