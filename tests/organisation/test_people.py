"""People join, change, move and leave."""

from datetime import timedelta

import pytest

from xunzhang.lib.errors import Conflict, Invalid, StaleRevision
from xunzhang.organisation import actions, queries
from xunzhang.organisation.models import Account, Person, RoleHolding


def test_a_newcomer_is_kept_in_one_spelling_and_announced(company, heard, noon):
    person = actions.add_person(
        code="００５",
        name=" 赵 强 ",
        phone="+86 138-0013-8000",
        department=company.sales.pk,
        roles=["销售顾问"],
        by=company.boss.pk,
        at=noon,
    )
    assert (person.code, person.name, person.phone) == ("005", "赵 强", "13800138000")
    assert [event["type"] for event in heard] == ["staff.joined", "role.granted"]
    assert heard[0]["by"] == company.boss.pk
    assert heard[0]["keys"] == {"staff": person.pk}


def test_a_staff_number_is_given_once(company, heard, noon):
    with pytest.raises(Invalid) as refusal:
        actions.add_person(code="003", name="另一人", by=None, at=noon)
    assert list(refusal.value.fields) == ["code"]
    assert heard == []


def test_of_two_who_change_the_same_person_the_second_is_told(company, noon):
    li = company.li
    change = {"person": li.pk, "revision": li.revision, "by": None, "at": noon}
    actions.change_person(changes={"region": "华东"}, **change)
    with pytest.raises(StaleRevision) as refusal:
        actions.change_person(changes={"region": "华南"}, **change)
    assert refusal.value.values == {"read": 0, "stands": 1}
    assert Person.objects.get(pk=li.pk).region == "华东"


def test_what_has_a_verb_of_its_own_is_not_changed_by_the_way(company, noon):
    with pytest.raises(Invalid):
        actions.change_person(
            person=company.li.pk, revision=0, changes={"left_at": noon}, by=None, at=noon
        )


def test_who_moves_gets_the_other_departments_head(company, heard, noon):
    actions.move_person(
        person=company.li.pk, revision=0, department=company.office.pk, by=None, at=noon
    )
    assert queries.directory(noon).manager(str(company.li.pk)) == str(company.boss.pk)
    assert heard[-1]["keys"] == {"staff": company.li.pk, "from": "销售部", "to": "总经办"}


def test_who_leaves_has_no_role_no_delegation_and_no_way_in(company, heard, noon):
    account = Account.objects.create_user("Li.Na", "a long password 8")
    later = noon + timedelta(days=1)
    actions.change_person(
        person=company.li.pk, revision=0, changes={"account_id": account.pk}, by=None, at=noon
    )
    actions.delegate(
        from_person=company.wang.pk,
        to_person=company.li.pk,
        starts_at=noon,
        ends_at=noon + timedelta(days=9),
        by=None,
        at=noon,
    )
    actions.leave(
        person=company.li.pk, revision=1, successor=company.zhou.pk, by=company.boss.pk, at=later
    )
    account.refresh_from_db()
    assert not account.is_active
    assert not RoleHolding.objects.filter(person=company.li, until__isnull=True).exists()
    assert queries.delegate_of(company.wang.pk, later) is None
    assert queries.directory(later).staff[str(company.li.pk)].successor == str(company.zhou.pk)
    assert heard[-1]["type"] == "staff.left"
    assert heard[-1]["keys"] == {"staff": company.li.pk, "successor": company.zhou.pk}


def test_nobody_leaves_twice_or_to_somebody_who_has_left(company, noon):
    actions.leave(person=company.li.pk, revision=0, by=None, at=noon)
    with pytest.raises(Conflict):
        actions.leave(person=company.li.pk, revision=1, by=None, at=noon)
    with pytest.raises(Invalid):
        actions.leave(person=company.zhou.pk, revision=0, successor=company.li.pk, by=None, at=noon)


@pytest.mark.parametrize("text", ["李", "lina", "ln", "003"])
def test_people_are_found_by_a_piece_of_name_or_number(company, text):
    assert company.li in queries.find_people(text)


def test_a_login_name_is_one_in_whatever_case(db):
    account = Account.objects.create_user("Wang")
    assert Account.objects.get_by_natural_key("WANG") == account
    assert not account.has_usable_password()


def test_outsiders_are_told_from_staff(company, noon):
    guest = actions.add_person(code="x1", name="外协师傅", outside=True, by=None, at=noon)
    assert list(queries.people_present(outside=True)) == [guest]
    assert str(guest.pk) not in queries.directory(noon).everyone()
