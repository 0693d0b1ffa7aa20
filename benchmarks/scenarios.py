"""What is timed: each scenario prepares its seeded data and returns what is to be run."""

import io
from collections.abc import Callable
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from xunzhang.lib.search import index_tokens
from xunzhang.lib.sheets import read_table
from xunzhang.organisation.directory import Holding, Rows, build_directory
from xunzhang.organisation.models import Department, Person

MOMENT = datetime(2026, 3, 11, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CHARACTERS = "华泰科技北京上海长安重庆光明东方兴业恒通宏远瑞丰嘉禾盛世天成金桥"
Run = Callable[[], object]


def names(count: int) -> list[str]:
    """Return names of companies, the same ones each time."""
    seeded = Random(20260311)
    return ["".join(seeded.choices(CHARACTERS, k=6)) + "有限公司" for _number in range(count)]


def index_a_thousand_names() -> Run:
    """Cut 1,000 names into search tokens."""
    prepared = names(1_000)
    return lambda: [index_tokens(name) for name in prepared]


def read_a_csv_of_100_000_rows() -> Run:
    """Read 100,000 rows of GB18030 text."""
    lines = [f"{number},{name},13800138000" for number, name in enumerate(names(100_000))]
    content = "\n".join(["工号,姓名,手机", *lines]).encode("gb18030")
    return lambda: sum(1 for _row in read_table(io.BytesIO(content), known=("工号", "姓名")).rows)


def build_a_directory_of_10_000_people() -> Run:
    """Make the directory of a group with 10,000 people in 500 departments."""
    places = range(1, 501)
    departments = {
        key: Department(pk=key, name=f"部门{key}", parent_id=key // 8 or None, head_id=key)
        for key in places
    }
    people = [
        Person(pk=key, code=str(key), name=f"人{key}", department_id=key % 500 + 1)
        for key in range(1, 10_001)
    ]
    holdings = [Holding(person.pk, "销售顾问", MOMENT, None) for person in people]
    rows = Rows(departments, people, holdings, [MOMENT])
    return lambda: build_directory(rows, MOMENT)


SCENARIOS: dict[str, Callable[[], Run]] = {
    "index-1000-names": index_a_thousand_names,
    "read-csv-100000-rows": read_a_csv_of_100_000_rows,
    "directory-10000-people": build_a_directory_of_10_000_people,
}
