"""Tables as companies send them."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from xunzhang.lib.sheets import SheetError, read_rows, read_table

KNOWN = ("工号", "姓名", "手机", "联系人姓名", "联系人电话")


def workbook(*rows: tuple[Any, ...], merge: str = "") -> io.BytesIO:
    book = Workbook()
    sheet = book.create_sheet(index=0)
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    file = io.BytesIO()
    book.save(file)
    return file


def csv_file(text: str, encoding: str) -> io.BytesIO:
    return io.BytesIO(text.encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_a_csv_in_each_encoding_that_excel_writes(encoding):
    table = read_table(csv_file("工号,姓名\r\n001,张三\r\n\r\n002,李四\r\n", encoding), known=KNOWN)
    assert table.headings == ("工号", "姓名")
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("001", "张三")),
        (4, ("002", "李四")),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_with_any_delimiter(delimiter):
    text = (
        delimiter.join(("工号", "姓名", "手机"))
        + "\n"
        + delimiter.join(("1", "王五", "138"))
        + "\n"
    )
    assert next(read_table(csv_file(text, "utf-8"), known=KNOWN).rows).cells == ("1", "王五", "138")


def test_numbers_and_dates_of_a_workbook_are_read_as_people_typed_them():
    file = workbook((13800138000, 1.5, date(2026, 3, 1), datetime(2026, 3, 1, 14, 5), None, True))
    assert next(read_rows(file)).cells == (
        "13800138000",
        "1.5",
        "2026-03-01",
        "2026-03-01 14:05",
        "",
        "TRUE",
    )


def test_titles_above_the_headings_are_passed_over():
    file = workbook(("员工名册",), ("制表：人事部",), ("工号", "姓名*"), ("001", "张三"))
    table = read_table(file, known=KNOWN)
    assert table.headings == ("工号", "姓名")
    assert [row.number for row in table.rows] == [4]


def test_headings_of_two_rows_with_merged_cells_are_read_as_one():
    file = workbook(
        ("工号", "联系人", None), (None, "姓名", "电话"), ("001", "张三", "138"), merge="B1:C1"
    )
    table = read_table(file, known=KNOWN)
    assert table.headings == ("工号", "联系人姓名", "联系人电话")
    assert [row.cells for row in table.rows] == [("001", "张三", "138")]


def test_a_table_without_known_headings_says_which_are_wanted():
    with pytest.raises(SheetError, match="工号"):
        read_table(workbook(("甲", "乙"), ("1", "2")), known=KNOWN)


def test_an_empty_file_says_that_headings_are_wanted():
    with pytest.raises(SheetError) as refusal:
        read_table(io.BytesIO(b""), known=KNOWN)
    assert refusal.value.values["row"] == 1


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 not an archive",
        b"\xd0\xcf\x11\xe0 not a workbook",
        b"a,b\n1,\xff\xff\xff\n",
        b"a,b\n\x00,1\n",
    ],
)
def test_a_damaged_or_hostile_file_is_refused_with_a_sentence(content):
    with pytest.raises(SheetError) as refusal:
        list(read_rows(io.BytesIO(content)))
    assert refusal.value.code == "sheet-unreadable"
    assert refusal.value.message


def test_the_line_of_a_fault_is_named():
    with pytest.raises(SheetError) as refusal:
        list(read_rows(io.BytesIO("甲,乙\n一,二\n".encode("gb18030") + b"\xff\xff\n")))
    assert refusal.value.values["row"] == 3


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"xl/sheet{number}.xml", b"0" * (100 * 1024 * 1024))
    with pytest.raises(SheetError):
        list(read_rows(file))


def test_a_cell_beyond_measure_names_its_place():
    with pytest.raises(SheetError) as refusal:
        list(read_rows(csv_file("甲,乙\n1," + "长" * 40_000 + "\n", "utf-8")))
    assert (refusal.value.values["row"], refusal.value.values["column"]) == (2, 2)
