"""Every no has one shape."""

from xunzhang.lib.errors import Conflict, Invalid, Refused, StaleRevision


def test_a_refusal_crosses_to_a_program_with_its_articles_and_values():
    refusal = Refused("cap-exceeded", "已满", citations=[{"article": "9"}], values={"count": 50})
    assert refusal.as_json() == {
        "code": "cap-exceeded",
        "message": "已满",
        "citations": [{"article": "9"}],
        "values": {"count": 50},
    }
    assert str(refusal) == "已满"


def test_somebody_elses_change_is_a_conflict_that_names_both_revisions():
    stale = StaleRevision(read=3, stands=5)
    assert isinstance(stale, Conflict)
    assert stale.values == {"read": 3, "stands": 5}


def test_what_was_entered_wrongly_is_told_by_field():
    wrong = Invalid({"name": ["太长"], "phone": ["不是号码"]})
    assert wrong.as_json()["fields"] == {"name": ["太长"], "phone": ["不是号码"]}
    assert "2" in wrong.message
