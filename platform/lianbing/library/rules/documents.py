"""How a document without articles stands on a day, and who is to read it until when."""

import datetime
from enum import StrEnum

from lianbing.library.rules.numerals import to_chinese

# Somebody who joins a unit later has as many days as this for what was circulated before.
DAYS_FOR_JOINERS = 7
# So long after its day a circulation still takes in those who join its units.
JOINING_DAYS = 90
MOST_QUESTIONS = 5


class Standing(StrEnum):
    """Whether a document holds."""

    PENDING = "pending"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    REPEALED = "repealed"


def standing(
    *,
    on: datetime.date,
    effective_on: datetime.date | None,
    valid_until: datetime.date | None,
    effective_to: datetime.date | None,
    superseded: bool,
) -> Standing:
    """How a document stands on a day. A repeal says more than a follower, a follower more than an expiry."""
    if effective_to is not None and effective_to <= on:
        return Standing.REPEALED
    if superseded:
        return Standing.SUPERSEDED
    if valid_until is not None and valid_until < on:
        return Standing.EXPIRED
    if effective_on is not None and effective_on > on:
        return Standing.PENDING
    return Standing.IN_FORCE


def due_for_joiner(due_on: datetime.date, joined_on: datetime.date) -> datetime.date:
    """The last day of somebody who came into the audience on a day."""
    return max(due_on, joined_on + datetime.timedelta(days=DAYS_FOR_JOINERS))


def rule_anchor(number: int) -> str:
    """The anchor of the rule with this number, from 1."""
    return f"rule-{number}"


def rule_citation(title: str, number: int) -> str:
    """A rule as people cite it: 《城管执法人员十严禁》第三项."""
    return f"《{title.strip('《》')}》第{to_chinese(number)}项"


def passed(right: int, asked: int, pass_at: int) -> bool:
    """Whether a try is enough. Questions taken out of use since lower what is needed; none asked = enough."""
    return right >= min(pass_at or asked, asked)
