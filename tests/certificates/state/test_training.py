"""What a certificate is worth on a day."""

import datetime

import pytest

from certificates.state.training import IN_FORCE, State, may_revoke, state_on

DAY = datetime.date(2026, 11, 20)


def day(offset):
    return DAY + datetime.timedelta(days=offset)


@pytest.mark.parametrize(
    ("start", "end", "revoked", "expected"),
    [
        (-10, 200, False, State.VALID),
        (0, 200, False, State.VALID),
        (-10, 91, False, State.VALID),
        (-10, 90, False, State.EXPIRING),
        (-10, 0, False, State.EXPIRING),
        (-10, -1, False, State.EXPIRED),
        (1, 200, False, State.UPCOMING),
        (-10, 200, True, State.REVOKED),
        (-10, -5, True, State.REVOKED),
        (1, 200, True, State.REVOKED),
    ],
)
def test_state_on_a_day(start, end, revoked, expected):
    assert state_on(DAY, valid_from=day(start), valid_until=day(end), revoked=revoked) is expected


def test_only_a_revoked_one_cannot_be_revoked():
    assert [state for state in State if not may_revoke(state)] == [State.REVOKED]


def test_in_force_means_valid_today():
    assert {State.VALID, State.EXPIRING} == IN_FORCE
