"""A person finds a customer by what comes to mind: a fragment, pinyin, initials, a number."""

from typing import Any

import pytest

from xunzhang.customers.actions import change_customer
from xunzhang.customers.queries.filters import CustomerFilter
from xunzhang.customers.queries.listing import Sort, listing
from xunzhang.customers.search.terms import terms_of

NAMES = (
    "北京鑫源科技有限公司",
    "重庆长安汽车销售有限公司",
    "Siemens 西门子(中国)",
    "绿洲女装店",
    "𠮷野家😀餐饮",
)


@pytest.fixture
def named(cast, customer_named):
    """Five customers, by name."""
    return {name: customer_named(name) for name in NAMES}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("鑫源", NAMES[0]),
        ("鑫", NAMES[0]),
        ("鑫源科技", NAMES[0]),
        ("xinyuan", NAMES[0]),
        ("XīnYuán", NAMES[0]),
        ("xyk", NAMES[0]),
        ("xinyuank", NAMES[0]),
        ("源 北京", NAMES[0]),
        ("chongqing", NAMES[1]),
        ("cqca", NAMES[1]),
        ("changan汽车", NAMES[1]),
        ("siem", NAMES[2]),
        ("ＳＩＥＭＥＮＳ", NAMES[2]),
        ("西门子中国", NAMES[2]),
        ("lvzhou", NAMES[3]),
        ("lüzhou", NAMES[3]),
        ("𠮷野", NAMES[4]),
    ],
)
def test_it_is_found_by(cast, named, typed, found):
    rows = listing(cast.owner, CustomerFilter(text=typed)).page.rows
    assert [row.name for row in rows] == [found]


@pytest.mark.parametrize("typed", ["源鑫", "科技鑫源", "xygs", "张三", "zzz", "' OR 1=1", "NEAR("])
def test_it_is_not_found_by(cast, named, typed):
    assert listing(cast.owner, CustomerFilter(text=typed)).page.rows == []


def test_signs_alone_ask_nothing(cast, named):
    assert terms_of('  ·—（）\x00"*') == ()
    assert len(listing(cast.owner, CustomerFilter(text=" — ")).page.rows) == len(NAMES)


def test_a_new_name_is_found_and_the_old_one_no_more(cast, named, noon):
    customer = named[NAMES[0]]
    change_customer(
        customer=customer.pk, revision=1, changes={"name": "天成商贸"}, by=cast.owner.pk, at=noon
    )
    assert listing(cast.owner, CustomerFilter(text="鑫源")).page.rows == []
    assert listing(cast.owner, CustomerFilter(text="tcsm")).page.rows == [customer]


@pytest.fixture
def everything_is_many(monkeypatch):
    """A dozen customers go the ways of a million."""
    monkeypatch.setattr("xunzhang.customers.search.sqlite.FEW", 5)
    monkeypatch.setattr("xunzhang.customers.search.postgresql.FEW", 5)
    monkeypatch.setattr("xunzhang.customers.queries.scope.MANY", 5)
    monkeypatch.setattr("xunzhang.customers.queries.listing.PROBED", 7)
    monkeypatch.setattr("xunzhang.customers.queries.listing.COUNTED", 4)


def pages_of(person, asked, sort):
    """Read a list to its end and back to its beginning; return what both ways have shown, and the last page."""
    found = listing(person, asked, sort=sort, size=5)
    forward = [row.pk for row in found.page.rows]
    while found.page.next is not None:
        found = listing(person, asked, sort=sort, cursor=found.page.next, size=5)
        forward += [row.pk for row in found.page.rows]
    backward = [row.pk for row in found.page.rows]
    before = found.page.previous
    while before is not None:
        page = listing(person, asked, sort=sort, cursor=before, size=5).page
        backward[:0] = [row.pk for row in page.rows]
        before = page.previous
    return forward, backward, found


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("text", ["", "公司", "gs", "gongsi"])
def test_pages_show_each_customer_once_however_many_match(
    cast, customer_named, everything_is_many, sort, text
):
    customers = {
        customer_named(f"{chr(0x4E00 + 97 * n)}公司", grade="AB"[n % 2]).pk for n in range(12)
    }
    forward, backward, last = pages_of(cast.owner, CustomerFilter(text=text), sort)
    assert (last.count.number, last.count.more) == (4, True)
    assert forward == backward
    assert sorted(forward) == sorted(customers)


NARROWED = {
    "grade": ("A", 6),
    "region": ("北京", 8),
    "industry": ("农业", 6),
    "status": ("lost", 8),
    "filed": (False, 12),
    "owner": (0, 6),
}


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("name", [*NARROWED, "region, industry", "grade, filed", "owner, status"])
def test_a_narrowed_list_is_whole_on_every_way(
    cast, customer_named, everything_is_many, sort, name
):
    def passes(row):
        values = {**row, "filed": False, "owner": 0 if row["owner"] is None else cast.owner.pk}
        return all(values[each] == NARROWED[each][0] for each in name.split(", "))

    rows = [
        {
            "name": f"{chr(0x4E00 + 97 * (n * 7 % 12))}公司",
            "grade": "AB"[n % 2],
            "region": ["北京", "上海", "北京"][n % 3],
            "industry": ["农业", "建筑业"][n // 6],
            "status": ["lost", "lost", "active"][n // 4],
            "owner": [cast.owner, None][n // 3 % 2],
        }
        for n in range(12)
    ]
    expected = [customer_named(**row).pk for row in rows]
    expected = [pk for pk, row in zip(expected, rows, strict=True) if passes(row)]
    narrowed: dict[str, Any] = {each: NARROWED[each][0] for each in name.split(", ")}
    asked = CustomerFilter(**narrowed)
    forward, backward, last = pages_of(cast.owner, asked, sort)
    assert forward == backward
    assert sorted(forward) == expected
    assert last.count.number == min(len(expected), 4)
    assert len(expected) == NARROWED[name][1] if name in NARROWED else len(expected) > 0
