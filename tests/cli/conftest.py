"""A person at a terminal, and small policies and stories to try."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from xunzhang.cli.main import main
from xunzhang.cli.words import speak

Run = Callable[..., Result]

POLICY = """\
policy: visits
title: {zh: 客户拜访制度, en: Customer visits}
issuer: 销售部
version: 1
effective: 2026-01-01
roles: [销售经理]
settings:
  report_time: {value: 2 workdays, stated: false, why: 原文只写及时}
articles:
  - no: "1"
    title: 拜访报告
    text: 拜访客户后两个工作日内提交拜访报告，逾期每次罚款 50 元。
    clause: [V-1]
    rules:
      - id: visit-report
        kind: duty
        when: customer.visited
        if: {purpose: 例行}
        who: by
        do: visit.written_up
        within: $report_time
        breach: late-visit-report
      - {id: late-report-fine, kind: sanction, breach: late-visit-report, fine: 50, confirm: "role:销售经理"}
      - {id: filed-only, kind: gate, action: expense.claim, only_if: {customer.filed: true}, say: 客户尚未备案}
events:
  - {type: visit.written_up, name: {zh: 提交拜访报告, en: Visit reported}, keys: {result: text}}
  - {type: customer.visited, name: {zh: 拜访客户, en: Customer visited}, keys: {purpose: text}}
actions:
  - {type: expense.claim, name: {zh: 报销招待费, en: Claim an expense}, keys: {amount: money}}
"""
STORY = """\
rehearsal: 报告逾期
policies: [../visits.yaml]
staff:
  - {id: li, name: 李娜, department: 销售部, roles: [], manager: wang}
  - {id: wang, name: 王强, department: 销售部, roles: [销售经理]}
customers:
  - {id: c1, name: 宝鸡恒泰机电有限公司, owner: li, filed: true}
  - {id: c2, name: 新客户, owner: li}
steps:
  - at: 2026-03-02T10:00
    event: {type: customer.visited, by: li, customer: c1, purpose: 例行}
    expect:
      duties: [{rule: visit-report, who: li, due: 2026-03-04, state: open}]
  - at: 2026-03-05T00:00
    clause: [V-1]
    expect:
      breaches: [{code: late-visit-report, who: li, count: 1}]
      sanctions: [{who: li, fine: 50, article: "1"}]
      only: [breaches, sanctions]
  - at: 2026-03-05T09:00
    ask: {action: expense.claim, by: li, customer: c2, amount: 100}
    expect: {ruling: refused, reasons: ["1"]}
"""


@pytest.fixture
def run() -> Iterator[Run]:
    """Call the command as a person would, in English unless the line says otherwise."""

    def call(*line: Any, **environment: str) -> Result:
        runner = CliRunner(env={"XUNZHANG_LANG": "en", **environment})
        result = runner.invoke(main, [str(word) for word in line])
        assert result.exception is None or isinstance(result.exception, SystemExit), (
            result.exception
        )
        return result

    yield call
    speak("en")


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with one policy and one story that holds."""
    (tmp_path / "visits.yaml").write_text(POLICY, "utf-8")
    stories = tmp_path / "rehearsals"
    stories.mkdir()
    (stories / "late.yaml").write_text(STORY, "utf-8")
    return tmp_path


def change(path: Path, *changes: tuple[str, str]) -> None:
    """Rewrite a file; each text must be there."""
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
