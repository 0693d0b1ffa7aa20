"""Every example of the language reference is read by the product as it stands."""

import re
from pathlib import Path
from textwrap import indent

import pytest

from xunzhang.law.loader import load
from xunzhang.law.rehearsal import load_rehearsal, play

PAGES = Path(__file__).parents[2] / "docs" / "policy-language"
FENCE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEAD = """\
policy: example
title: 示例
version: 1
effective: 2026-01-01
roles: [总经理, 销售经理, 客户经理, 高级客户经理, 客服主管, 档案管理员]
"""
WORLD = """\
events:
  - {type: complaint.received, name: 投诉, keys: {severity: text}}
  - {type: visit.reported, name: 报告, keys: {}}
  - {type: visit.planned, name: 计划, keys: {}}
  - {type: visit.falsified, name: 作假, keys: {person: staff}}
  - {type: expense.paid, name: 付款, keys: {amount: money}}
  - {type: contract.filed, name: 归档, keys: {}}
  - {type: customer.referred, name: 介绍, keys: {referrer: staff}}
  - {type: customer.lost, name: 流失, keys: {}}
  - {type: lead.received, name: 线索, keys: {}}
  - {type: repair.requested, name: 报修, keys: {responsible: staff, accepted: boolean}}
actions:
  - {type: discount.grant, name: 折扣, keys: {amount: money}}
  - {type: expense.claim, name: 报销, keys: {amount: money}}
"""
NAMES_FOR_SANCTIONS = (
    "- {id: slow, kind: breach, when: complaint.received, who: owner, breach: slow-answer}\n"
)
ARTICLE = "articles:\n  - no: '1'\n    text: 示例\n    rules:\n"
INSPECTION = """\
forms:
  - {code: inspection, title: 检查单, about: none, event: repair.inspected,
     fields: [{key: found, label: 结果, type: text}]}
"""


def examples(page: str) -> list[str]:
    return FENCE.findall((PAGES / page).read_text("utf-8"))


def whole(example: str) -> str:
    """The example as a policy of its own."""
    if example.startswith("policy:"):
        return example
    if not example.startswith("- "):
        extra = INSPECTION if example.startswith("processes:") else ""
        return HEAD + WORLD + extra + example + "articles: [{no: '1', text: 示例}]\n"
    needs = NAMES_FOR_SANCTIONS if "breach: slow-answer\n  over" in example else ""
    return HEAD + WORLD + ARTICLE + indent(needs + example, "      ")


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_every_example_is_a_policy_that_the_product_reads(page: str):
    found = examples(page)
    assert len(found) > 20
    for example in found:
        if example.startswith("rehearsal:"):
            continue
        edition, problems = load(whole(example), page)
        assert edition is not None, example + "\n".join(problem.say("en") for problem in problems)


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_rehearsal_of_the_reference_holds_on_its_first_policy(page: str, tmp_path: Path):
    found = examples(page)
    (tmp_path / "visits.yaml").write_text(found[0], "utf-8")
    story = tmp_path / "rehearsals" / "story.yaml"
    story.parent.mkdir()
    story.write_text(next(one for one in found if one.startswith("rehearsal:")), "utf-8")
    rehearsal, problems = load_rehearsal(story)
    assert rehearsal is not None, problems
    assert play(rehearsal).failures == []
