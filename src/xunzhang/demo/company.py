"""Forty people in three stores and a head office, and the accounts to look at the product as each of them."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission

from xunzhang.law.calendar import COMPANY_ZONE
from xunzhang.organisation import actions as organisation
from xunzhang.organisation.models import Account, Department, Person, Role

PASSWORD = "xunzhang-demo"  # noqa: S105 (told on the screen of a demonstration, which holds nothing real)
ZONE = COMPANY_ZONE
STORES = ("城东店", "城西店", "城南店")


@dataclass(frozen=True)
class Post:
    """One person of the company; `login` where the demonstration offers to sign in as him."""

    code: str
    name: str
    department: str
    roles: tuple[str, ...] = ()
    manager: str = ""
    region: str = ""
    login: str = ""


DEPARTMENTS: tuple[tuple[str, str, str], ...] = (
    ("总经办", "", "H001"),
    ("市场推广部", "总经办", "H011"),
    ("财务部", "总经办", "H021"),
    ("客户关爱部", "总经办", "H031"),
    ("销售部", "总经办", "H041"),
    ("售后服务部", "总经办", "H061"),
)

OFFICE = (
    Post("H001", "高远", "总经办", ("总经理",), login="gao"),
    Post("H011", "田野", "市场推广部", ("部门经理", "市场管理人员"), "H001"),
    Post("H012", "苏晴", "市场推广部", ("市场管理人员",), "H011", login="su"),
    Post("H021", "傅敏", "财务部", ("财务人员", "部门经理"), "H001"),
    Post("H022", "纪文", "财务部", ("财务人员",), "H021"),
    Post("H031", "梅芳", "客户关爱部", ("客户总监", "客户关系经理"), "H001", login="mei"),
    Post("H032", "周敏", "客户关爱部", ("客户档案管理员",), "H031", login="zhou"),
    Post("H033", "沈洁", "客户关爱部", ("客户关系顾问",), "H031", login="shen"),
    Post("H034", "韩雪", "客户关爱部", ("客户关系顾问",), "H031"),
    Post("H035", "唐宁", "客户关爱部", ("客户关系专员",), "H031"),
    Post("H036", "罗佳", "客户关爱部", ("客户关系专员",), "H031"),
    Post("H041", "王强", "销售部", ("销售总监", "部门经理", "业务部门经理"), "H001", login="wang"),
    Post(
        "H061", "方正", "售后服务部", ("服务经理", "部门经理", "业务部门经理"), "H001", login="fang"
    ),
)
SELLERS = (
    ("李娜", "陈雨", "赵磊", "孙悦", "吴昊", "郑爽"),
    ("冯涛", "蒋欣", "曹阳", "魏薇", "姜楠", "董洁"),
    ("袁野", "邓超群", "许诺", "何苗", "吕梁"),
)
SERVERS = (("孙浩", "施展", "张帆", "孔亮"), ("严冬", "华晨", "金鑫"), ("陶然", "戚风", "谢天"))


def posts() -> tuple[Post, ...]:
    """All forty, managers before those whom they manage."""
    sellers = [
        Post(
            f"S{store}{number:02}",
            name,
            "销售部",
            ("销售顾问",),
            "H041",
            STORES[store],
            login="li" if name == "李娜" else "",
        )
        for store, names in enumerate(SELLERS)
        for number, name in enumerate(names, 1)
    ]
    servers = [
        Post(
            f"F{store}{number:02}",
            name,
            "售后服务部",
            ("服务顾问",),
            "H061",
            STORES[store],
            login="sun" if name == "孙浩" else "",
        )
        for store, names in enumerate(SERVERS)
        for number, name in enumerate(names, 1)
    ]
    return (*OFFICE, *sellers, *servers)


def found(at: datetime) -> dict[str, Person]:
    """Open the departments, take the people on and give accounts; the people by their code."""
    places: dict[str, Department] = {}
    for name, parent, _head in DEPARTMENTS:
        above = places[parent].pk if parent else None
        places[name] = organisation.add_department(name=name, parent=above, by=None, at=at)
    people: dict[str, Person] = {}
    for post in posts():
        for role in post.roles:
            Role.objects.get_or_create(name=role)
        people[post.code] = organisation.add_person(
            code=post.code,
            name=post.name,
            department=places[post.department].pk,
            manager=people[post.manager].pk if post.manager else None,
            roles=post.roles,
            region=post.region,
            by=None,
            at=at,
        )
    for name, parent, head in DEPARTMENTS:
        place = Department.objects.get(name=name)
        organisation.change_department(
            department=place.pk,
            revision=place.revision,
            parent=places[parent].pk if parent else None,
            head=people[head].pk,
            region="",
            by=None,
            at=at,
        )
    _open_accounts(people)
    return people


def _open_accounts(people: dict[str, Person]) -> None:
    """Everybody may sign in; the head office and the workshops see all customers, sellers their own."""
    password = make_password(PASSWORD)
    for post in posts():
        account = Account(
            username=post.login or post.code.lower(),
            password=password,
            is_staff=post.login == "gao",
        )
        account.save()
        account.user_permissions.set(_rights(post))
        Person.objects.filter(pk=people[post.code].pk).update(account=account)


def _rights(post: Post) -> list[Permission]:
    names = (
        set()
        if post.department == "销售部" and post.roles == ("销售顾问",)
        else {"customers.see_all"}
    )
    if post.department in ("市场推广部", "客户关爱部"):
        names |= {"customers.reveal"}
    if set(post.roles) & {"总经理", "客户总监"}:
        names |= {
            "policy.see_all",
            "policy.see_ledger",
            "policy.excuse",
            "customers.assign",
            "customers.reveal",
        }
    if "总经理" in post.roles:
        names |= {"policy.adopt"}
    found = Permission.objects.select_related("content_type")
    return [one for one in found if f"{one.content_type.app_label}.{one.codename}" in names]
