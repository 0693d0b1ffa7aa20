"""The roster comes in as a spreadsheet."""

import io

import pytest

from xunzhang.lib.errors import Invalid
from xunzhang.lib.sheets import SheetError
from xunzhang.organisation import queries
from xunzhang.organisation.importing import import_people, plan_import
from xunzhang.organisation.models import Department, Person

ROSTER = """工号,姓名,部门,上级部门,岗位/角色,直属上级,手机,邮箱,入职日期
101,钱总,总部,,总经理,,13900000001,qian@example.com,2020-01-02
102,孙理,华东区,总部,区域经理,钱总,+86 139 0000 0002,,2021年3月4日
103,吴芳,华东区,总部,销售顾问、档案管理员,102,,,
"""


def roster(text: str, encoding: str = "gb18030") -> io.BytesIO:
    return io.BytesIO(text.encode(encoding))


def test_a_company_of_three_comes_in_whole(db, noon):
    people = import_people(plan_import(roster(ROSTER)), by=None, at=noon)
    assert [person.name for person in people] == ["钱总", "孙理", "吴芳"]
    assert Department.objects.get(name="华东区").parent == Department.objects.get(name="总部")
    directory = queries.directory(noon)
    ids = [str(person.pk) for person in people]
    assert directory.staff[ids[2]].roles == ("销售顾问", "档案管理员")
    assert [directory.manager(one) for one in ids] == [None, ids[0], ids[1]]
    assert people[1].phone == "13900000002"


def test_every_mistake_is_told_at_once_and_nothing_is_kept(db, noon):
    text = """工号,姓名,直属上级,手机,邮箱,入职日期,外部人员
1,甲,无此人,12,a@b,三月,也许
1,乙,,,,,
,丙,,,,,
"""
    plan = plan_import(roster(text))
    places = [(problem.row, problem.heading) for problem in plan.problems]
    assert set(places) == {
        (2, "手机"),
        (2, "邮箱"),
        (2, "入职日期"),
        (2, "外部人员"),
        (2, "工号"),
        (2, "直属上级"),
        (3, "工号"),
        (4, "工号"),
    }
    with pytest.raises(Invalid):
        import_people(plan, by=None, at=noon)
    assert not Person.objects.exists()


def test_the_same_roster_again_changes_nothing(db, noon):
    import_people(plan_import(roster(ROSTER)), by=None, at=noon)
    before = list(Person.objects.order_by("code").values())
    plan = plan_import(roster(ROSTER))
    assert plan.new_people == []
    import_people(plan, by=None, at=noon)
    assert list(Person.objects.order_by("code").values()) == before


def test_an_empty_cell_leaves_what_is_known_and_a_filled_one_changes_it(db, noon):
    import_people(plan_import(roster(ROSTER)), by=None, at=noon)
    import_people(plan_import(roster("工号,姓名,手机,区域\n101,钱大总,,华北\n")), by=None, at=noon)
    boss = Person.objects.get(code="101")
    assert (boss.name, boss.phone, boss.region) == ("钱大总", "13900000001", "华北")


def test_a_name_that_several_bear_asks_for_the_number(db, noon):
    text = "工号,姓名,直属上级\n1,张伟,\n2,张伟,\n3,李四,张伟\n"
    plan = plan_import(roster(text))
    assert [(problem.row, problem.heading) for problem in plan.problems] == [(4, "直属上级")]


def test_departments_in_a_circle_are_refused(db):
    text = "工号,姓名,部门,上级部门\n1,甲,东部,西部\n2,乙,西部,东部\n"
    assert {problem.heading for problem in plan_import(roster(text)).problems} == {"上级部门"}


def test_a_table_without_staff_numbers_is_no_roster(db):
    with pytest.raises(SheetError, match="工号"):
        plan_import(roster("姓名,手机\n甲,13900000001\n"))
