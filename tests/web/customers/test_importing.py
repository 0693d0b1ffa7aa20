"""The spreadsheet that everybody has becomes customers."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from django.test import Client

from xunzhang.customers.importing import queue, run_queued
from xunzhang.customers.models import Customer, ImportJob
from xunzhang.lib.sheets import read_table

IMPORTS = "/customers/imports/"


def file(*lines: str, name: str = "客户.csv") -> BytesIO:
    found = BytesIO("\n".join(lines).encode("gb18030"))
    found.name = name
    return found


def uploaded(client: Client, *lines: str) -> int:
    answer = client.post(IMPORTS, {"file": file(*lines)})
    assert answer.status_code == 302
    return ImportJob.objects.latest("pk").pk


def test_columns_are_chosen_tried_run_and_remembered(as_colleague: Client):
    job = uploaded(as_colleague, "单位,电话号,级", "甲公司,13800138000,A", ",无,B")
    page = as_colleague.get(f"{IMPORTS}{job}/columns/").content.decode()
    assert "甲公司" in page
    wrong = as_colleague.post(f"{IMPORTS}{job}/columns/", {"column-1": "phone"})
    assert wrong.status_code == 422
    told = {"column-0": "name", "column-1": "phone", "column-2": "grade"}
    tried = as_colleague.post(f"{IMPORTS}{job}/columns/", told, follow=True).content.decode()
    assert "导入 1 个客户" in tried
    assert not Customer.objects.exists()
    done = as_colleague.post(f"{IMPORTS}{job}/run/", follow=True).content.decode()
    assert "已导入" in done
    assert Customer.objects.get().phone == "13800138000"
    answer = as_colleague.get(f"{IMPORTS}{job}/problems.xlsx")
    refused = read_table(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert [row.cells[1] for row in refused.rows] == ["无"]
    assert as_colleague.post(f"{IMPORTS}{job}/run/").status_code == 409
    again = uploaded(as_colleague, "单位,电话号,级", "乙公司,,")
    assert ImportJob.objects.get(pk=again).mapping == {"0": "name", "1": "phone", "2": "grade"}


def test_a_large_file_waits_for_the_worker(
    as_colleague: Client, monkeypatch: pytest.MonkeyPatch, noon: datetime
):
    monkeypatch.setattr(queue, "AT_ONCE", 2)
    job = uploaded(as_colleague, "客户名称", "甲公司", "乙公司", "丙公司")
    page = as_colleague.post(
        f"{IMPORTS}{job}/columns/", {"column-0": "name"}, follow=True
    ).content.decode()
    assert "可以离开本页" in page
    assert run_queued(lambda: noon) == 1
    page = as_colleague.post(f"{IMPORTS}{job}/run/", follow=True).content.decode()
    assert "等待后台处理" in page
    assert not Customer.objects.exists()
    assert run_queued(lambda: noon) == 1
    assert Customer.objects.count() == 3
    part = as_colleague.get(f"{IMPORTS}{job}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert run_queued(lambda: noon) == 0


def test_what_cannot_go_on_stops_and_says_why(
    as_colleague: Client, monkeypatch: pytest.MonkeyPatch, noon: datetime
):
    monkeypatch.setattr(queue, "AT_ONCE", 0)
    job = uploaded(as_colleague, "客户名称", "甲公司")
    as_colleague.post(f"{IMPORTS}{job}/columns/", {"column-0": "name"})
    row = ImportJob.objects.get(pk=job)
    with row.file.open("wb") as broken:
        broken.write(b"\xff\xfe\x00\xd8")
    assert run_queued(lambda: noon) == 1
    page = as_colleague.get(f"{IMPORTS}{job}/").content.decode()
    assert "已停止" in page
    assert row.problems.count() == 1


def test_an_import_is_seen_by_who_began_it(as_colleague: Client, as_boss: Client):
    job = uploaded(as_colleague, "客户名称", "甲公司")
    for more in ("", "columns/", "problems.xlsx"):
        assert as_boss.get(f"{IMPORTS}{job}/{more}").status_code == 404
    assert "客户.csv" in as_colleague.get(IMPORTS).content.decode()


def test_what_is_no_table_is_told_at_its_field(as_colleague: Client):
    nothing = BytesIO(b"PK\x03\x04 broken")
    nothing.name = "x.xlsx"
    answer = as_colleague.post(IMPORTS, {"file": nothing})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()


def test_the_spreadsheet_to_try_with_can_be_imported(
    as_colleague: Client, join: Callable[..., object]
):
    answer = as_colleague.get(f"{IMPORTS}customers.xlsx")
    sheet = BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    sheet.name = "customers.xlsx"
    as_colleague.post(IMPORTS, {"file": sheet})
    job = ImportJob.objects.get()
    told = {f"column-{column}": field for column, field in job.mapping.items()}
    assert len(told) == len(job.header)
    as_colleague.post(f"{IMPORTS}{job.pk}/columns/", told)
    as_colleague.post(f"{IMPORTS}{job.pk}/run/")
    job.refresh_from_db()
    assert job.rows_total == 200
    assert 10 < job.rows_refused < 40
    assert Customer.objects.count() == 200 - job.rows_refused
