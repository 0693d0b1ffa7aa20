"""Somebody looks up a word before writing a rule."""

import json

from tests.cli.conftest import Run

from xunzhang.law.loader import product_vocabulary


def test_everything_is_listed_with_types_and_names(run: Run):
    page = run("vocabulary", "--lang", "zh").output
    for kind in (*product_vocabulary().events, *product_vocabulary().actions):
        assert f"  {kind}  " in page
    assert "complaint.received  受理投诉" in page
    assert "category: text" in page


def test_a_part_of_a_name_finds_events_and_actions(run: Run):
    page = run("vocabulary", "投诉", "--lang", "zh").output
    assert "complaint.received" in page
    assert "customer.visited" not in page


def test_programs_get_the_same(run: Run):
    found = json.loads(run("vocabulary", "--json").output)
    assert set(found) == {"events", "actions", "customer_keys", "staff_keys"}
    assert set(found["events"]) == set(product_vocabulary().events)
    received = found["events"]["complaint.received"]
    assert received["name"]["zh"] == "受理投诉"
    assert received["keys"]["category"]["type"] == "text"
    assert found["customer_keys"]["owner"]["type"] == "staff"
    assert found["events"]["customer.visited"]["action"] == "visit.record"
    assert "action" not in received
