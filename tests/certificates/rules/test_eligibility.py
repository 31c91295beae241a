"""Who may be given a certificate."""

import pytest

from certificates.rules.eligibility import LAW, Refusal, mixes_enforcement, refusal


@pytest.mark.parametrize(
    ("category", "allowed", "left", "expected"),
    [
        ("officer", ["officer"], False, None),
        ("auxiliary", ["officer"], False, Refusal.AUXILIARY),
        ("auxiliary", ["officer", "civilian"], False, Refusal.AUXILIARY),
        ("civilian", ["officer"], False, Refusal.CATEGORY),
        ("auxiliary", ["auxiliary"], False, None),
        ("officer", ["auxiliary"], False, Refusal.CATEGORY),
        ("officer", ["officer"], True, Refusal.LEFT),
        ("auxiliary", [], False, Refusal.AUXILIARY),
    ],
)
def test_refusal(category, allowed, left, expected):
    assert refusal(category=category, allowed=allowed, has_left=left) == expected


def test_the_law_is_named():
    assert "行政处罚法" in LAW
    assert "第四十二条" in LAW


@pytest.mark.parametrize(
    ("allowed", "mixed"),
    [(["officer"], False), (["officer", "auxiliary"], True), (["auxiliary", "civilian"], False)],
)
def test_officers_and_auxiliaries_share_no_title(allowed, mixed):
    assert mixes_enforcement(allowed) is mixed
