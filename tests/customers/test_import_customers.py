"""A spreadsheet becomes customers: every wrong row is told, a stopped import goes on, nothing comes twice."""

from io import BytesIO
from itertools import chain
from pathlib import Path
from random import Random

import pytest

from xunzhang.customers.choices import ImportState
from xunzhang.customers.importing import (
    ahead,
    check,
    choose_columns,
    jobs,
    problems_file,
    reading,
    run,
    running,
    upload,
)
from xunzhang.customers.importing.ahead import Ahead
from xunzhang.customers.importing.mapping import guessed
from xunzhang.customers.models import Contact, Customer, SearchEntry
from xunzhang.customers.queries.filters import CustomerFilter
from xunzhang.customers.queries.listing import listing
from xunzhang.lib.beside import beside
from xunzhang.lib.bulk import insert
from xunzhang.lib.errors import Invalid
from xunzhang.lib.sheets import Row, read_table, spooling, write_xlsx
from xunzhang.lib.sheets.rows import MOST_COLUMNS

HEADINGS = ["客户名称", "电话", "等级", "负责人", "创建时间", "联系人", "手机"]


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def uploaded(cast, noon):
    """Upload bytes as a file of Qian's."""
    return lambda data, name="customers.xlsx": upload(
        file=BytesIO(data), file_name=name, by=cast.overseer.pk, at=noon
    )


def xlsx(rows, headings=HEADINGS) -> bytes:
    into = BytesIO()
    write_xlsx(into, sheet="Sheet1", headings=headings, rows=rows)
    return into.getvalue()


def csv(rows, encoding) -> bytes:
    return "\r\n".join(",".join(row) for row in [HEADINGS, *rows]).encode(encoding)


GOOD = ["鑫源科技有限公司", "１９９ 1234-5678", "A", "李娜", "2020/3/4", "张伟", "16612345678"]


@pytest.mark.parametrize(
    "data",
    [xlsx([GOOD]), csv([GOOD], "utf-8-sig"), csv([GOOD], "gb18030")],
    ids=["xlsx", "utf8", "gbk"],
)
def test_a_row_is_kept_with_its_owner_its_date_and_its_contact(cast, uploaded, noon, told, data):
    job = uploaded(data)
    assert check(job=job.pk, now=lambda: noon).rows_refused == 0
    assert not Customer.objects.exists()
    done = run(job=job.pk, now=lambda: noon)
    customer = Customer.objects.get()
    assert (done.state, done.rows_created) == (ImportState.DONE, 1)
    assert (customer.phone, customer.grade, customer.owner) == ("19912345678", "A", cast.owner)
    assert customer.created_at.astimezone(noon.tzinfo).isoformat() == "2020-03-04T00:00:00+08:00"
    assert Contact.objects.get().mobile == "16612345678"
    assert listing(cast.owner, CustomerFilter(text="xykj")).page.rows == [customer]
    assert told.types() == ["customer.created", "customer.imported"]


def test_each_refused_row_comes_back_with_its_reasons(cast, uploaded, customer_named, noon):
    customer_named("天成商贸")
    rows = [
        ["", "1", "", "", "", "", ""],
        ["甲公司", "", "", "无名氏", "昨天", "", ""],
        ["天成商贸有限公司", "", "", "", "", "", ""],
        ["乙公司", "", "", "", "", "", ""],
        ["乙 公司", "", "", "", "", "", ""],
        ["=HYPERLINK(1)", "", "", "", "", "", ""],
    ]
    job = uploaded(xlsx(rows))
    assert check(job=job.pk, now=lambda: noon).rows_refused == 4
    told_before = list(job.problems.values_list("row", "column", "code"))
    assert told_before == [
        (2, "客户名称", "invalid"),
        (2, "电话", "invalid"),
        (3, "负责人", "invalid"),
        (3, "创建时间", "invalid"),
        (4, "客户名称", "duplicate"),
        (6, "客户名称", "twice-in-file"),
    ]
    done = run(job=job.pk, now=lambda: noon)
    assert (done.rows_created, done.rows_refused) == (2, 4)
    into = BytesIO()
    problems_file(job=job.pk, into=into)
    table = read_table(into)
    assert table.headings[:-1] == tuple(HEADINGS)
    refused = list(table.rows)
    assert [row.cells[0] for row in refused] == ["", "甲公司", "天成商贸有限公司", "乙 公司"]
    assert all(row.cells[-1] for row in refused)


def kept_beside(job):
    """What lies beside an upload because of it."""
    file = Path(job.file.path)
    return [each for each in file.parent.iterdir() if each != file]


def long_notes(rows):
    """Return a workbook above the size from which its rows are kept beside it."""
    digits = Random(1)
    data = xlsx([[*row, f"{digits.getrandbits(1_200):x}"] for row in rows], ["客户名称", "备注"])
    assert len(data) > spooling.LARGE
    return data


@pytest.mark.parametrize("large", [False, True], ids=["small", "large"])
def test_an_import_killed_half_way_goes_on_and_nothing_comes_twice(
    uploaded, noon, told, monkeypatch, large
):
    names = [[f"客户{n:04d}号"] for n in range(2_500)]
    job = uploaded(long_notes(names) if large else xlsx(names, ["客户名称"]))
    kept = insert
    calls = []

    def die_in_the_second_portion(model, rows, **how):
        calls.append(model)
        if calls.count(SearchEntry) == 2:
            raise KeyboardInterrupt
        kept(model, rows, **how)

    monkeypatch.setattr(running, "insert", die_in_the_second_portion)
    with pytest.raises(KeyboardInterrupt):
        run(job=job.pk, now=lambda: noon)
    job.refresh_from_db()
    assert (job.rows_seen, Customer.objects.count()) == (1_000, 1_000)
    assert len(kept_beside(job)) == int(large)
    monkeypatch.setattr(running, "insert", kept)
    done = run(job=job.pk, now=lambda: noon + jobs.CLAIM * 2)
    assert (done.rows_seen, done.rows_created, done.rows_refused) == (2_500, 2_500, 0)
    assert Customer.objects.count() == SearchEntry.objects.count() == 2_500
    assert told.types().count("customer.created") == 2_500
    assert kept_beside(job) == []


def test_nothing_stays_beside_large_uploads_that_were_left_refused_or_asked_for_problems(
    cast, uploaded, noon
):
    good = [[f"客户{n:04d}号"] for n in range(2_000)]
    left = uploaded(long_notes(good))
    assert len(kept_beside(left)) == 1
    with pytest.raises(Invalid):
        uploaded(long_notes([["甲"] * MOST_COLUMNS, *good]))
    job = uploaded(long_notes([[""], *good]))
    rows = Path(f"{job.file.path}.rows")
    assert sorted(kept_beside(job)) == sorted([Path(left.file.path), rows])
    run(job=job.pk, now=lambda: noon)
    problems_file(job=job.pk, into=BytesIO())
    assert kept_beside(job) == [Path(left.file.path)]


def test_columns_are_guessed_corrected_and_remembered(cast, uploaded, noon):
    headings = ["Company ", "电　话", "老板爱好"]
    assert guessed(headings) == {"0": "name"}
    data = xlsx([["甲公司", "19900000000", "钓鱼"]], headings)
    job = uploaded(data)
    with pytest.raises(Invalid):
        choose_columns(job=job.pk, mapping={"0": "name", "1": "name"}, by=cast.overseer.pk, at=noon)
    chosen = {"0": "name", "1": "phone", "2": "keys.hobby"}
    choose_columns(job=job.pk, mapping=chosen, by=cast.overseer.pk, at=noon)
    assert uploaded(data).mapping == chosen
    run(job=job.pk, now=lambda: noon)
    assert Customer.objects.get().keys == {"hobby": "钓鱼"}


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 broken", b"\xff\xfe\x00", "甲,乙\n\x00".encode()]
)
def test_what_is_no_table_is_refused_with_words(cast, uploaded, data):
    with pytest.raises(Invalid) as refusal:
        uploaded(data)
    assert str(refusal.value)


def test_a_process_beside_understands_the_rows_of_a_long_file_as_they_are_understood_here(cast):
    reader = reading.reader_of(HEADINGS, guessed(HEADINGS))
    named = [Row(number, (f"{number}号科技有限公司", *GOOD[1:])) for number in range(90)]
    wrong = Row(90, ("", "八", "A", "谁也不是", "2020-13-45"))
    portions = [named[:30], named[30:60], [*named[60:], wrong]]
    with beside(
        "xunzhang.customers.importing.ahead.understood", reader.columns, reader.people
    ) as helper:
        assert helper.poll(60)
        found = list(chain.from_iterable(Ahead(reader.findable, helper).entries(iter(portions))))
    here = reader.findable(chain.from_iterable(portions))
    assert [told(entry) for entry in found] == [told(entry) for entry in here]
    assert {problem.column for problem in found[-1].problems} >= {"客户名称", "负责人", "创建时间"}


def told(entry):
    """Return an entry's values, and its problems as they are read."""
    problems = [(problem.column, problem.message) for problem in entry.problems]
    return entry.number, entry.values, entry.contact, entry.words, entry.sound_key, problems


def test_a_long_file_goes_on_when_the_process_beside_has_died(uploaded, noon, monkeypatch):
    monkeypatch.setattr(ahead, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(Ahead, "entries", died)
    job = uploaded(xlsx([[f"{number}号科技有限公司", *GOOD[1:]] for number in range(10)]))
    check(job=job.pk, now=lambda: noon)
    with pytest.raises(EOFError):
        run(job=job.pk, now=lambda: noon)
    monkeypatch.undo()
    later = noon + jobs.CLAIM * 2
    assert run(job=job.pk, now=lambda: later).rows_created == 10
    assert Customer.objects.count() == 10


def died(ahead, portions):
    """Ask, and hear that nobody is there any more."""
    ahead.helper.recv()
    ahead.helper.send("not rows")
    yield ahead.helper.recv()
