"""Numbers are drawn for each kind and year, and never twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

from xunzhang.cases.numbering import draw


@pytest.mark.django_db
def test_each_kind_and_each_year_counts_from_one(noon):
    assert [draw("TS", at=noon), draw("TS", at=noon)] == ["TS-2026-0001", "TS-2026-0002"]
    assert draw("WX", at=noon) == "WX-2026-0001"
    new_year = datetime(2027, 1, 1, 0, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert draw("TS", at=new_year) == "TS-2027-0001"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_who_draw_at_once_get_different_numbers(noon):
    def drawn(_: int) -> str:
        try:
            with transaction.atomic():
                return draw("TS", at=noon)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        numbers = list(pool.map(drawn, range(24)))
    assert sorted(numbers) == [f"TS-2026-{number:04d}" for number in range(1, 25)]
