"""Who may start: every case a row."""

import datetime

import pytest

from exams.rules.access import Verdict, verdict

NOW = datetime.datetime(2026, 11, 20, 4, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
PLAIN = {
    "sitting_state": "open",
    "is_qualification": False,
    "category": "officer",
    "has_paper": True,
    "attempt_state": None,
    "closes_at": NOW + HOUR,
    "extra_seconds": 0,
    "at": NOW,
}
START, RESUME = Verdict(may_start=True), Verdict(may_resume=True)


@pytest.mark.parametrize(
    ("name", "case", "expected"),
    [
        ("invited, open", {}, START),
        ("before the opening", {"sitting_state": "scheduled"}, "not_yet"),
        ("after the end", {"sitting_state": "closed", "closes_at": NOW - HOUR}, "over"),
        ("after release", {"sitting_state": "released"}, "over"),
        (
            "after the end, within own extra time",
            {"sitting_state": "closed", "closes_at": NOW - HOUR, "extra_seconds": 3601},
            START,
        ),
        ("papers not frozen", {"sitting_state": "draft"}, "no_paper"),
        ("no paper", {"has_paper": False}, "no_paper"),
        ("writing", {"attempt_state": "open"}, RESUME),
        ("writing, window over", {"attempt_state": "open", "sitting_state": "closed"}, RESUME),
        ("handed in", {"attempt_state": "submitted"}, "already_submitted"),
        ("auxiliary at a training exam", {"category": "auxiliary"}, START),
        (
            "auxiliary at a qualification exam",
            {"category": "auxiliary", "is_qualification": True},
            "auxiliary",
        ),
        ("officer at a qualification exam", {"is_qualification": True}, START),
    ],
)
def test_verdict(name, case, expected):
    wanted = expected if isinstance(expected, Verdict) else Verdict(refusal=expected)
    assert verdict(**PLAIN | case) == wanted, name
