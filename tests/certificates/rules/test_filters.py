"""What of an address a saved filter keeps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.rules.filters import tidy


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("unit=3&q=&page=2&state=valid", "unit=3&state=valid"),
        ("q=+&page=all", ""),
        ("q=王", "q=%E7%8E%8B"),
        ("left=on&state=a&state=b", "left=on&state=a&state=b"),
        ("q=%ff%00", "q=%EF%BF%BD%00"),
        ("&".join(f"a{n}=1" for n in range(60)), ""),
        ("//evil.example", ""),
    ],
)
def test_it_keeps_what_was_asked_without_the_page(asked, kept):
    assert tidy(asked) == kept


@given(st.text(max_size=80))
def test_whatever_comes_in_nothing_but_a_query_string_comes_out(text):
    kept = tidy(text)
    assert tidy(kept) == kept
    assert not set(kept) & set("/\\:?#\r\n <>\"'")
