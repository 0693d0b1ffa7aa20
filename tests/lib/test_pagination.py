"""A long list is read page by page, forward and back, and no row is lost or shown twice."""

from datetime import timedelta
from itertools import pairwise

import pytest

from xunzhang.lib.errors import Invalid
from xunzhang.lib.pagination import Ordering
from xunzhang.organisation.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(noon):
    """Eleven people: some left at the same moment, some have not left at all."""
    moments = [noon + timedelta(days=number // 3) if number < 7 else None for number in range(11)]
    Person.objects.bulk_create(
        Person(code=f"{number:02}", name=f"人{number % 4}", left_at=moment)
        for number, moment in enumerate(moments)
    )
    return Person.objects.all()


@pytest.mark.parametrize(
    "ordering",
    [
        Ordering("code"),
        Ordering("code", descending=True),
        Ordering("name"),
        Ordering("name", descending=True),
        Ordering("left_at", nullable=True),
        Ordering("left_at", descending=True, nullable=True),
        Ordering("pk"),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 4, 11, 50])
def test_forward_to_the_end_and_back_to_the_start(staff, ordering, size):
    pages = [ordering.page(staff, size=size)]
    while pages[-1].next:
        pages.append(ordering.page(staff, size=size, cursor=pages[-1].next))
    read = [row.pk for page in pages for row in page.rows]
    assert sorted(read) == sorted(staff.values_list("pk", flat=True))
    for earlier, later in pairwise(pages):
        back = ordering.page(staff, size=size, cursor=later.previous)
        assert [row.pk for row in back.rows] == [row.pk for row in earlier.rows]
    assert pages[0].previous is None


def test_rows_without_a_value_come_last_in_both_directions(staff):
    for descending in (False, True):
        page = Ordering("left_at", descending=descending, nullable=True).page(staff, size=11)
        assert [row.left_at is None for row in page.rows] == [False] * 7 + [True] * 4


def test_a_row_that_is_added_meanwhile_does_not_shift_the_rest(staff):
    first = Ordering("code").page(staff, size=5)
    Person.objects.create(code="00a", name="新人")
    second = Ordering("code").page(staff, size=5, cursor=first.next)
    assert [row.code for row in second.rows] == ["05", "06", "07", "08", "09"]


@pytest.mark.parametrize("cursor", ["x", "e30:abc", "::", "\u0000"])
def test_a_cursor_that_is_not_ours_is_refused(staff, cursor):
    with pytest.raises(Invalid) as refusal:
        Ordering("code").page(staff, cursor=cursor)
    assert refusal.value.code == "cursor-unreadable"


def test_a_cursor_of_another_list_is_refused(staff):
    cursor = Ordering("code").page(staff, size=2).next
    with pytest.raises(Invalid):
        Ordering("name").page(staff, cursor=cursor)
