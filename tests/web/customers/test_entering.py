"""Entering customers and contacts, and two people who write at the same time."""

from datetime import datetime
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from typing_extensions import override

from xunzhang.customers import actions
from xunzhang.customers.models import Contact, Customer
from xunzhang.organisation.models import Person

NEW = "/customers/new/"
TOLD = {"name": "宁波金桥物流有限公司", "kind": "company", "owner": "me", "token": "a1"}


class Fields(HTMLParser):
    """What a browser would send of a form."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.select = ""
        self.area = ""
        self.feed(page.decode().partition("<main")[2])

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name = told.get("name") or ""
        if tag == "select":
            self.select = name
        elif tag == "option" and "selected" in told:
            self.values[self.select] = told.get("value") or ""
        elif tag == "textarea":
            self.area = name
        elif tag == "input" and name and told.get("type") != "checkbox":
            self.values[name] = told.get("value") or ""

    @override
    def handle_data(self, data: str) -> None:
        if self.area:
            self.values[self.area] = data.strip()

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""


def test_a_name_is_enough_and_a_double_click_makes_one(as_colleague: Client):
    for _click in range(2):
        answer = as_colleague.post(NEW, TOLD)
        assert answer.status_code == 302
    assert Customer.objects.get().owner is not None
    assert as_colleague.post(NEW, {**TOLD, "name": "", "token": "b"}).status_code == 422


def test_a_likely_double_is_shown_beside_what_was_typed(as_colleague: Client, yunfan: Customer):
    told = {**TOLD, "name": "杭州云帆医疗器械", "token": "a2"}
    warned = as_colleague.get("/customers/alike/", {"name": told["name"]}).content.decode()
    assert "名称相同" in warned
    answer = as_colleague.post(NEW, told)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert yunfan.name in page
    again = Fields(answer.content).values
    assert again["not_same_as"] == str(yunfan.pk)
    assert as_colleague.post(NEW, {**told, "not_same_as": again["not_same_as"]}).status_code == 409
    told |= {"not_same_as": again["not_same_as"], "reason": "分公司，另有执照"}
    assert as_colleague.post(NEW, told).status_code == 302
    assert Customer.objects.count() == 2


def test_a_stranger_learns_only_the_name_and_the_owner(
    as_boss: Client, yunfan: Customer, join: Any, client: Client
):
    stranger: Person = join("yt003", "王强")
    assert stranger.account is not None
    client.force_login(stranger.account, backend="django.contrib.auth.backends.ModelBackend")
    page = client.post(NEW, {**TOLD, "name": yunfan.name}).content.decode()
    assert "陈雨" in page
    assert "057*****2345" not in page
    assert f'href="/customers/{yunfan.pk}/"' not in page


def test_only_what_was_changed_is_kept(as_colleague: Client, yunfan: Customer):
    address = f"/customers/{yunfan.pk}/edit/"
    values = Fields(as_colleague.get(address).content).values
    assert values["phone"] == ""
    assert as_colleague.post(address, {**values, "industry": "医疗"}).status_code == 302
    yunfan.refresh_from_db()
    assert (yunfan.industry, yunfan.phone, yunfan.region) == ("医疗", "057188012345", "浙江")
    values = Fields(as_colleague.get(address).content).values
    as_colleague.post(address, {**values, "phone": "-"})
    yunfan.refresh_from_db()
    assert yunfan.phone == ""


def test_two_people_write_and_the_second_sees_both_sides(
    as_colleague: Client, as_boss: Client, boss: Person, yunfan: Customer, noon: datetime
):
    address = f"/customers/{yunfan.pk}/edit/"
    values = Fields(as_colleague.get(address).content).values
    actions.change_customer(
        customer=yunfan.pk,
        revision=yunfan.revision,
        changes={"region": "上海", "industry": "医疗"},
        by=boss.pk,
        at=noon,
    )
    answer = as_colleague.post(address, {**values, "region": "江苏", "source": "展会"})
    assert answer.status_code == 409
    page = answer.content.decode()
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    for word in ("上海", "江苏", "李静", "医疗", "展会"):
        assert word in table
    assert "名称" not in table
    again = Fields(answer.content).values
    assert (again["region"], again["industry"], again["source"]) == ("江苏", "医疗", "展会")
    assert as_colleague.post(address, again).status_code == 302
    yunfan.refresh_from_db()
    assert (yunfan.region, yunfan.industry, yunfan.source) == ("江苏", "医疗", "展会")


def test_a_contact_is_noted_changed_and_removed(
    as_colleague: Client, yunfan: Customer, shen: Contact
):
    here = f"/customers/{yunfan.pk}/contacts/"
    as_colleague.post(f"{here}new/", {"name": "吴刚", "mobile": "13700001234"})
    assert yunfan.contacts.count() == 2
    values = Fields(as_colleague.get(f"{here}{shen.pk}/").content).values
    assert values["mobile"] == ""
    told = {**values, "title": "采购总监", "is_key_person": "on"}
    assert as_colleague.post(f"{here}{shen.pk}/", told).status_code == 302
    shen.refresh_from_db()
    assert (shen.title, shen.mobile, shen.is_key_person) == ("采购总监", "13852164119", True)
    assert as_colleague.post(f"{here}{shen.pk}/", told).status_code == 409
    as_colleague.post(f"{here}{shen.pk}/remove/", {"revision": shen.revision})
    assert "已移除联系人" in as_colleague.get(f"/customers/{yunfan.pk}/").content.decode()
    assert "沈岚" not in as_colleague.get(f"/customers/{yunfan.pk}/?show=contacts").content.decode()
    assert as_colleague.get(f"{here}{shen.pk}/").status_code == 404
