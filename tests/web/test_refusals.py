"""A refusal says why, by which article, what was counted, and what would make it a yes."""

from datetime import datetime
from typing import Any

import pytest
from django.test import RequestFactory
from tests.web.html import faults

from xunzhang.lib.errors import Conflict, Invalid, NeedsApproval, Refused
from xunzhang.organisation.models import Person
from xunzhang.web import refusals

BECAUSE = {
    "article": "12",
    "policy": "B07",
    "title": "客户备案制度",
    "text": "每季度至少回访两次。",
}


@pytest.fixture
def asked(boss: Person, noon: datetime):
    request: Any = RequestFactory().get("/")
    request.user, request.person, request.by, request.at, request.htmx = (
        boss.account,
        boss,
        boss.pk,
        noon,
        False,
    )
    return request


def test_a_refusal_shows_article_facts_and_way_out(asked):
    values = {"facts": {"本月次数": 3}, "way_out": {"label": "申请审批", "url": "/approvals/new/"}}
    answer = refusals.page(
        asked, Refused("cap-exceeded", "本月已达上限", citations=[BECAUSE], values=values)
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    for words in (
        "制度不允许此操作",
        "第十二条",
        "客户备案制度",
        "每季度至少回访两次",
        "本月次数",
        "申请审批",
    ):
        assert words in page
    assert faults(page) == []


@pytest.mark.parametrize(
    ("refusal", "status", "title"),
    [
        (Refused("no", "不行"), 403, "无法执行此操作"),
        (NeedsApproval("ask", "先审批"), 403, "需要先获得审批"),
        (Conflict("stale", "已变"), 409, "已有他人先行修改"),
        (Invalid({"name": ["太长"]}), 422, "填写的内容无法保存"),
    ],
)
def test_each_kind_of_no_has_its_status_and_title(asked, refusal, status, title):
    answer = refusals.page(asked, refusal)
    assert answer.status_code == status
    assert title in answer.content.decode()


def test_htmx_gets_a_banner_above_the_content(asked):
    asked.htmx = True
    answer = refusals.page(asked, Refused("no", "<b>不行</b>", citations=[BECAUSE]))
    assert answer["HX-Retarget"] == "#messages"
    assert "<html" not in answer.content.decode()
    assert "&lt;b&gt;" in answer.content.decode()
