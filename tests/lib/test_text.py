"""One spelling for what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xunzhang.lib.text import company_key, phone_key, tidy, tidy_long


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("　华泰 　科技　", "华泰 科技"),
        ("ＡＢＣ－１２３", "ABC-123"),
        ("华\u200b泰\x00科\u202e技", "华泰科技"),
        ("一\t二\n三", "一 二 三"),
    ],
)
def test_a_line_is_tidied(typed, kept):
    assert tidy(typed) == kept


@given(st.text())
def test_a_tidy_line_stays_as_it_is_and_has_nothing_hidden(typed):
    once = tidy(typed)
    assert tidy(once) == once
    assert once == once.strip()
    assert "\x00" not in once


def test_long_text_keeps_its_lines():
    assert tidy_long("第一行 \r\n\x00第二行\t好\n\n") == "第一行\n第二行 好"


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "+86 138 0013 8000",
        "0086-138-0013-8000",
        "１３８００１３８０００",
        "86 13800138000",
    ],
)
def test_one_mobile_number_in_every_spelling(typed):
    assert phone_key(typed) == "13800138000"


def test_other_numbers_keep_what_tells_them_apart():
    assert phone_key("010-6655 4433") == "01066554433"
    assert phone_key("+852 2345 6789") == "0085223456789"


@pytest.mark.parametrize(
    "typed",
    [
        "华泰科技有限公司",
        "华泰科技 有限责任公司",
        "华泰科技股份有限公司",
        "“华泰科技”公司",
        "华泰科技",
    ],
)
def test_a_companys_name_is_the_same_whatever_its_legal_form(typed):
    assert company_key(typed) == "华泰科技"


def test_brackets_and_widths_do_not_make_another_company():
    assert company_key("华泰（北京）科技有限公司") == company_key("华泰(北京)科技有限公司")
    assert company_key("有限公司") == "有限公司"
