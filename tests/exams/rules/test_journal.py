"""The texts inside an answer, however deep they lie."""

import pytest

from exams.rules import journal


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (["a1"], None),
        ({"p1": {"k3": "中🀄"}}, None),
        ("\x00", "nul"),
        ({"p1": ["a", "\x00"]}, "nul"),
        ({"\ud800": "a"}, "broken_text"),
        ({"p1": {"k3": "\udc00"}}, "broken_text"),
        ("字" * 21_845, None),
        ("字" * 21_846, "too_long"),
        ({"a": "字" * 11_000, "b": "字" * 11_000}, "too_long"),
        (5, None),
        (None, None),
    ],
)
def test_texts_are_looked_at_wherever_they_are(value, code):
    assert journal.check_text(value) == code


def test_a_deep_value_is_looked_at_without_recursion():
    value = "a"
    for _ in range(100_000):
        value = [value]
    assert journal.check_text(value) is None
