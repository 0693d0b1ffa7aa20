"""Looking up colleagues, letting somebody join, change, stand in and leave."""

from datetime import datetime
from io import BytesIO

from django.test import Client

from xunzhang.organisation import actions
from xunzhang.organisation.models import Department, Person

PEOPLE = "/organisation/people/"


def test_a_colleague_is_found_by_initials_and_by_the_search_on_top(
    as_colleague: Client, boss: Person
):
    listed = as_colleague.get(PEOPLE, {"q": "lj"}).content.decode()
    assert "李静" in listed
    assert "yt002" not in listed.split("<tbody>")[1]
    assert "李静" in as_colleague.get("/search/", {"q": "lijing"}).content.decode()


def test_what_htmx_gets_is_the_part_of_the_whole_page(as_colleague: Client, boss: Person):
    whole = as_colleague.get(PEOPLE, {"q": "lj"}).content.decode()
    part = as_colleague.get(PEOPLE, {"q": "lj"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "".join(part.split()) in "".join(whole.split())


def test_only_those_of_a_department_or_role_are_listed(
    as_boss: Client, colleague: Person, shop: Department
):
    assert "陈雨" in as_boss.get(PEOPLE, {"department": shop.pk}).content.decode()
    listed = as_boss.get(PEOPLE, {"role": "客服专员"}).content.decode().split("<tbody>")[1]
    assert "陈雨" in listed
    assert "李静" not in listed


def test_damaged_addresses_are_told(as_boss: Client):
    assert as_boss.get(PEOPLE, {"department": "abc"}).status_code == 400
    assert as_boss.get(PEOPLE, {"department": "9" * 40}).status_code == 400
    assert as_boss.get(PEOPLE, {"cursor": "forged"}).status_code == 422
    assert as_boss.get(f"{PEOPLE}999999/").status_code == 404


def test_only_the_administration_lets_somebody_join(
    as_colleague: Client, as_boss: Client, shop: Department
):
    told = {"code": "yt009", "name": "周杰", "department": shop.pk, "new_role": "销售顾问"}
    assert as_colleague.post(f"{PEOPLE}new/", told).status_code == 403
    assert not Person.objects.filter(code="yt009").exists()
    joined = as_boss.post(f"{PEOPLE}new/", told, follow=True).content.decode()
    assert "周杰 已入职" in joined
    assert "销售顾问" in joined


def test_a_number_that_is_taken_is_told_at_its_field(as_boss: Client, colleague: Person):
    answer = as_boss.post(f"{PEOPLE}new/", {"code": "yt002", "name": "周杰"})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert Person.objects.count() == 2


def test_roles_are_given_and_taken_on_the_edit_page(
    as_boss: Client, colleague: Person, shop: Department
):
    told = {
        "code": "yt002",
        "name": "陈雨",
        "department": shop.pk,
        "roles": [],
        "new_role": "内部审计",
        "revision": 0,
    }
    assert as_boss.post(f"{PEOPLE}{colleague.pk}/edit/", told).status_code == 302
    held = colleague.holdings.filter(until__isnull=True).values_list("role__name", flat=True)
    assert list(held) == ["内部审计"]


def test_two_people_edit_the_same_colleague_and_the_second_is_told(
    as_boss: Client, colleague: Person
):
    told = {"code": "yt002", "name": "陈小雨", "revision": 0, "roles": ["客服专员"]}
    assert as_boss.post(f"{PEOPLE}{colleague.pk}/edit/", told).status_code == 302
    answer = as_boss.post(f"{PEOPLE}{colleague.pk}/edit/", {**told, "name": "陈大雨"})
    assert answer.status_code == 409
    assert "已有他人先行修改" in answer.content.decode()
    colleague.refresh_from_db()
    assert colleague.name == "陈小雨"


def test_somebody_leaves_and_somebody_takes_over(as_boss: Client, boss: Person, colleague: Person):
    told = {"successor": boss.pk, "revision": colleague.revision}
    page = as_boss.post(f"{PEOPLE}{colleague.pk}/leave/", told, follow=True).content.decode()
    assert "已离职" in page
    colleague.refresh_from_db()
    assert colleague.successor == boss
    assert "陈雨" not in as_boss.get(PEOPLE).content.decode().split("<tbody>")[1]
    assert "陈雨" in as_boss.get(PEOPLE, {"gone": "1"}).content.decode()


def test_i_am_away_and_back_again(
    as_colleague: Client, colleague: Person, boss: Person, walked, noon: datetime
):
    told = {
        "to_person": boss.pk,
        "starts_at": "2026-03-11T09:00",
        "ends_at": "2026-03-13T18:00",
        "reason": "出差",
    }
    page = as_colleague.post("/organisation/away/", told, follow=True).content.decode()
    assert "李静 将代您处理" in page
    delegation = colleague.delegations_given.get()
    assert "由 李静 代理" in as_colleague.get(f"{PEOPLE}{colleague.pk}/").content.decode()
    as_colleague.post(f"/organisation/away/{delegation.pk}/end/")
    assert "由 李静 代理" not in as_colleague.get(f"{PEOPLE}{colleague.pk}/").content.decode()


def test_nobody_ends_the_absence_of_another(
    as_colleague: Client, colleague: Person, boss: Person, walked, noon
):
    later = noon.replace(hour=18)
    row = actions.delegate(
        from_person=boss.pk, to_person=colleague.pk, starts_at=noon, ends_at=later, by=None, at=noon
    )
    assert as_colleague.post(f"/organisation/away/{row.pk}/end/").status_code == 403


def sheet(*lines: str) -> BytesIO:
    file = BytesIO("\n".join(lines).encode("gb18030"))
    file.name = "staff.csv"
    return file


def test_the_staff_list_is_shown_before_it_is_kept(as_boss: Client):
    file = sheet("工号,姓名,部门,岗位", "A1,赵大海,售后部,客服专员、内部审计", "A2,孙晓,售后部,")
    plan = as_boss.post(f"{PEOPLE}import/", {"file": file})
    assert "赵大海" in plan.content.decode()
    assert not Person.objects.filter(code="A1").exists()
    digest = plan.context["digest"]
    assert as_boss.post(f"{PEOPLE}import/keep/", {"digest": "another"}).status_code == 409
    assert (
        "已导入 2 人"
        in as_boss.post(f"{PEOPLE}import/keep/", {"digest": digest}, follow=True).content.decode()
    )
    assert as_boss.post(f"{PEOPLE}import/keep/", {"digest": digest}).status_code == 409


def test_mistakes_of_the_staff_list_are_told_by_row(as_boss: Client):
    plan = as_boss.post(f"{PEOPLE}import/", {"file": sheet("工号,姓名", "A1,", "A1,孙晓")})
    assert "请修正以下内容" in plan.content.decode()
    assert (
        as_boss.post(f"{PEOPLE}import/keep/", {"digest": plan.context["digest"]}).status_code == 200
    )
    assert not Person.objects.filter(code="A1").exists()


def test_what_is_no_table_is_refused(as_boss: Client):
    for content in (b"", b"PK\x03\x04 broken", b"\x00\x01\x02"):
        file = BytesIO(content)
        file.name = "staff.xlsx"
        assert as_boss.post(f"{PEOPLE}import/", {"file": file}).status_code == 422


def test_a_department_cannot_come_below_itself(as_boss: Client, shop: Department, noon: datetime):
    below = actions.add_department(name="城东店售后部", parent=shop.pk, by=None, at=noon)
    address = f"/organisation/departments/{shop.pk}/edit/"
    told = {"name": "城东店", "parent": below.pk, "revision": 0}
    assert as_boss.post(address, told).status_code == 422
    renamed = as_boss.post(
        address, {"name": "城东旗舰店", "region": "华东", "revision": 0}, follow=True
    )
    assert "城东旗舰店" in renamed.content.decode()
