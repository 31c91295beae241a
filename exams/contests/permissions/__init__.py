"""Routes of contests and its named predicates."""

from exams.contests.permissions import authoring, desks, live, pads, quiz, rehearsal, stage
from lianbing.people.ports import Rule

ROUTES: dict[str, Rule] = {
    **authoring.ROUTES,
    **desks.ROUTES,
    **live.ROUTES,
    **pads.ROUTES,
    **rehearsal.ROUTES,
    **quiz.ROUTES,
    **stage.ROUTES,
}
