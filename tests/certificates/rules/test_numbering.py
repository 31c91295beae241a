"""Certificate numbers."""

import pytest

from certificates.rules import numbering


@pytest.mark.parametrize(
    ("prefix", "good"),
    [
        ("YXPX", True),
        ("A1", True),
        ("A", False),
        ("yx", False),
        ("1A", False),
        ("云汐", False),
        ("A" * 13, False),
    ],
)
def test_prefix(prefix, good):
    assert numbering.is_prefix(prefix) is good


@pytest.mark.parametrize(("serial", "text"), [(1, "YXPX-2026-000001"), (1_234_567, "YXPX-2026-1234567")])
def test_number_and_back(serial, text):
    assert numbering.certificate_number("YXPX", 2026, serial) == text
    assert numbering.parts(text) == ("YXPX", 2026, serial)


@pytest.mark.parametrize(("prefix", "serial"), [("yx", 1), ("YX", 0)])
def test_no_number_from_nonsense(prefix, serial):
    with pytest.raises(ValueError, match="no number"):
        numbering.certificate_number(prefix, 2026, serial)


def test_what_is_no_number_has_no_parts():
    assert numbering.parts("YXPX/2026/1") is None
