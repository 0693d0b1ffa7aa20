"""How Chinese text is read aloud: syllables without tones."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.seg.mmseg import seg

CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
RUNS = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[^\u3400-\u9fff\U00020000-\U0003ffff]+")
TAILS = ("股份有限公司", "有限责任公司", "有限公司", "公司")

PROVINCES = (
    "北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|"
    "湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|中国"
)
CITIES = (
    "广州|深圳|杭州|南京|苏州|成都|武汉|西安|长沙|郑州|青岛|宁波|厦门|济南|合肥|福州|大连|沈阳|"
    "无锡|佛山|东莞|昆明|长春|哈尔滨|石家庄|太原|南昌|南宁|贵阳|海口|兰州|银川|西宁|乌鲁木齐|"
    "呼和浩特|温州|常州|珠海|泉州|烟台|徐州|嘉兴|绍兴|台州|金华|惠州|中山"
)
REGION_PREFIX = re.compile(rf"^(?:(?:{PROVINCES})省?市?(?:自治区)?)?(?:(?:{CITIES})市?)?")


def plain(text: str) -> str:
    """Return the text in one width and case, with only letters and digits left."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if folded.isalnum():
        return folded
    return "".join(char for char in folded if char.isalnum())


@lru_cache(maxsize=4_096)
def bare(reading: str) -> str:
    """Return a pinyin syllable without its tone mark; ü is written v, as it is typed."""
    decomposed = unicodedata.normalize("NFD", reading.replace("ü", "v"))
    marked = decomposed.replace("u\u0308", "v")
    return "".join(char for char in marked if not unicodedata.combining(char))


@lru_cache(maxsize=1)
def syllables() -> frozenset[str]:
    """Return every syllable that a Chinese character may have."""
    return frozenset(
        bare(reading) for readings in PINYIN_DICT.values() for reading in readings.split(",")
    )


@lru_cache(maxsize=1)
def plain_readings() -> dict[str, str]:
    """Return the characters that sound alike in every word that the dictionary knows, with that sound.

    Only names with another character need the dictionary of words, which is ten times slower.
    """
    first = {chr(code): bare(readings.split(",")[0]) for code, readings in PINYIN_DICT.items()}
    varying = {
        char
        for word, readings in PHRASES_DICT.items()
        for char, reading in zip(word, readings, strict=False)
        if bare(reading[0]) != first.get(char)
    }
    return {char: reading for char, reading in first.items() if char not in varying}


@lru_cache(maxsize=16_384)
def read_word(word: str) -> tuple[str, ...]:
    """Return the syllables of a word of the dictionary; what is not Chinese stays one unit."""
    return tuple(unit.lower() for unit in lazy_pinyin(word))


@lru_cache(maxsize=4_096)
def read_part(text: str) -> tuple[str, ...]:
    """Return the syllables of a part of a name; letters and digits together are one unit."""
    known = plain_readings()
    spoken: list[str] = []
    for run in RUNS.findall(text):
        if not CHINESE.match(run):
            spoken.append(run)
            continue
        alone = [known.get(char, "") for char in run]
        if "" not in alone:
            spoken += alone
        else:
            for word in seg.cut(run):
                spoken += read_word(word)
    return tuple(spoken)


def syllables_of(text: str) -> tuple[str, ...]:
    """Return the syllables of a name: its region, its own part and its legal form are read each by itself."""
    region = REGION_PREFIX.match(text)
    start = region.end() if region else 0
    tail = next((tail for tail in TAILS if text.endswith(tail)), "")
    end = max(len(text) - len(tail), start)
    return read_part(text[:start]) + read_part(text[start:end]) + read_part(text[end:])
