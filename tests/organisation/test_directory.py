"""What the law is told about people."""

from datetime import timedelta

from xunzhang.organisation import actions, queries


def test_the_directory_knows_people_by_number_and_departments_by_name(company, noon):
    directory = queries.directory(noon)
    li = directory.staff[str(company.li.pk)]
    assert (li.name, li.department, li.roles) == ("李娜", "销售部", ("销售顾问",))
    assert directory.departments["销售部"].parent == "总经办"
    assert directory.departments["销售部"].head == str(company.wang.pk)


def test_who_has_no_named_superior_has_the_head_of_the_department(company, noon):
    directory = queries.directory(noon)
    assert directory.manager(str(company.li.pk)) == str(company.wang.pk)


def test_a_head_has_the_head_of_the_department_above_and_the_topmost_has_nobody(company, noon):
    directory = queries.directory(noon)
    assert directory.manager(str(company.wang.pk)) == str(company.boss.pk)
    assert directory.manager(str(company.boss.pk)) is None


def test_when_the_head_leaves_the_next_above_is_the_superior(company, noon):
    wang = company.wang
    actions.leave(person=wang.pk, revision=wang.revision, by=None, at=noon)
    directory = queries.directory(noon)
    assert directory.staff[str(wang.pk)].left
    assert directory.head("销售部") is None
    assert directory.manager(str(company.li.pk)) == str(company.boss.pk)


def test_a_role_counts_from_the_moment_it_is_granted_until_it_is_revoked(company, noon):
    later = noon + timedelta(days=10)
    actions.grant_role(person=company.li.pk, role="组长", by=None, at=later)
    actions.revoke_role(person=company.li.pk, role="销售顾问", by=None, at=later)
    before = queries.directory(later - timedelta(seconds=1)).staff[str(company.li.pk)]
    after = queries.directory(later).staff[str(company.li.pk)]
    assert (before.roles, after.roles) == (("销售顾问",), ("组长",))


def test_an_unchanged_directory_costs_one_query(company, noon, django_assert_num_queries):
    first = queries.directory(noon)
    with django_assert_num_queries(1):
        second = queries.directory(noon + timedelta(hours=1))
    assert second is first


def test_each_change_is_seen_at_once(company, noon):
    queries.directory(noon)
    li = company.li
    actions.change_person(
        person=li.pk, revision=li.revision, changes={"name": "李娜娜"}, by=None, at=noon
    )
    assert queries.directory(noon).staff[str(li.pk)].name == "李娜娜"


def test_by_default_it_is_the_present_one(company, walked):
    assert str(company.zhou.pk) in queries.directory().holders("档案管理员")
