"""What drills hear of from the other apps."""

from courses.drills.services.exams import move_weight
from question_bank.ports import point_merged


@point_merged
def goals_follow(old: int, new: int) -> None:
    """An exam ahead that weighs a knowledge point weighs the one it was merged into."""
    move_weight(old=old, new=new)
