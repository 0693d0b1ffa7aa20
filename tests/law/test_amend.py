"""An approver reads in sentences what a new version changes."""

from pathlib import Path

from xunzhang.law.amend import Difference, differences
from xunzhang.law.loader import PACKS, load, packs
from xunzhang.law.text import Edition

TEXT = (Path(__file__).parent / "policies" / "every-kind.yaml").read_text(encoding="utf-8")


def edition(text: str) -> Edition:
    found, problems = load(text, "x.yaml")
    assert found is not None, [problem.say("en") for problem in problems]
    return found


def amended(*changes: tuple[str, str]) -> list[Difference]:
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return differences(edition(TEXT), edition(text))


def only(*changes: tuple[str, str]) -> Difference:
    found = amended(*changes)
    assert len(found) == 1, [one.zh for one in found]
    return found[0]


def test_a_longer_deadline_is_told_with_its_article():
    found = only(("within: 3 workdays", "within: 5 workdays"))
    assert found.zh == "第1.1条“report”：期限由“3 个工作日内”改为“5 个工作日内”"
    assert (
        found.en
        == "Article 1.1 “report”: due time changed from “within 3 workdays” to “within 5 workdays”"
    )
    assert (found.part, found.change, found.article, found.name) == (
        "rule",
        "changed",
        "1.1",
        "report",
    )


def test_a_figure_set_by_a_setting_is_told_as_setting_and_in_the_rule():
    found = amended(("late_fine: {value: 50", "late_fine: {value: 80"))
    assert [one.zh for one in found] == [
        "设置“late_fine”：值由“50”改为“80”",
        "第1.3条“fines”：处理由“罚款 50 元（按接待人计）”改为“罚款 80 元（按接待人计）”",
    ]


def test_recording_an_event_becomes_an_action():
    found = only(
        (
            "    name: {zh: 研讨会举行, en: Seminar held}\n",
            "    name: {zh: 研讨会举行, en: Seminar held}\n    action: seminar.open\n",
        )
    )
    assert found.zh == "事件“研讨会举行”：增加对应的操作“seminar.open”"


def test_a_rule_that_loses_its_setting_rests():
    assert "第1.3条：规则“fines”停用，它用到的设置没有值" in [
        one.zh for one in amended(("late_fine: {value: 50", "late_fine: {value: null"))
    ]


def test_a_new_rule_and_one_taken_away():
    rule = "      - {id: hint, kind: guide, at: seminar.open, text: {zh: 请先订场地, en: Book the room first}}\n"
    gone = only((rule, ""))
    assert (gone.change, gone.zh) == ("removed", "第1.3条：删去规则“hint”：请先订场地。")
    come = differences(edition(TEXT.replace(rule, "")), edition(TEXT))
    assert [one.en for one in come] == ["Article 1.3: rule “hint” added: Book the room first."]


def test_a_condition_added_and_one_dropped():
    added = only(
        (
            "kind: gate, action: seminar.open,",
            'kind: gate, action: seminar.open, if: {fee: "> 100"},',
        )
    )
    assert added.zh == "第1.2条“not-idle”：增加条件“费用大于 100 元”"
    dropped = only(('if: {guests: "< 3"}, ', ""))
    assert dropped.en == "Article 1.1 “waste”: condition removed: “the guests is less than 3”"


def test_articles_added_removed_and_reworded():
    assert only(("text: 迟交小结罚款。", "text: 迟交小结从重罚款。")).zh == "第1.3条：条文改写"
    added = differences(
        edition(TEXT), edition(TEXT + '  - {no: "1.4", title: 附则, text: 由总经理解释。}\n')
    )
    assert [one.zh for one in added] == ["新增第1.4条“附则”"]


def test_roles_terms_and_events():
    found = {
        one.part: one.zh
        for one in amended(
            ("roles: [总经理,", "roles: [总经理, 副总,"),
            ("within: 3 months", "within: 6 months"),
            (
                "fee: {type: money, label: {zh: 费用, en: Fee}}}\n  - type: seminar.reported",
                "fee: {type: money, label: {zh: 费用, en: Fee}}, place: text}\n  - type: seminar.reported",
            ),
        )
    }
    assert found["role"] == "新增角色“副总”"
    assert found["term"].startswith(
        "定义“服务不到位”：条件由「同一客户最近 3 个月内没有发生过“拜访客户”」改为「"
    )
    assert found["event"].startswith("事件“研讨会举行”：键由")


def test_a_rule_of_another_kind():
    found = amended(
        (
            "{id: hint, kind: guide, at: seminar.open, text: {zh: 请先订场地, en: Book the room first}}",
            "{id: hint, kind: gate, action: seminar.open, refuse_if: always}",
        )
    )
    assert found[0].zh == "第1.3条“hint”：种类由“guide”改为“gate”"


def test_forms_and_processes():
    pack = next(path for path in packs() if path.parent.name == "customer-filing").read_text(
        encoding="utf-8"
    )
    other = pack.replace("within: $acceptance_time", "within: 2 workdays").replace(
        "{key: summary, label: {zh: 内容摘要, en: Summary}, type: text, required: true}",
        "{key: summary, label: {zh: 内容摘要, en: Summary}, type: long}",
    )
    found = {one.part: one for one in differences(edition(pack), edition(other))}
    assert (
        found["process"].zh == "流程“客户备案流程”“已提交”：期限由“1 个工作日内”改为“2 个工作日内”"
    )
    assert (
        found["form"].zh == "表单“往来记录”：栏目由“内容摘要（文字，必填）”改为“内容摘要（长文字）”"
    )
    assert found["form"].article == "1、6 2"


def test_nothing_changes_between_a_policy_and_itself():
    text = (PACKS / "dealer-complaints" / "policy.yaml").read_text(encoding="utf-8")
    assert differences(edition(text), edition(text)) == []
