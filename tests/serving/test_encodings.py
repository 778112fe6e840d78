"""The smallest form that a browser takes is sent, and never one that it refuses."""

from __future__ import annotations

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustboard.serving.encodings import BROTLI, GZIP, PLAIN, chosen, packed


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("gzip, deflate, br, zstd", BROTLI),
        ("br;q=0.5, gzip;q=0.8", GZIP),
        ("GZIP", GZIP),
        ("x-gzip", GZIP),
        ("*", BROTLI),
        ("*;q=0.5, br;q=0", GZIP),
        ("br;q=0, gzip;q=0", PLAIN),
        ("identity, br;q=0.5", PLAIN),
        ("identity;q=0.5, br;q=0.6", BROTLI),
        ("deflate", PLAIN),
        ("", PLAIN),
        ("br;q=lots", PLAIN),
        ("br;q=nan", PLAIN),
        ("gzip;q=1.0;level=9", GZIP),
        (",,;,", PLAIN),
    ],
)
def test_the_weights_of_the_browser_decide(header: str, form: str) -> None:
    assert chosen(header) == form


@given(st.text(max_size=200))
def test_no_header_breaks_the_choice(header: str) -> None:
    assert chosen(header) in (BROTLI, GZIP, PLAIN)


@given(st.binary(max_size=2_000))
def test_every_form_holds_the_same_content(content: bytes) -> None:
    assert brotli.decompress(packed(content, BROTLI)) == content
    assert gzip.decompress(packed(content, GZIP)) == content
    assert packed(content, PLAIN) == content
    assert packed(content, GZIP) == packed(content, GZIP), "the same bytes at any time of day"
