"""What holds of every shipped policy by itself."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from tests.law.test_schema import faults, told
from tests.law.test_words import cards_are_words

from xunzhang.law.lint import lint, lint_source
from xunzhang.law.loader import PACKS, load, pack_codes
from xunzhang.law.schema import json_schema, rehearsal_schema
from xunzhang.law.text import Edition

STORIES = 3


@lru_cache(maxsize=2)
def edition_of(path: Path) -> Edition:
    found, problems = load(path.read_bytes(), path.name)
    assert found is not None, [one.say("en") for one in problems]
    return found


@pytest.fixture(params=pack_codes())
def file(request: Any) -> Path:
    """The policy file of a pack."""
    return PACKS / str(request.param) / "policy.yaml"


def test_it_is_sound(file):
    """It leaves open decisions alone, and is told in words in both languages."""
    edition = edition_of(file)
    assert {one.code for one in lint_source(edition, file.read_bytes(), file.name)} <= {
        "open-decision"
    }
    assert {one.code for one in lint(edition, file.name)} <= {"open-decision"}
    for lang in ("zh", "en"):
        cards_are_words(edition, lang)


def test_editors_know_its_shape(file):
    """Policy and stories fit the schemas that editors use; of the stories some."""
    shape = json_schema()
    assert faults(told(file.read_bytes()), shape, shape) == []
    story = rehearsal_schema()
    for path in sorted((file.parent / "rehearsals").glob("*.yaml"))[:STORIES]:
        assert faults(told(path.read_bytes()), story, story) == [], path.name


def test_it_speaks_both_languages(file):
    """Everything that people read has its Chinese and its English."""
    edition = edition_of(file)
    texts = [
        edition.title,
        *(one.title for one in edition.articles),
        *(one.text for one in edition.articles),
    ]
    texts += [one.title for one in edition.forms.values()]
    texts += [field.key.label for one in edition.forms.values() for field in one.fields]
    for process in edition.processes.values():
        texts += [process.title, *(stage.title for stage in process.stages)]
    missing = [dict(one) for one in texts if one and not (one.get("zh") and one.get("en"))]
    assert missing == []
