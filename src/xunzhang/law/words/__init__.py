"""The law in words: conditions, whos, times and rules said in Chinese and English, as people say them."""

from __future__ import annotations

from xunzhang.law.words.conditions import say_condition, say_path, say_test
from xunzhang.law.words.phrase import Phrase
from xunzhang.law.words.rules import say_rule, say_rule_as
from xunzhang.law.words.speaker import Speaker, speaker, speaker_of
from xunzhang.law.words.stages import say_process, say_stage
from xunzhang.law.words.times import say_due
from xunzhang.law.words.whos import say_who

__all__ = [
    "Phrase",
    "Speaker",
    "say_condition",
    "say_due",
    "say_path",
    "say_process",
    "say_rule",
    "say_rule_as",
    "say_stage",
    "say_test",
    "say_who",
    "speaker",
    "speaker_of",
]
