"""Tables that go out and never run somebody's text as a formula."""

import io
from datetime import datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from xunzhang.lib.sheets import read_table, write_csv, write_xlsx

HEADINGS = ("名称", "金额")
HOSTILE = ["=1+1", "+86 138", "@SUM(A1)", "-2+3", "\t=1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_in_a_csv_a_formula_becomes_text(text):
    file = io.BytesIO()
    write_csv(file, headings=HEADINGS, rows=[(text, Decimal("-5.00"))])
    line = file.getvalue().decode("utf-8-sig").splitlines()[1]
    assert line.lstrip('"').startswith("'")
    assert line.endswith("-5.00")


def test_in_a_workbook_a_formula_stays_text(noon: datetime):
    file = io.BytesIO()
    rows = [(text, Decimal("1.5")) for text in HOSTILE] + [("好", noon)]
    write_xlsx(file, sheet="客户", headings=HEADINGS, rows=rows)
    sheet = load_workbook(file).worksheets[0]
    assert {sheet.cell(row, 1).data_type for row in range(2, 7)} == {"s"}
    assert sheet.cell(2, 2).value == 1.5
    assert sheet.cell(7, 2).value == noon.replace(tzinfo=None)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_what_was_written_is_read_again(encoding):
    file = io.BytesIO()
    write_csv(
        file, headings=HEADINGS, rows=[('华泰，科技"好"', Decimal("1.50"))], encoding=encoding
    )
    table = read_table(file, known=HEADINGS)
    assert table.headings == HEADINGS
    assert [row.cells for row in table.rows] == [('华泰，科技"好"', "1.50")]
