"""Finding customers in the list, keeping lists, choosing columns, taking the list along."""

from collections.abc import Callable
from io import BytesIO

from django.test import Client

from xunzhang.customers.models import Customer
from xunzhang.customers.queries.values import values_in_use
from xunzhang.lib.sheets import read_table
from xunzhang.organisation.models import Person
from xunzhang.policy.models import Event

LIST = "/customers/"


def names(page: bytes) -> str:
    return page.decode().partition("<tbody>")[2].partition("</tbody>")[0]


def test_a_customer_is_found_by_fragment_pinyin_and_initials(
    as_colleague: Client, yunfan: Customer, enter: Callable[..., Customer]
):
    enter("成都中衡检测技术有限公司")
    for words in ("云帆", "yunfan", "yfyl", "057188012345"):
        found = names(as_colleague.get(LIST, {"q": words}).content)
        assert "云帆" in found, words
        assert "中衡" not in found
    assert "没有符合的客户" in as_colleague.get(LIST, {"q": "zzzz"}).content.decode()
    assert "云帆" in as_colleague.get("/search/", {"q": "yfyl"}).content.decode()


def test_what_htmx_gets_is_the_part_of_the_whole_page(as_colleague: Client, yunfan: Customer):
    whole = as_colleague.get(LIST, {"q": "yf"}).content.decode()
    part = as_colleague.get(LIST, {"q": "yf"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "".join(part.split()) in "".join(whole.split())


def test_the_filters_narrow_together(
    as_colleague: Client, yunfan: Customer, enter: Callable[..., Customer]
):
    enter("上海恒川机械制造有限公司", region="上海", grade="B")
    enter("深圳启元新材料有限公司", region="广东", pool=True)
    for query, expected in (
        ({"grade": "A"}, "云帆"),
        ({"region": "上海", "owner": "me"}, "恒川"),
        ({"owner": "pool"}, "启元"),
        ({"filed": "0", "region": "广东", "since": "2026-03-11", "until": "2026-03-11"}, "启元"),
    ):
        found = names(as_colleague.get(LIST, query).content)
        assert expected in found
        assert found.count('scope="row"') == 1
    assert values_in_use("region") == ["上海", "广东", "浙江"]
    assert "没有符合的客户" in as_colleague.get(LIST, {"until": "2026-03-10"}).content.decode()


def test_the_list_is_ordered_as_asked(
    as_colleague: Client, yunfan: Customer, enter: Callable[..., Customer]
):
    enter("A 科技", grade="C")
    for sort, first in (("name", "A 科技"), ("grade", "云帆"), ("newest", "A 科技")):
        found = names(as_colleague.get(LIST, {"sort": sort}).content)
        assert first in found.partition("</tr>")[0]


def test_phones_are_masked_in_the_list_and_columns_are_remembered(
    as_colleague: Client, yunfan: Customer
):
    as_colleague.post(f"{LIST}columns/", {"column": ["phone", "nonsense"], "query": "grade=A"})
    page = as_colleague.get(LIST).content.decode()
    assert "057*****2345" in page
    assert "057188012345" not in page
    assert "创建时间" not in page.partition("</thead>")[0].partition("<thead>")[2]


def test_a_list_is_kept_under_a_name_and_forgotten(
    as_colleague: Client, as_boss: Client, yunfan: Customer
):
    as_colleague.post(f"{LIST}lists/", {"name": "重点", "query": "cursor=x&grade=A"})
    page = as_colleague.get(LIST, {"grade": "A"}).content.decode()
    assert "重点" in page
    assert "重点" not in as_boss.get(LIST).content.decode()
    number = page.partition("/customers/lists/")[2].partition("/forget/")[0]
    as_boss.post(f"{LIST}lists/{number}/forget/")
    assert "重点" in as_colleague.get(LIST).content.decode()
    as_colleague.post(f"{LIST}lists/{number}/forget/")
    assert "重点" not in as_colleague.get(LIST).content.decode()


def test_a_damaged_address_is_told(as_colleague: Client):
    for query in ({"status": "x"}, {"owner": "x"}, {"since": "yesterday"}, {"sort": "x"}):
        assert as_colleague.get(LIST, query).status_code == 400
    assert as_colleague.get(LIST, {"cursor": "forged"}).status_code == 422


def test_nobody_sees_the_customers_of_a_stranger(
    join: Callable[..., Person], yunfan: Customer, client: Client
):
    stranger = join("yt003", "王强")
    assert stranger.account is not None
    client.force_login(stranger.account, backend="django.contrib.auth.backends.ModelBackend")
    assert "云帆" not in client.get(LIST).content.decode()
    assert client.get(f"{LIST}{yunfan.pk}/").status_code == 403


def test_the_list_is_taken_along_masked_and_in_full_for_a_reason(
    as_boss: Client, as_colleague: Client, yunfan: Customer
):
    def taken(client: Client, **told: str) -> list[tuple[str, ...]]:
        answer = client.post(f"{LIST}export/?grade=A", {"form": "xlsx", **told})
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        return [row.cells for row in read_table(BytesIO(content)).rows]

    assert "057*****2345" in taken(as_colleague)[0]
    assert as_boss.post(f"{LIST}export/", {"form": "csv", "in_full": "on"}).status_code == 422
    assert "057188012345" in taken(as_boss, in_full="on", reason="核对")[0]
    refused = as_colleague.post(f"{LIST}export/", {"form": "csv", "in_full": "on", "reason": "x"})
    assert refused.status_code == 403
    assert Event.objects.filter(type="customer.exported").count() == 2
