"""A person finds a customer by what comes to mind: a fragment, pinyin, initials, a number."""

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


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("text", ["", "公司", "gs", "gongsi"])
def test_pages_show_each_customer_once_however_many_match(
    cast, customer_named, monkeypatch, sort, text
):
    monkeypatch.setattr("xunzhang.customers.search.sqlite.FEW", 5)
    monkeypatch.setattr("xunzhang.customers.search.postgresql.FEW", 5)
    monkeypatch.setattr("xunzhang.customers.queries.listing.FEW", 5)
    monkeypatch.setattr("xunzhang.customers.queries.listing.COUNTED", 4)
    customers = {
        customer_named(f"{chr(0x4E00 + 97 * n)}公司", grade="AB"[n % 2]).pk for n in range(12)
    }
    shown: list[int] = []
    cursor = ""
    while True:
        page = listing(cast.owner, CustomerFilter(text=text), sort=sort, cursor=cursor, size=5)
        shown.extend(row.pk for row in page.page.rows)
        assert (page.count.number, page.count.more) == (4, True)
        if page.page.next is None:
            break
        cursor = page.page.next
    assert sorted(shown) == sorted(customers)
