"""An editor asks for the shape of the files."""

import json

from tests.cli.conftest import Run


def test_policies_and_rehearsals_have_a_schema_each(run: Run):
    policy = json.loads(run("schema").output)
    rehearsal = json.loads(run("schema", "--rehearsal").output)
    assert {"policy", "articles", "settings"} <= set(policy["properties"])
    assert {"rehearsal", "steps", "staff"} <= set(rehearsal["properties"])
