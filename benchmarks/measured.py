"""The small company and its policy in which recording and ticking are measured."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

NOON = datetime(2026, 3, 11, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
POLICY = """
policy: measured
title: {zh: 测量, en: Measured}
version: 1
effective: 2026-01-01
calendar: china
roles: [客服]
events:
  - {type: lead.met, name: {zh: 接触, en: Met}, keys: {plate: text}}
  - {type: lead.idle, name: {zh: 无关, en: Idle}, keys: {plate: text}}
articles:
  - no: "1"
    text: {zh: 一个工作日内备案, en: File within a workday}
    rules:
      - id: file
        kind: duty
        when: lead.met
        who: role:客服
        within: 1 workday
        do: customer.filed
        match: [customer]
        breach: late
"""


def prepare() -> None:
    """One clerk, one customer, one policy."""
    from xunzhang.customers.actions import create_customer
    from xunzhang.organisation import actions as organisation
    from xunzhang.policy import actions as policy

    organisation.add_person(code="a", name="陈静", roles=["客服"], by=None, at=NOON)
    create_customer(values={"name": "华泰科技"}, by=1, at=NOON)
    policy.adopt_edition(source=POLICY, file="", by=None, at=NOON)
