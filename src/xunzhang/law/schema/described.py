"""What each key of a rule means, in Chinese, for editors."""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "duty": "事后任务：某事发生后，某人须在期限内做某事",
    "cadence": "客户频次：每位符合条件的客户每个周期须有几次某事", "recurring": "定期任务：某人每个周期须做某事",
    "quota": "比例要求：某类事件中至少有多少须接着做某事", "breach": "违规：事件本身就是错的",
    "gate": "准入：不满足条件的操作不予办理", "approval": "审批：操作须经谁同意", "cap": "上限：操作的数额不得超过",
    "checklist": "清单：档案须备齐的材料", "grade": "评级：评分定级，或给事件分类",
    "target": "指标：每个周期的衡量值须达到", "sanction": "处罚建议：对违规拟作的处理，由人决定",
    "award": "积分：事件得分", "promotion": "晋升：连续达标改任角色",
    "allocation": "分配：把客户或个案公平地分给人", "reclaim": "回收：长期没有动静的客户转入公海或交给别人",
    "guide": "指引：办事时的提示，不阻拦", "notice": "通知：事件发生时告知谁",
    "set": "变更：事件发生时更改客户或员工资料", "post": "岗位：角色或负责人不得空缺",
}

KEYS: Mapping[str, str] = {
    "id": "规则编号，在本制度内唯一", "kind": "规则种类", "if": "条件，满足时本规则才起作用",
    "item": "条内的项，如 （六）", "instead_of": "本规则起作用时，代替哪些规则", "when": "哪些事件之后",
    "who": "由谁", "do": "须做的事（事件）", "match": "哪些键相同才算同一件事，默认 [customer]", "within": "期限",
    "by": "时点", "from": "从哪个日期起算", "of": "对象", "shift": "遇休息日提前（before）或顺延（after）",
    "where": "完成的事件须满足的条件", "evidence": "完成的事件须带的键", "remind": "提醒", "breach": "违规代码",
    "again": "仍未完成时，每过多久再记一次", "escalate": "逾期后告知谁", "once": "只要求一次",
    "for_each": "每个值各一项", "for": "对哪些客户", "personal": "须本人完成", "opens": "多久以后才开始",
    "count": "计数", "suspended_by": "哪些事件使计时暂停", "resumed_by": "哪些事件使计时继续",
    "cancelled_by": "哪些事件使任务取消", "every": "周期", "at_least": "至少多少", "at_most": "至多多少",
    "signed": "签字齐全才算完成", "done_by": "谁做的才算", "share": "比例，如 80%", "per": "按什么分别计算",
    "action": "哪个操作", "only_if": "满足才办理", "refuse_if": "满足则不予办理",
    "not_while": "哪些规则的任务未完成时不予办理", "say": "提示的话", "else": "不满足时：refused 或 warn",
    "table": "审批表", "valid": "批准后多久内有效", "limit": "上限，如 {amount: 500}",
    "over": "超过时：refused、warn 或 {by: …}", "items": "材料", "file": "档案的名称", "on": "哪些事件时检查",
    "unsigned": "缺签字的违规代码", "name": "名称", "indicators": "指标", "classes": "等级",
    "first_after": "备案后多久首次评定", "key": "得到的等级写入哪个键",
    "metric": "衡量，如 count customer.visited by owner", "duty": "未达到时的任务 {who, do, within}",
    "fine": "罚款（元）、范围 100..1000 或 open", "steps": "按次数递进的处理", "deduct": "扣绩效工资，如 10%..30%",
    "choose": "由决定人选定的处理", "counting": "合并计次的违规代码", "once_per": "同一值算一次",
    "double_from": "第几次起加倍", "confirm": "由谁决定", "also": "连带同样处理的人", "to": "给谁",
    "points": "积分，或 {per, of, give}", "consecutive": "连续几个周期，如 3 months", "among": "分给哪些人",
    "method": "方式：equal 平均、load 任务少者、region 同地区", "gives": "给什么：customer 或 case",
    "without": "没有哪些事件", "at": "在哪个操作或阶段（流程/阶段）", "text": "内容",
    "read_within": "多久内须确认已读", "customer": "客户的新值", "staff": "员工的新值", "role": "哪个角色",
    "has": "须有 owner（负责人）",
}

MEANT: Mapping[tuple[str, str], str] = {
    ("approval", "by"): "审批步骤，依次", ("grade", "by"): "评定人，或评定的时点",
    ("grade", "of"): "customer、staff，或事件、操作类型", ("quota", "of"): "哪些事件之中",
    ("cap", "of"): "累计哪些事件", ("duty", "of"): "哪个周期的时点，如 next month",
    ("checklist", "of"): "customer：客户的档案", ("sanction", "from"): "从第几次起",
    ("sanction", "over"): "累计的周期", ("sanction", "per"): "按什么计，只用于措辞",
    ("promotion", "from"): "原角色", ("promotion", "to"): "新角色", ("award", "once"): "哪些键相同只计一次",
    ("reclaim", "within"): "多久", ("reclaim", "to"): "pool（公海）或人员", ("target", "duty"): "未达到时的任务",
    ("breach", "count"): "计几次：数字或键", ("duty", "count"): "违规按哪个键计数",
}


def described(kind: str, key: str) -> str:
    """What a key of a kind means."""
    return MEANT.get((kind, key)) or KEYS[key]
