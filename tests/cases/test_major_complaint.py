"""A major complaint, and an ordinary one that turns out to be major."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from xunzhang.cases import actions
from xunzhang.cases.actions.reporting import reportable
from xunzhang.cases.models import Case
from xunzhang.cases.queries.filings import filed_form
from xunzhang.cases.standing import standing_of
from xunzhang.lib.errors import Refused, StaleRevision
from xunzhang.organisation.models import Person
from xunzhang.policy.models import DutyRow, Notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def major(company, cast, customer, noon, record_of) -> Case:
    values = record_of(noon, major=True, major_reason="媒体关注", accused="售后服务部")
    return actions.take_in(
        form="complaint-record", values=values, customer=customer.pk, by=cast.gu.pk, at=noon
    )


def file(case: Case, form: str, by: Person, at: datetime, **values: Any) -> Any:
    return actions.file_form(case=case.number, form=form, values=values, by=by.pk, at=at)


def on(case: Case, to: str, by: Person, at: datetime) -> Case:
    return actions.advance(case=case.number, to=to, by=by.pk, at=at)


def negotiated(major: Case, cast: SimpleNamespace, noon: datetime) -> Any:
    on(major, "meeting", cast.mei, noon)
    file(major, "emergency-meeting", cast.mei, noon, held_at=noon, decision="当天上门检测",
         participants=[str(cast.gao.pk), str(cast.fang.pk)])  # fmt: skip
    on(major, "solving", cast.mei, noon)
    file(major, "complaint-finding", cast.mei, noon, cause="油泵故障", no_fault_reason="厂家批次")
    file(major, "complaint-solution", cast.mei, noon, solution="更换油泵")
    on(major, "negotiating", cast.mei, noon)
    return file(major, "negotiation", cast.mei, noon, relations_manager=str(cast.mei.pk),
                business_manager=str(cast.fang.pk), agreement="更换油泵并延保一年")  # fmt: skip


def test_the_managers_are_told_and_see_the_case(major, cast):
    assert major.process_code == "major-complaint"
    told = Notification.objects.filter(kind="notice").values_list("person", flat=True)
    assert set(told) == {str(cast.fang.pk), str(cast.gao.pk)}
    seen = {row.person for row in major.involvements.all()}
    assert {cast.fang, cast.gao, cast.gu, cast.mei} <= seen


def test_without_the_record_of_the_meeting_nobody_proposes_a_solution(major, cast, noon):
    on(major, "meeting", cast.mei, noon)
    with pytest.raises(Refused) as refused:
        file(major, "complaint-solution", cast.mei, noon, solution="更换油泵")
    assert "重大步骤2" in [one["article"] for one in refused.value.citations]
    assert major.filings.count() == 1


def test_both_managers_sign_the_negotiation_before_it_goes_on(major, cast, noon):
    filing = negotiated(major, cast, noon)
    with pytest.raises(Refused):
        on(major, "asking", cast.mei, noon)
    with pytest.raises(Refused) as refused:
        actions.sign_form(filing=filing.number, by=cast.gu.pk, at=noon)
    assert refused.value.code == "not-yours-to-sign"
    for _ in range(2):
        actions.sign_form(filing=filing.number, by=cast.fang.pk, at=noon)
    found = filed_form(filing, at=noon)
    assert found is not None
    assert found.signed_by_all()
    assert on(major, "asking", cast.mei, noon).stage == "asking"


def test_an_unsatisfied_customer_brings_it_back_and_delay_has_a_name(major, cast, noon):
    filing = negotiated(major, cast, noon)
    actions.sign_form(filing=filing.number, by=cast.fang.pk, at=noon)
    on(major, "asking", cast.mei, noon)
    file(major, "satisfaction", cast.mei, noon, satisfied=False, content="还没修好")
    with pytest.raises(Refused):
        on(major, "reviewing", cast.mei, noon)
    on(major, "meeting", cast.mei, noon)
    standing = standing_of(major.number, at=noon)
    assert standing is not None
    assert [one.code for one in standing.following] == ["solving"]


def test_an_ordinary_complaint_turns_out_to_be_major(complaint, cast, noon):
    number = complaint.number
    assert "complaint.flagged" in reportable(number, at=noon)
    told = {"accused": "售后服务部", "reason": "媒体关注"}
    actions.report(case=number, type="complaint.flagged", values=told, by=cast.mei.pk, at=noon)
    with pytest.raises(Refused):
        actions.move_to_process(case=number, process="major-complaint", by=cast.zhu.pk, at=noon)
    moved = actions.move_to_process(case=number, process="major-complaint", by=cast.mei.pk, at=noon)
    assert (moved.process_code, moved.stage) == ("major-complaint", "received")
    assert on(complaint, "meeting", cast.mei, noon).stage == "meeting"


def test_a_measure_is_owed_and_reported_after_the_case_is_closed(complaint, cast, noon):
    day = (noon + timedelta(days=10)).date()
    file(complaint, "complaint-review", cast.mei, noon, evaluation="好", loss="0",
         measures=[{"measure": "加装复检", "person": str(cast.fang.pk), "due_on": day}])  # fmt: skip
    owed = DutyRow.objects.get(rule="measure-carried-out")
    assert owed.who == [str(cast.fang.pk)]
    told = {"measure": "加装复检", "result": "已落实"}
    actions.report(
        case=complaint.number, type="improvement.confirmed", values=told, by=cast.fang.pk, at=noon
    )
    owed.refresh_from_db()
    assert owed.state == "done"


def test_a_case_is_given_to_another_handler(complaint, cast, noon):
    actions.hand_to(
        case=complaint.number, person=cast.sun.pk, reason="原经办人休假", by=cast.mei.pk, at=noon
    )
    complaint.refresh_from_db()
    standing = standing_of(complaint.number, at=noon)
    assert standing is not None
    assert (complaint.handler, standing.state.handler) == (cast.sun, str(cast.sun.pk))


def test_who_read_an_old_page_is_told_that_the_case_has_gone_on(complaint, cast, noon):
    read = complaint.revision
    on(complaint, "judged", cast.mei, noon)
    with pytest.raises(StaleRevision):
        actions.hand_to(
            case=complaint.number, person=cast.sun.pk, revision=read, by=cast.mei.pk, at=noon
        )
