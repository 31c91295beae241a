"""What a class comes to for one trainee."""

from decimal import Decimal

FINISHED, FAILED, OPEN = "finished", "failed", "open"


def outcome(*, pass_mark: Decimal | None, score: Decimal | None, refused: bool) -> str:
    """finished, failed, or open (a score is missing).

    Without a completion test everybody enrolled has finished. `refused`: the trainer says with a
    reason that it does not count for this person, whatever the score.
    """
    if refused:
        return FAILED
    if pass_mark is None:
        return FINISHED
    if score is None:
        return OPEN
    return FINISHED if score >= pass_mark else FAILED
