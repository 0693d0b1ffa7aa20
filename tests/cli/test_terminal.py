"""Lines end where the terminal does."""

import pytest
from rich.cells import cell_len
from rich.text import Text

from xunzhang.cli.terminal import folded
from xunzhang.cli.words import Words, counted, language_named, language_of, speak


def lines(text: str, columns: int, hanging: int = 0) -> list[str]:
    return [line.plain for line in folded(Text(text), columns, hanging)]


@pytest.mark.parametrize(
    "text",
    [
        "新车交付后三个工作日内，销售部把档案交客户档案管理员（先自查）。",
        "one two three four five six seven eight",
        "混排 mixed 文字 with 𠮷野家 and 🚗🚗🚗 emoji，以及 averyveryverylongwordwithoutanyspaceinit",
    ],
)
@pytest.mark.parametrize("columns", [20, 33, 80])
def test_no_line_is_wider_than_the_terminal_and_nothing_is_lost(text: str, columns: int):
    found = lines(text, columns)
    assert max(map(cell_len, found)) <= columns
    assert "".join(found).replace(" ", "") == text.replace(" ", "")


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one():
    text = "条文（原文）说：“及时答复”，并且（如有必要）报告；" * 6
    for columns in range(20, 60):
        for line in lines(text, columns):
            assert line[0] not in "，；）”："
            assert line[-1] not in "（“"


def test_further_lines_hang():
    assert lines("one two three four five six", 22, 4) == ["one two three four", "    five six"]


def test_colours_stay_with_their_words():
    text = Text.assemble(("红红红红红红", "red"), "白白白白白白白白白白")
    first = folded(text, 20, 0)[0]
    assert [(span.start, span.end, span.style) for span in first.spans] == [(0, 6, "red")]


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("zh", "zh"),
        ("zh_CN.UTF-8", "zh"),
        ("zh-Hant-TW", "zh"),
        ("EN_gb", "en"),
        ("de_DE", None),
        ("", None),
        ("C", None),
    ],
)
def test_languages_by_name(name: str, language: str | None):
    assert language_named(name) == language


def test_the_first_variable_that_is_set_decides():
    assert language_of({"XUNZHANG_LANG": "zh", "LANG": "en_US"}) == "zh"
    assert language_of({"LC_ALL": "C", "LANG": "zh_CN"}) == "en"
    assert language_of({}) == "en"


def test_one_and_many():
    words = (Words("{n} 个", "{n} file"), Words("{n} 个", "{n} files"))
    speak("en")
    assert [counted(n, *words) for n in (0, 1, 2)] == ["0 files", "1 file", "2 files"]
