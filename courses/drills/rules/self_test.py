"""The self-test of the must-know: how many questions, what passes, how long it proves something."""

import datetime

ASKED = 20
PASS_PERCENT = 80
HOLDS = datetime.timedelta(days=180)


def passes(*, right: int, asked: int) -> bool:
    """Whether a finished self-test proves the must-know: at least `PASS_PERCENT` of what was asked."""
    return asked > 0 and right * 100 >= asked * PASS_PERCENT
