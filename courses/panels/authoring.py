"""The trainers' entry of the navigation, what waits on their front page, and the words of the audit trail."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.permissions.authoring import AUTHORS
from courses.queries import authoring as reading
from courses.queries.flags import open_flags
from lianbing.home.ports import NavItem, Panel, nav, panel
from lianbing.kit.audit_words import name_acts
from lianbing.people.rules import Actor

SHOWN = 5
name_acts(
    "courses",
    _("Courses"),
    {
        "course_begun": _("Began a course"),
        "course_uploaded": _("Made a course of a file"),
        "course_rewritten": _("Wrote a course on"),
        "course_copied": _("Copied a course"),
        "course_submitted": _("Handed a course in for review"),
        "course_taken_back": _("Took a course back"),
        "course_sent_back": _("Sent a course back"),
        "course_published": _("Published an edition of a course"),
        "course_withdrawn": _("Withdrew a course"),
        "course_restored": _("Opened a withdrawn course again"),
        "course_discarded": _("Discarded the draft of a course"),
        "course_flagged": _("Flagged a course because its law changed"),
        "course_flag_settled": _("Found a lesson still right after a change of law"),
        "course_rule_set": _("Set how many people stand behind a course"),
    },
)
nav(NavItem(_("Course desk"), "courses:manage", frozenset(AUTHORS), order=40, icon="edit"))


@panel(*AUTHORS, order=21)
def courses_to_review(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Courses that wait for a second person."""
    del actor, at
    waiting = list(reading.narrowed(state="in_review")[:SHOWN])
    if not waiting:
        return None
    return Panel(
        title=_("Courses to review"),
        template="courses/authoring/panel_review.html",
        context={"courses": waiting},
        url=f"{reverse('courses:manage')}?state=in_review",
        link=_("Course desk"),
    )


@panel(*AUTHORS, order=23)
def courses_after_law_changes(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Lessons whose law changed."""
    del actor, at
    flags = list(open_flags()[:SHOWN])
    if not flags:
        return None
    return Panel(
        title=_("Courses whose law changed"),
        template="courses/authoring/panel_flags.html",
        context={"flags": flags},
        url=reverse("courses:flags"),
        link=_("Look at them"),
        urgent=True,
    )
