"""Two thousand customers, brought in as a newcomer would: from a spreadsheet."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from random import Random

from xunzhang.customers import importing
from xunzhang.customers.choices import ImportState
from xunzhang.demo.company import Post
from xunzhang.lib.sheets import write_xlsx
from xunzhang.lib.text import company_key

HEADINGS = (
    "客户编号",
    "客户名称",
    "客户类型",
    "电话",
    "地区",
    "行业",
    "地址",
    "等级",
    "状态",
    "来源",
    "负责人",
    "创建日期",
)
CITIES = {
    "宝鸡": "陕西",
    "西安": "陕西",
    "咸阳": "陕西",
    "渭南": "陕西",
    "汉中": "陕西",
    "兰州": "甘肃",
    "天水": "甘肃",
}
BRANDS = (
    "恒泰",
    "鑫源",
    "远征",
    "秦川",
    "渭河",
    "华山",
    "太白",
    "金台",
    "凤翔",
    "岐山",
    "周原",
    "盛世",
    "天成",
    "嘉禾",
    "众信",
    "博远",
    "瑞丰",
    "宏图",
    "同德",
    "汇通",
    "长岭",
    "西凤",
    "千阳",
    "麟游",
    "扶风",
    "眉县",
    "陇海",
    "正大",
)
TRADES = {
    "机电": "制造",
    "物流": "运输",
    "建材": "建筑",
    "食品": "食品",
    "医疗器械": "医药",
    "电子科技": "电子",
    "农业科技": "农业",
    "商贸": "零售",
    "汽车租赁": "租赁",
    "工程": "建筑",
}
FORMS = ("有限公司", "有限责任公司", "股份有限公司")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志海燕玲红梅辉斌峰宇浩然雨晨子轩诗涵梓萱一诺思远"
STREETS = ("经二路", "中山路", "滨河大道", "高新大道", "公园路", "火炬路", "姜谭路", "行政大道")
GRADES = ("一般客户",) * 6 + ("重点客户",) * 2 + ("目标客户",) + ("潜在客户",)
SOURCES = ("展厅", "转介绍", "电话", "车展", "网络", "老客户")


def rows(sellers: Sequence[Post], until: datetime, count: int) -> Iterator[tuple[str, ...]]:
    """The rows of the spreadsheet: companies and persons, the same ones each time."""
    seeded = Random(20260524)
    names: set[str] = set()
    number = 0
    while number < count:
        company = seeded.random() < 0.4
        city = seeded.choice(list(CITIES))
        trade = seeded.choice(list(TRADES))
        name = (
            f"{city}{seeded.choice(BRANDS)}{trade}{seeded.choice(FORMS)}"
            if company
            else _person(seeded)
        )
        if company_key(name) in names:
            continue
        names.add(company_key(name))
        number += 1
        made = until - timedelta(days=seeded.randrange(30, 900))
        yield (
            f"C{number:05}",
            name,
            "公司" if company else "个人",
            f"1{seeded.choice('6679')}{seeded.randrange(10**9):09}",
            city,
            TRADES[trade] if company else "",
            f"{CITIES[city]}省{city}市{seeded.choice(STREETS)}{seeded.randrange(1, 199)}号",
            seeded.choice(GRADES),
            seeded.choice(("潜在", "活跃", "活跃", "活跃", "休眠")),
            seeded.choice(SOURCES),
            seeded.choice(sellers).name,
            f"{made:%Y-%m-%d}",
        )


def _person(seeded: Random) -> str:
    return seeded.choice(SURNAMES) + "".join(seeded.choices(GIVEN, k=2))


def bring_in(
    *, sellers: Sequence[Post], by: int, now: Callable[[], datetime], count: int = 2_000
) -> int:
    """Import the spreadsheet; how many customers there are now. Raises ValueError where a row was refused."""
    file = BytesIO()
    write_xlsx(file, sheet="客户", headings=HEADINGS, rows=rows(sellers, now(), count))
    file.seek(0)
    job = importing.upload(file=file, file_name="customers.xlsx", by=by, at=now())
    importing.check(job=job.pk, now=now)
    done = importing.run(job=job.pk, now=now)
    if done.state != ImportState.DONE or done.rows_refused:
        refused = [problem.message for problem in done.problems.all()[:5]]
        raise ValueError(f"{done.rows_refused} rows were refused: {refused}")
    return done.rows_seen
