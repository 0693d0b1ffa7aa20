"""What a policy's people read on screen: names in words, never the raw type or key that the file is written with."""

import re
from collections.abc import Iterator, Mapping

import pytest

from xunzhang.law import loader, shelf
from xunzhang.law.text import Edition
from xunzhang.law.vocabulary import Key, Kind, Words
from xunzhang.law.words import speaker_of

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("code", loader.pack_codes())
def test_every_event_action_and_key_of_a_shipped_policy_has_words_in_both_languages(code):
    """A type has a name of its own; a key has a label, there or elsewhere in the policy."""
    edition = shelf.pack(code)
    assert edition is not None
    assert sorted(nameless(edition)) == []
    assert sorted(unlabelled(edition)) == []


def kinds_of(edition: Edition) -> list[Kind]:
    return [*edition.vocabulary.events.values(), *edition.vocabulary.actions.values()]


def nameless(edition: Edition) -> Iterator[str]:
    return (kind.type for kind in kinds_of(edition) if not in_both(kind.name))


def unlabelled(edition: Edition) -> Iterator[str]:
    chinese, english = speaker_of(edition, "zh"), speaker_of(edition, "en")
    for kind in kinds_of(edition):
        zh, en = (by.about_keys(kind.keys) for by in (chinese, english))
        for name in kind.keys:
            if not in_both({"zh": zh.key(name), "en": en.key(name)}):
                yield f"{name} of {kind.type}"
    for keys in (edition.vocabulary.customer_keys, edition.vocabulary.staff_keys):
        yield from bare(keys)


def bare(keys: Mapping[str, Key]) -> Iterator[str]:
    return (f"{name} of people" for name, key in keys.items() if not in_both(key.label))


def in_both(words: Words | None) -> bool:
    zh, en = (str((words or {}).get(lang) or "") for lang in ("zh", "en"))
    return bool(CHINESE.search(zh)) and bool(en) and not CHINESE.search(en)
