"""Complaints on their way: most closed, one at each step, one late."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from xunzhang.cases import actions as cases
from xunzhang.cases.models import Case
from xunzhang.demo.stage import Stage, clock, workday_after
from xunzhang.law.calendar import company_time

ADVISER, MANAGER, CLERK, GENERAL = "H033", "H031", "H035", "H001"
STORIES = (
    (
        "维修质量",
        "保养后仪表盘故障灯又亮，要求免费复查",
        "传感器插头未插紧",
        "免费复查并赠送一次洗车",
        "F001",
    ),
    (
        "服务质量",
        "预约十点到店，等到十一点半才接车",
        "当日工位排满未及时告知",
        "当面致歉并改为优先预约",
        "F002",
    ),
    ("产品质量", "新车后门异响，路况不好时更明显", "密封条安装不到位", "更换密封条", "S001"),
    (
        "新车购销合同",
        "合同写明赠送脚垫，提车时没有",
        "销售顾问漏填赠品单",
        "补发脚垫并致歉",
        "S002",
    ),
    ("维修质量", "更换刹车片后有尖锐声音", "刹车片未做倒角", "返工处理，工时免费", "F003"),
    (
        "服务质量",
        "电话回访时间太晚，打扰休息",
        "回访时间未按客户要求登记",
        "修改回访时间并登记",
        "S003",
    ),
)


class Complaints:
    """The complaints of half a year."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.count = 0

    def take(self, day: date, *, until: str = "", slow: bool = False) -> None:
        """Plan one complaint, and its way up to the stage `until`; without one it is closed."""
        self.stage.soon(
            day, clock(self.stage.chance, 9, 11), lambda at: self._take(at, until, slow=slow)
        )

    def _take(self, at: datetime, until: str, *, slow: bool) -> None:
        stage = self.stage
        category, content, cause, solution, fault = STORIES[self.count % len(STORIES)]
        self.count += 1
        customer = stage.chance.choice(stage.customers)
        values = {
            "happened_at": at - timedelta(hours=1),
            "category": category,
            "content": content,
            "complainant": customer.name[:8],
            "plate": f"陕C{stage.chance.randrange(10000, 99999)}",
            "major": False,
        }
        case = cases.take_in(
            form="complaint-record",
            values=values,
            customer=customer.pk,
            by=stage.id(ADVISER),
            at=at,
        )
        way = _Way(stage, case, category, cause, solution, fault, company_time(at).date())
        way.plan(until, slow=slow)


class _Way:
    """The way of one complaint through its stages."""

    def __init__(
        self,
        stage: Stage,
        case: Case,
        category: str,
        cause: str,
        solution: str,
        fault: str,
        day: date,
    ) -> None:
        self.stage = stage
        self.case = case.number
        self.category = category
        self.cause = cause
        self.solution = solution
        self.fault = fault
        self.day = day

    def plan(self, until: str, *, slow: bool) -> None:
        """Plan the steps up to `until`; a slow one misses its workday."""
        first = self.day
        solved = workday_after(first, 4 if slow else 1)
        answered = workday_after(solved, 1)
        asked = workday_after(answered, 2)
        steps = (
            ("judged", first, time(14, 10), self._judge),
            ("solving", solved, time(15, 20), self._solve),
            ("approving", solved, time(16, 30), self._agree),
            ("answering", answered, time(10, 5), self._answer),
            ("asking", asked, time(11, 0), self._ask),
            ("closed", workday_after(asked, 1), time(16, 0), self._review),
        )
        for name, day, at, do in steps:
            if name == until:
                return
            self.stage.soon(day, at, do)

    def _file(self, form: str, code: str, at: datetime, **values: object) -> None:
        cases.file_form(form=form, values=values, case=self.case, by=self.stage.id(code), at=at)

    def _to(self, to: str, code: str, at: datetime) -> None:
        cases.advance(case=self.case, to=to, by=self.stage.id(code), at=at)

    def _judge(self, at: datetime) -> None:
        self._to("judged", ADVISER, at)
        self._file(
            "complaint-handling",
            MANAGER,
            at,
            category=self.category,
            founded="充分",
            reasonable="合理",
            grounds="与客户核对并查看派工记录",
            responsible=self.stage.id(MANAGER),
        )
        self._to("solving", MANAGER, at)

    def _solve(self, at: datetime) -> None:
        self._file(
            "complaint-finding",
            MANAGER,
            at,
            cause=self.cause,
            fault_department="售后服务部",
            at_fault=self.stage.id("F001" if self.fault.startswith("F") else "S001"),
        )
        self._file("complaint-solution", MANAGER, at, solution=self.solution, amount=Decimal(120))
        self._to("approving", MANAGER, at)

    def _agree(self, at: datetime) -> None:
        cases.approve_stage(
            case=self.case, stage="approving", by=self.stage.id(GENERAL), at=at, comment="同意"
        )
        self._to("answering", MANAGER, at)

    def _answer(self, at: datetime) -> None:
        self._file(
            "complaint-answer",
            CLERK,
            at,
            notified_at=at,
            answer=self.solution,
            reaction="客户表示接受",
        )
        self._to("asking", MANAGER, at)

    def _ask(self, at: datetime) -> None:
        self._file("satisfaction", MANAGER, at, satisfied=True, content="满意")
        self._to("reviewing", MANAGER, at)

    def _review(self, at: datetime) -> None:
        measures = [
            {
                "measure": "班前会通报并演示正确做法",
                "person": self.stage.id("F001"),
                "due_on": at.date() + timedelta(days=7),
            }
        ]
        self._file(
            "complaint-review",
            MANAGER,
            at,
            evaluation="处理得当，客户满意",
            loss=Decimal(0),
            delay_person=self.stage.id(MANAGER),
            measures=measures,
        )
        self._to("closed", MANAGER, at)
        done = workday_after(company_time(at).date(), 3)
        self.stage.soon(
            done,
            time(17, 0),
            lambda later: self.stage.record(
                "improvement.confirmed",
                MANAGER,
                later,
                case=self.case,
                measure=measures[0]["measure"],
            ),
        )
