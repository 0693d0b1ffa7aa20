"""Every sentence of the product has its Chinese, with the same values in it."""

import re
from pathlib import Path

import polib
import pytest

import xunzhang

_VALUE = re.compile(r"%\(\w+\)[sd]")
CATALOGUE = polib.pofile(
    str(Path(xunzhang.__file__).parent / "locale/zh_Hans/LC_MESSAGES/django.po")
)


def test_nothing_is_left_in_english():
    waiting = [entry.msgid for entry in CATALOGUE if not entry.translated() and not entry.obsolete]
    assert waiting == []


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.msgid[:40])
def test_the_values_of_a_sentence_are_all_there(entry: polib.POEntry):
    written = entry.msgstr or "".join(entry.msgstr_plural.values())
    meant = entry.msgid_plural or entry.msgid
    assert set(_VALUE.findall(written)) == set(_VALUE.findall(meant))
