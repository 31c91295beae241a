"""What changes drills. Exams call `record_mistakes`, `set_goal` and `clear_goal`."""

from courses.drills.services.exams import clear_goal, record_mistakes, set_goal

__all__ = ["clear_goal", "record_mistakes", "set_goal"]
