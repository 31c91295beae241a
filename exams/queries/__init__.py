"""Reading exams: papers, sittings, results. Certificates read `released_outcomes`."""

from exams.queries.citing import sittings_citing
from exams.queries.results import Outcome, released_outcomes

__all__ = ["Outcome", "released_outcomes", "sittings_citing"]
