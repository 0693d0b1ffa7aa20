"""An ordinary complaint from the call to its review."""

from datetime import timedelta

import pytest

from xunzhang.cases import actions
from xunzhang.cases.models import Case, FormFiling
from xunzhang.cases.standing import standing_of
from xunzhang.lib.errors import Invalid, Refused

pytestmark = pytest.mark.django_db


def test_a_complaint_gets_a_number_a_title_and_its_process(complaint, noon):
    assert complaint.number == "TS-2026-0001"
    assert complaint.title == "更换零件后仍有异响"
    assert (complaint.kind, complaint.process_code, complaint.stage) == (
        "complaint",
        "general-complaint",
        "received",
    )
    assert complaint.filings.get().values["plate"] == "陕C12345"


def test_from_the_call_to_the_review(complaint, cast, noon):
    number = complaint.number

    def file(form, by, at, **values):
        actions.file_form(case=number, form=form, values=values, by=by.pk, at=at)

    def on(to, by, at):
        actions.advance(case=number, to=to, by=by.pk, at=at)

    on("judged", cast.mei, noon)
    file(
        "complaint-handling",
        cast.mei,
        noon,
        category="维修质量",
        founded="充分",
        reasonable="合理",
        grounds="工单",
        responsible=str(cast.sun.pk),
    )
    on("solving", cast.mei, noon)
    complaint.refresh_from_db()
    assert complaint.handler == cast.fang
    standing = standing_of(number, at=noon)
    assert standing is not None
    assert standing.who == (str(cast.sun.pk),)
    file(
        "complaint-finding",
        cast.sun,
        noon,
        cause="垫片装反",
        fault_department="售后服务部",
        at_fault=str(cast.sun.pk),
    )
    file("complaint-solution", cast.sun, noon, solution="免费返修", amount="300")
    on("approving", cast.sun, noon)
    with pytest.raises(Refused):
        on("answering", cast.mei, noon)
    actions.approve_stage(case=number, stage="approving", by=cast.gao.pk, at=noon, comment="同意")
    on("answering", cast.mei, noon)
    next_day = noon + timedelta(days=1)
    file(
        "complaint-answer",
        cast.zhu,
        next_day,
        notified_at=next_day,
        answer="已返修",
        reaction="接受",
    )
    on("asking", cast.zhu, next_day)
    file("satisfaction", cast.mei, next_day, satisfied=True)
    on("reviewing", cast.mei, next_day)
    file(
        "complaint-review",
        cast.mei,
        next_day,
        evaluation="处理及时",
        loss="0",
        measures=[{"measure": "加装复检", "person": str(cast.fang.pk), "due_on": "2026-05-10"}],
    )
    on("closed", cast.mei, next_day)
    complaint.refresh_from_db()
    assert (complaint.stage, complaint.closed_at) == ("closed", next_day)
    assert FormFiling.objects.filter(case=complaint).count() == 7


def test_the_way_on_is_refused_until_the_form_is_there_and_says_so(complaint, cast, noon):
    actions.advance(case=complaint.number, to="judged", by=cast.mei.pk, at=noon)
    with pytest.raises(Refused) as refused:
        actions.advance(case=complaint.number, to="solving", by=cast.mei.pk, at=noon)
    assert [one["article"] for one in refused.value.citations] == ["一般步骤2", "原则3"]
    complaint.refresh_from_db()
    assert complaint.stage == "judged"


def test_a_double_click_takes_in_one_complaint(company, cast, customer, noon, record_of):
    once = {
        "form": "complaint-record",
        "values": record_of(noon),
        "customer": customer.pk,
        "by": cast.gu.pk,
        "at": noon,
        "token": "same click",
    }
    assert actions.take_in(**once) == actions.take_in(**once)
    assert Case.objects.count() == FormFiling.objects.count() == 1


def test_what_is_missing_is_told_at_its_fields_and_nothing_is_kept(
    company, cast, customer, noon, record_of
):
    with pytest.raises(Invalid) as invalid:
        actions.take_in(
            form="complaint-record",
            values=record_of(noon, plate="", category="其他"),
            customer=customer.pk,
            by=cast.gu.pk,
            at=noon,
        )
    assert set(invalid.value.fields) == {"category"}
    with pytest.raises(Invalid) as invalid:
        actions.take_in(
            form="complaint-record",
            values=record_of(noon, plate="", major=True),
            customer=customer.pk,
            by=cast.gu.pk,
            at=noon,
        )
    assert set(invalid.value.fields) == {"plate", "major_reason", "accused"}
    assert Case.objects.count() == 0


def test_a_salesman_may_not_record_complaints(company, cast, customer, noon, record_of):
    with pytest.raises(Refused) as refused:
        actions.take_in(
            form="complaint-record",
            values=record_of(noon),
            customer=customer.pk,
            by=cast.li.pk,
            at=noon,
        )
    assert refused.value.citations[0]["article"] == "一般步骤1"
    assert Case.objects.count() == 0
