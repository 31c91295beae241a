"""What a failed change exam proposes, as a table."""

import datetime
from decimal import Decimal

import pytest

from certificates.rules.proposing import (
    Cause,
    Policy,
    Proposed,
    Second,
    Standing,
    Suspension,
    from_json,
    key,
    propose,
    to_json,
)

NOON = datetime.datetime(2026, 11, 20, 4, 0, tzinfo=datetime.UTC)


def day(number):
    return NOON + datetime.timedelta(days=number)


def cause(*fails, passed=None, late=False):
    moments = tuple(day(number) for number in fails)
    return Cause("change:1", "修订", moments, None if passed is None else day(passed), late)


HELD, OUT, OTHER = Standing.HELD, Standing.SUSPENDED, Standing.OTHER
SINCE = Suspension(day(5))
CASES = [
    ("failed once", cause(1), HELD, None, Policy(), Proposed.SUSPEND),
    ("failed once of two", cause(1), HELD, None, Policy(tries=2), None),
    ("failed twice of two", cause(1, 2), HELD, None, Policy(tries=2), Proposed.SUSPEND),
    ("failed, then passed", cause(1, passed=2), HELD, None, Policy(), None),
    ("passed, then failed", cause(3, passed=2), HELD, None, Policy(), Proposed.SUSPEND),
    ("late where that counts", cause(late=True), HELD, None, Policy(late_counts=True), Proposed.SUSPEND),
    ("late where it does not", cause(late=True), HELD, None, Policy(), None),
    ("nobody without a certificate", cause(1), OTHER, None, Policy(), None),
    ("suspended for something else", cause(1), OUT, None, Policy(), None),
    ("suspended, nothing since", cause(1), OUT, SINCE, Policy(), None),
    ("passed since", cause(1, passed=6), OUT, SINCE, Policy(), Proposed.REINSTATE),
    ("passed before", cause(1, passed=4), OUT, SINCE, Policy(), None),
    ("passed, but not trained", cause(1, passed=6), OUT, SINCE, Policy(remedial_hours=8), None),
    (
        "passed and trained",
        cause(1, passed=6),
        OUT,
        Suspension(day(5), Decimal(8)),
        Policy(remedial_hours=8),
        Proposed.REINSTATE,
    ),
    ("failed again", cause(1, 7), OUT, SINCE, Policy(), Proposed.REVOKE),
    ("failed again, taken back", cause(1, 7), OUT, SINCE, Policy(second=Second.WITHDRAW), Proposed.WITHDRAW),
    ("failed again, nothing", cause(1, 7), OUT, SINCE, Policy(second=Second.NOTHING), None),
    ("failed again once of two", cause(1, 7), OUT, SINCE, Policy(second_tries=2), None),
    ("failed before only", cause(1, 4), OUT, SINCE, Policy(), None),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_what_is_proposed(case):
    _name, why, standing, suspension, policy, proposed = case
    assert propose(why, standing, suspension, policy) is proposed


def test_the_same_failure_has_one_key_and_a_newer_one_another():
    assert key(Proposed.SUSPEND, cause(1), 7) == key(Proposed.SUSPEND, cause(1), 7)
    assert key(Proposed.SUSPEND, cause(1), 7) != key(Proposed.SUSPEND, cause(1, 2), 7)
    assert key(Proposed.SUSPEND, cause(1), 7) != key(Proposed.SUSPEND, cause(1), 8)
    assert key(Proposed.SUSPEND, cause(late=True), 7).endswith(":late")
    assert key(Proposed.REINSTATE, cause(1, passed=6), 7) != key(Proposed.REINSTATE, cause(1, passed=7), 7)


def test_a_policy_comes_back_from_json():
    policy = Policy(tries=2, late_counts=True, papers=("a",), remedial_hours=8, second=Second.WITHDRAW)
    assert from_json(to_json(policy)) == policy
