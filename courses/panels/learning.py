"""The entry 「课程」 and what a learner goes on with."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.queries import catalogue
from lianbing.home.ports import NavItem, Panel, nav, panel
from lianbing.kit.audit_words import name_acts
from lianbing.people.queries import day_of
from lianbing.people.rules import EVERYONE, LEARNERS, Actor

SHOWN = 3
name_acts(
    "courses",
    _("Courses"),
    {"learning_begun": _("Began to learn a course"), "course_completed": _("Completed a course")},
)

nav(NavItem(_("Courses"), "courses:catalogue", EVERYONE, order=14, icon="book"))


@panel(*LEARNERS, order=8)
def go_on_learning(actor: Actor, at: datetime.datetime) -> Panel | None:
    """The courses under way, and those to begin by a day; urgent when one is late. None where there is neither."""
    if actor.officer_id is None:
        return None
    mine, due, today = catalogue.mine(actor.officer_id), catalogue.dues(actor.officer_id), day_of(at)
    assigned = catalogue.assigned(due, mine)
    learning = catalogue.with_dues(mine, due)
    if not learning and not assigned:
        return None
    return Panel(
        title=_("Go on learning"),
        template="courses/learning/panels/mine.html",
        context={"learning": learning[:SHOWN], "assigned": assigned[:SHOWN], "today": today},
        url=reverse("courses:catalogue"),
        link=_("All courses"),
        urgent=any(day < today for day in due.values()),
    )
