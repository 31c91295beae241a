"""Contests in the navigation and on front pages, and what setting them up is called in the audit trail."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.contests.queries import contests as reading
from exams.contests.queries import training_file  # noqa: F401 -- registers itself
from lianbing.home.ports import NavItem, Panel, nav, panel
from lianbing.kit.audit_words import name_acts
from lianbing.people.rules import EVERYONE, LEARNERS, Actor, Role

MOST_COMING = 5
SOON = datetime.timedelta(days=45)
# Trainers have the desk of contests one tap away; their front page is at its limit of statements without it.
AUDIENCE = (*LEARNERS, Role.EXAM_ADMINISTRATOR, Role.LEADER)

name_acts(
    "contests",
    gettext_lazy("Contests"),
    {
        "contest_created": gettext_lazy("Created a contest"),
        "contest_changed": gettext_lazy("Changed a contest"),
        "contest_announced": gettext_lazy("Announced a contest"),
        "contest_taken_back": gettext_lazy("Made a contest a draft again"),
        "contest_ended": gettext_lazy("Closed a contest"),
        "contest_discarded": gettext_lazy("Threw the draft of a contest away"),
        "rulebook_saved": gettext_lazy("Changed the rules of a contest"),
        "staff_appointed": gettext_lazy("Appointed somebody at a contest"),
        "staff_dismissed": gettext_lazy("Took somebody off at a contest"),
        "team_saved": gettext_lazy("Saved a team of a contest"),
        "team_removed": gettext_lazy("Took a team out of a contest"),
        "match_saved": gettext_lazy("Saved a match of a contest"),
        "match_removed": gettext_lazy("Took a match out of a contest"),
        "items_drawn": gettext_lazy("Laid out the questions of a match"),
        "item_swapped": gettext_lazy("Swapped a question of a match"),
        "groups_fixed": gettext_lazy("Fixed the list for a draw of groups"),
        "groups_drawn": gettext_lazy("Drew the groups of a contest"),
        "groups_dropped": gettext_lazy("Took the list for a draw back"),
    },
)
nav(NavItem(gettext_lazy("Contests"), "contests:home", EVERYONE, order=46, icon="flag"))


@panel(*AUDIENCE, order=8)
def running_contest(actor: Actor, at: datetime.datetime) -> Panel | None:
    """A match on a stage now, with the way in."""
    del actor
    matches = reading.running_matches(at)
    if not matches:
        return None
    return Panel(
        _("Contest running now"),
        "contests/panels/running.html",
        {"matches": matches},
        url=reverse("contests:home"),
        link=_("Contests"),
        urgent=True,
    )


@panel(*AUDIENCE, order=45)
def coming_contests(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Contests announced for the coming weeks; one's own marked."""
    contests = reading.announced_between(at - datetime.timedelta(hours=12), at + SOON)[:MOST_COMING]
    if not contests:
        return None
    context = {"contests": contests, "mine": reading.own_teams(actor, contests)}
    address = reverse("contests:home")
    return Panel(
        _("Contests coming"), "contests/panels/coming.html", context, url=address, link=_("Contests")
    )
