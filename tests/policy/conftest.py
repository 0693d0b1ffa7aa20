"""The constant cast, a customer, and a small policy that asks, forbids, approves and punishes."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Permission

from xunzhang.customers.actions import create_customer
from xunzhang.customers.models import Customer
from xunzhang.organisation import actions as organisation
from xunzhang.organisation.models import Account
from xunzhang.policy import actions as policy

MEASURES = """
policy: small-measures
title: {zh: 小办法, en: Small measures}
version: 1
effective: 2026-01-01
calendar: china
roles: [总经理, 销售顾问, 客服]
events:
  - type: lead.met
    name: {zh: 接触客户, en: Lead met}
    keys: {plate: text, amount: money}
actions:
  - type: gift.send
    name: {zh: 送礼, en: Gift}
    keys: {amount: money}
articles:
  - no: "1"
    text: {zh: 接触客户后一个工作日内备案, en: File within a workday}
    rules:
      - id: file-in-time
        kind: duty
        when: lead.met
        who: owner
        within: 1 workday
        do: customer.filed
        match: [customer]
        breach: late-filing
        remind: 4 hours before
      - id: greet
        kind: duty
        when: lead.met
        who: role:客服
        within: 2 hours
        do: customer.contacted
        match: [customer]
  - no: "2"
    text: {zh: 迟备案一次罚五十元，再犯加倍, en: "Fifty for each, double from the second"}
    rules:
      - id: fine-late-filing
        kind: sanction
        breach: late-filing
        fine: 50
        over: month
        double_from: 2
        confirm: role:总经理
  - no: "3"
    text: {zh: 礼品超过五百元须经批准，超过五千元不得送, en: Gifts}
    rules:
      - id: gifts
        kind: approval
        action: gift.send
        table:
          - {if: {amount: "> 5000"}, refuse: {zh: 超过五千元不得送, en: Too much}}
          - {if: {amount: "> 500"}, by: [manager of by, "role:总经理"]}
  - no: "4"
    text: {zh: 见过同一车牌的客户定为重点, en: The same plate again makes a key customer}
    rules:
      - id: again
        kind: set
        when: lead.met
        if: {happened: {event: lead.met, match: [plate]}}
        customer: {grade: 重点}
"""


@pytest.fixture
def cast(db: None, noon: datetime) -> SimpleNamespace:
    """Li owns, Wang works beside Li, Zhao heads both, Sun is general manager, Chen and Zhou answer the phone."""

    def person(code: str, name: str, **more: Any) -> Any:
        account = Account.objects.create(username=code)
        return organisation.add_person(
            code=code, name=name, by=None, at=noon, account=account.pk, **more
        )

    shop = organisation.add_department(name="一店", by=None, at=noon)
    hall = organisation.add_department(name="大厅", by=None, at=noon)
    general = person("sun", "孙总", roles=["总经理"])
    manager = person("zhao", "赵敏", department=shop.pk, manager=general.pk)
    return SimpleNamespace(
        general=general,
        manager=manager,
        owner=person("li", "李娜", department=shop.pk, manager=manager.pk, roles=["销售顾问"]),
        teammate=person("wang", "王强", department=shop.pk, manager=manager.pk),
        chen=person("chen", "陈静", department=hall.pk, roles=["客服"]),
        zhou=person("zhou", "周洁", department=hall.pk, roles=["客服"]),
    )


@pytest.fixture
def customer(cast: SimpleNamespace, noon: datetime) -> Customer:
    """A customer of Li's."""
    return create_customer(
        values={"name": "华泰科技"}, owner=cast.owner.pk, by=cast.owner.pk, at=noon
    )


@pytest.fixture
def measures(cast: SimpleNamespace, noon: datetime) -> Any:
    """The small policy, adopted."""
    return policy.adopt_edition(source=MEASURES, file="small.yaml", by=cast.general.pk, at=noon)


@pytest.fixture
def grant() -> Any:
    """Give a person a right of the policy."""

    def give(person: Any, codename: str) -> None:
        right = Permission.objects.get(content_type__app_label="policy", codename=codename)
        person.account.user_permissions.add(right)
        person.account = Account.objects.get(pk=person.account_id)

    return give
