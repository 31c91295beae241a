"""What is due by the clock in contests."""

import datetime

from exams.contests.services import buzzing, lottery, quiz_taking, timeouts
from lianbing.kit.due import job


@job("effective")
def close_turns(at: datetime.datetime) -> int:
    """Settle presses and close the turns whose time is up; rooms with somebody in them do it to the second."""
    return buzzing.settle_waiting(at) + timeouts.close_due(at=at)


@job("submitted")
def close_quiz_attempts(at: datetime.datetime) -> int:
    """Hand in the attempts of public quizzes whose time is up."""
    return quiz_taking.close_due(at=at)


@job("effective")
def go_on_with_draws(at: datetime.datetime) -> int:
    """Publish the lists of quizzes that closed, pass unanswered prizes on, delete contacts whose days are over."""
    return lottery.publish_due(at) + lottery.pass_over(at) + lottery.purge_contacts(at)
