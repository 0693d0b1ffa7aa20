"""Departments are opened, renamed and put below others."""

import pytest

from xunzhang.lib.errors import Invalid, StaleRevision
from xunzhang.organisation import actions, queries


def test_a_renamed_department_is_known_by_its_new_name(company, heard, noon):
    actions.rename_department(
        department=company.sales.pk, revision=1, name="市场部", by=None, at=noon
    )
    assert queries.directory(noon).members("市场部") == (str(company.wang.pk), str(company.li.pk))
    assert heard[-1]["keys"] == {"department": "市场部", "former": "销售部"}


def test_two_departments_cannot_have_one_name(company, noon):
    with pytest.raises(Invalid) as refusal:
        actions.add_department(name="销售部", by=None, at=noon)
    assert list(refusal.value.fields) == ["name"]


def test_a_department_cannot_come_to_lie_below_itself(company, noon):
    with pytest.raises(Invalid) as refusal:
        actions.change_department(
            department=company.office.pk,
            revision=1,
            parent=company.sales.pk,
            head=None,
            region="",
            by=None,
            at=noon,
        )
    assert list(refusal.value.fields) == ["parent"]


def test_the_second_of_two_changes_is_told(company, noon):
    with pytest.raises(StaleRevision):
        actions.rename_department(
            department=company.sales.pk, revision=0, name="渠道部", by=None, at=noon
        )
