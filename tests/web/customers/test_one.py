"""One customer: seen, noted at, revealed, given away, filed, archived, merged and parted."""

from collections.abc import Callable

from django.test import Client

from xunzhang.customers.models import Contact, Customer
from xunzhang.organisation.models import Person
from xunzhang.policy.models import Event


def at(row: Customer, more: str = "") -> str:
    return f"/customers/{row.pk}/{more}"


def test_the_page_shows_facts_masked_and_one_line_of_everything(
    as_colleague: Client, yunfan: Customer, shen: Contact
):
    page = as_colleague.get(at(yunfan)).content.decode()
    assert "057*****2345" in page
    assert "057188012345" not in page
    assert "客户建档" in page
    assert "新增联系人" in page.partition("沈岚")[0]
    contacts = as_colleague.get(at(yunfan, "?show=contacts")).content.decode()
    assert "138****4119" in contacts
    assert "13852164119" not in contacts


def test_a_visit_is_noted_with_one_field_and_once(as_colleague: Client, yunfan: Customer):
    form = as_colleague.get(at(yunfan, "note/")).content.decode()
    assert "拜访客户" in form
    token = form.partition('name="token" value="')[2].partition('"')[0]
    told = {"type": "customer.visited", "summary": "谈了二期", "token": token}
    for _click in range(2):
        assert as_colleague.post(at(yunfan, "note/"), told).status_code == 302
    assert Event.objects.filter(type="customer.visited").count() == 1
    assert "谈了二期" in as_colleague.get(at(yunfan)).content.decode()
    empty = as_colleague.post(at(yunfan, "note/"), {**told, "summary": ""})
    assert empty.status_code == 422
    assert as_colleague.get(at(yunfan, "note/?type=expense.paid")).status_code == 404


def test_a_phone_is_revealed_for_a_reason_that_stays(
    as_colleague: Client, yunfan: Customer, shen: Contact
):
    address = at(yunfan, "reveal/")
    assert as_colleague.post(address, {"field": "phone", "reason": ""}).status_code == 422
    page = as_colleague.post(address, {"field": "phone", "reason": "回电"}).content.decode()
    assert "057188012345" in page
    told = {"field": "mobile", "contact": shen.pk, "reason": "回电"}
    assert "13852164119" in as_colleague.post(address, told).content.decode()
    event = Event.objects.filter(type="customer.revealed").first()
    assert event is not None
    assert event.keys["reason"] == "回电"


def test_a_customer_goes_from_hand_to_pool_to_hand(
    as_colleague: Client, as_boss: Client, boss: Person, yunfan: Customer
):
    as_colleague.post(at(yunfan, "file/"))
    as_colleague.post(at(yunfan, "assign/"), {"to": boss.pk, "why": "换区"})
    yunfan.refresh_from_db()
    assert yunfan.owner == boss
    assert yunfan.filed_at is not None
    as_boss.post(at(yunfan, "release/"))
    as_colleague.post(at(yunfan, "claim/"))
    yunfan.refresh_from_db()
    assert yunfan.owner is not None
    assert yunfan.owner.name == "陈雨"
    assert as_boss.post(at(yunfan, "claim/")).status_code == 409
    page = as_colleague.get(at(yunfan, "?show=changes")).content.decode()
    assert "换区" in page
    assert as_colleague.get(at(yunfan, "nonsense/")).status_code == 404


def test_an_archived_customer_comes_back(as_colleague: Client, yunfan: Customer):
    assert as_colleague.post(at(yunfan, "archive/"), {"why": ""}).status_code == 422
    as_colleague.post(at(yunfan, "archive/"), {"why": "重复"})
    assert "已归档" in as_colleague.get(at(yunfan)).content.decode()
    assert "云帆" not in as_colleague.get("/customers/").content.decode()
    assert "云帆" in as_colleague.get("/customers/?archived=1").content.decode()
    assert (
        as_colleague.post(
            at(yunfan, "edit/"), {"name": "x", "kind": "company", "revision": 9}
        ).status_code
        == 403
    )
    as_colleague.post(at(yunfan, "restore/"))
    assert "云帆" in as_colleague.get("/customers/").content.decode()


def test_two_records_become_one_and_two_again(
    as_colleague: Client, yunfan: Customer, enter: Callable[..., Customer]
):
    double = enter("云帆医疗", industry="医疗", pool=False)
    assert "云帆医疗" in as_colleague.get(at(yunfan, "merge/?q=yfyl")).content.decode()
    preview = as_colleague.get(at(yunfan, f"merge/{double.pk}/")).content.decode()
    assert "补入空缺" in preview
    assert as_colleague.post(at(yunfan, f"merge/{double.pk}/"), {"why": ""}).status_code == 422
    as_colleague.post(at(yunfan, f"merge/{double.pk}/"), {"why": "同一张执照"})
    assert as_colleague.get(at(double)).headers["Location"] == at(yunfan)
    page = as_colleague.get(at(yunfan, "?show=changes")).content.decode()
    undo = page.partition(f"{at(yunfan)}merges/")[2].partition("/undo/")[0]
    as_colleague.post(at(yunfan, f"merges/{undo}/undo/"))
    assert as_colleague.get(at(double)).status_code == 200
    yunfan.refresh_from_db()
    assert yunfan.industry == ""
