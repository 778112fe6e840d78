"""Nothing from data or from the address bar can become markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustboard.ui.escape import link, markdown, plain, safe_url, shorten, text, with_links
from trustboard.ui.html_table import LONGEST, html_table

HOSTILE = "<script>alert('x')</script>\"&"


@given(st.text())
def test_escaped_text_never_holds_a_raw_angle_bracket_or_quote(words):
    assert not set(text(words)) & set("<>\"'")


@given(st.text(alphabet="[]()*_`#:$|a<>\\!"))
def test_escaped_markdown_has_a_backslash_before_every_sign(words):
    bare = markdown(words)
    unescaped = bare.replace("\\\\", "")
    for position, sign in enumerate(unescaped):
        if sign in "[]()*_`#:$|<>!":
            assert unescaped[position - 1] == "\\"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        " java\tscript:alert(1)",
        "//evil.example",
        "https://",
        "http://[broken",
        "",
    ],
)
def test_only_web_addresses_become_links(address):
    assert safe_url(address) is None
    assert "<a" not in link("here", address)


def test_a_link_escapes_its_label_and_its_address():
    made = link(HOSTILE, 'https://a.example/?q="><script>')
    assert "<script>" not in made
    assert made.count("<a ") == 1
    assert 'rel="noopener noreferrer"' in made


def test_addresses_inside_text_become_links_and_the_rest_stays_text():
    made = with_links("<i> see https://a.example/x, and more")
    assert made.startswith("&lt;i&gt; see <a ")
    assert ">https://a.example/x</a>, and more" in made


STEERING = {
    *range(9),
    *range(11, 32),
    *range(127, 160),
    0xAD,
    0x61C,
    0x180E,
    0x200B,
    0x200E,
    0x200F,
}
STEERING |= {*range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC)}
STEERING |= set(range(0xE0000, 0xE0080))
SIGNS = st.characters() | st.sampled_from(sorted(map(chr, STEERING)))


@given(st.text(alphabet=SIGNS))
def test_whatever_a_text_holds_no_sign_that_steers_stays_and_nothing_else_goes(words):
    assert plain(words) == "".join(one for one in words if ord(one) not in STEERING)


def test_direction_and_control_signs_are_taken_out():
    assert text("a\u202eb\x00c") == "abc"


def test_a_visitors_own_words_are_cut_before_they_are_repeated():
    assert len(shorten("x" * 500, longest=40)) == 40


def test_a_table_escapes_every_cell_its_heads_and_its_caption():
    table = html_table([HOSTILE], [[HOSTILE]], caption=HOSTILE)
    assert "<script" not in table
    assert table.count('scope="row"') == 1
    assert table.count('scope="col"') == 1


def test_a_long_table_says_how_many_rows_it_leaves_out():
    rows = [["x"]] * (LONGEST + 3)
    assert "3 further rows are not shown" in html_table(["a"], rows, caption="c")
