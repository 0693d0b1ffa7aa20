"""A name is found by a piece of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xunzhang.lib.search import index_tokens, matches, query_tokens

NAME = "北京华泰科技有限公司"


@pytest.fixture(scope="module")
def tokens() -> frozenset[str]:
    return frozenset(index_tokens(NAME, "HT-007 Huatai Ltd"))


@pytest.mark.parametrize(
    "text",
    [
        "北",
        "华泰",
        "泰科技",
        NAME,
        "bjht",
        "BJHT",
        "htkj",
        "beijing",
        "huatai",
        "jinghua",
        "b",
        "华泰ltd",
        "007",
    ],
)
def test_by_characters_initials_pinyin_or_the_number(tokens, text):
    assert matches(text, tokens)


@pytest.mark.parametrize("text", ["上海", "泰华", "shht", "shanghai", "", "  ", "！？"])
def test_not_by_what_it_does_not_hold(tokens, text):
    assert not matches(text, tokens)


@pytest.mark.parametrize("text", ["chongqing", "zhongqing", "cq", "zq", "重庆"])
def test_characters_of_several_sounds_are_found_by_each(text):
    assert matches(text, frozenset(index_tokens("重庆长安")))


@given(st.text(alphabet="北京上海华泰科技重行长乐", min_size=1, max_size=8), st.data())
def test_every_piece_of_a_name_finds_it(name, data):
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    assert matches(name[start:end], frozenset(index_tokens(name)))


@given(st.text(max_size=40))
def test_tokens_are_fit_for_a_search_index(text):
    for token in index_tokens(text) + query_tokens(text):
        assert token.isalnum()
        assert len(token) <= 3
