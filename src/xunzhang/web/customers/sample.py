"""A spreadsheet to try the import with: two hundred rows as people keep them, with the mistakes that people make."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import BinaryIO

from stdnum.cn import uscc

from xunzhang.lib.sheets import write_xlsx
from xunzhang.organisation import queries

ROWS = 200
HEADINGS = (
    "客户名称", "客户类型", "统一社会信用代码", "电话", "地区", "行业", "客户等级", "状态",
    "负责人", "联系人", "职务", "手机", "建档日期", "客户来源", "备注",
)  # fmt: skip
PLACES = {
    "杭州": "浙江", "宁波": "浙江", "上海": "上海", "苏州": "江苏", "南京": "江苏", "合肥": "安徽",
    "成都": "四川", "武汉": "湖北", "深圳": "广东", "佛山": "广东", "青岛": "山东", "西安": "陕西",
}  # fmt: skip
BRANDS = (
    "云帆", "恒川", "启元", "中衡", "瑞泽", "博远", "华岳", "金桥", "海拓", "明德", "嘉禾", "东篱",
    "长风", "天工", "锦程", "鼎新", "和光", "远山", "星河", "百川", "青禾", "立方", "安澜", "卓越",
)  # fmt: skip
TRADES = {
    "医疗器械": "医疗", "机械制造": "制造业", "新材料科技": "制造业", "检测技术": "技术服务",
    "物流": "交通运输", "建材": "批发零售", "电子": "制造业", "餐饮管理": "餐饮", "信息技术": "信息技术",
}  # fmt: skip
FORMS = ("有限公司", "有限公司", "有限责任公司", "股份有限公司")
FAMILIES, GIVEN = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗",
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚",
)
TITLES = ("总经理", "采购经理", "行政主管", "财务", "设备科长")
SOURCES = ("展会", "转介绍", "官网", "电话营销", "到店")
Line = list[str]


def sample(*, into: BinaryIO, today: date) -> None:
    """Write the spreadsheet; the same day and people give the same file."""
    owners = [person.name for person in queries.people_present(outside=False).order_by("pk")[:8]]
    write_xlsx(into, sheet="客户", headings=HEADINGS, rows=lines(owners, today))


def lines(owners: list[str], today: date) -> Iterator[Line]:
    """Yield the rows; about one in eight has something wrong with it."""
    chance = Random(20261122)  # noqa: S311 (a story, not a secret)
    kept: list[Line] = []
    for number in range(ROWS):
        line = person(chance, today) if number % 5 == 4 else company(chance, today)
        line[8] = chance.choice(owners) if owners and chance.random() < 0.8 else ""
        spoil(line, number, kept)
        kept.append(line)
        yield line


def company(chance: Random, today: date) -> Line:
    """Return a company's row."""
    place, trade = chance.choice(list(PLACES)), chance.choice(list(TRADES))
    middle = chance.choice(BRANDS) + chance.choice(("", "", chance.choice("盛兴源达通泰")))
    return [
        f"{place}{middle}{trade}{chance.choice(FORMS)}",
        "公司",
        credit_code(chance),
        f"0{chance.randrange(510, 799)}-{chance.randrange(10**7, 10**8)}",
        PLACES[place],
        TRADES[trade],
        chance.choice(("A", "B", "B", "C", "C", "C")),
        chance.choice(("潜在", "合作中", "合作中", "休眠")),
        "",
        name(chance),
        chance.choice(TITLES),
        mobile(chance),
        said(today - timedelta(days=chance.randrange(20, 900)), chance),
        chance.choice(SOURCES),
        "",
    ]


def person(chance: Random, today: date) -> Line:
    """Return a person's row."""
    line = company(chance, today)
    line[0], line[1], line[2], line[3] = (
        name(chance) + chance.choice(GIVEN),
        "个人",
        "",
        mobile(chance),
    )
    line[5] = line[9] = line[10] = line[11] = ""
    return line


def spoil(line: Line, number: int, before: list[Line]) -> None:
    """Make a mistake in some rows: the ones that an import must find."""
    match number % 47:
        case 7:
            line[0] = ""
        case 11 if before and line[2]:
            line[0], line[2] = before[-1][0], ""
        case 15:
            line[3] = "无"
        case 19:
            line[2] = line[2] and line[2][:-1] + ("0" if line[2][-1] != "0" else "1")
        case 23:
            line[8] = "离职员工"
        case 27:
            line[12] = "去年三月"
        case 3:
            # Not wrong: full-width digits and spaces, as a form on a phone gives them
            line[11] = "".join(chr(ord(each) + 0xFEE0) for each in line[11])
        case _:
            pass


def credit_code(chance: Random) -> str:
    """Return a unified social credit code whose last character proves the others."""
    start = "91" + str(chance.choice((330106, 310115, 320583, 440305, 510107)))
    start += "".join(chance.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _each in range(9))
    return start + str(uscc.calc_check_digit(start + "0"))


def name(chance: Random) -> str:
    """Return somebody's name."""
    return (
        chance.choice(FAMILIES) + chance.choice(GIVEN) + chance.choice(("", chance.choice(GIVEN)))
    )


def mobile(chance: Random) -> str:
    """Return a mobile number."""
    return f"1{chance.choice('3578')}{chance.randrange(10**8, 10**9)}"


def said(day: date, chance: Random) -> str:
    """Return a date in one of the ways in which people write it."""
    return chance.choice(
        (f"{day:%Y-%m-%d}", f"{day:%Y/%m/%d}", f"{day.year}.{day.month}.{day.day}")
    )
