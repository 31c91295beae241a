"""What one has to learn, on the front page; the words of the audit trail for paths, lists and duties."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.permissions.assignments import WATCHERS
from courses.queries.assignments import in_force, open_count, tasks_of
from lianbing.home.ports import Panel, panel
from lianbing.kit.audit_words import name_acts
from lianbing.people.queries import day_of
from lianbing.people.rules import LEARNERS, Actor

SHOWN, PAST_SHOWN = 5, datetime.timedelta(days=30)
name_acts(
    "courses",
    _("Courses"),
    {
        "duty_role_added": _("Added a kind of part-time duty"),
        "duty_role_closed": _("Closed a kind of part-time duty"),
        "duty_role_opened": _("Opened a kind of part-time duty again"),
        "duty_given": _("Gave a part-time duty"),
        "duty_ended": _("Ended a part-time duty"),
        "assignment_made": _("Began a learning path or reading list"),
        "assignment_changed": _("Changed a learning path or reading list"),
        "assignment_published": _("Published a learning path or reading list"),
        "assignment_withdrawn": _("Withdrew a learning path or reading list"),
        "assignment_discarded": _("Deleted the draft of a learning path or reading list"),
        "reading_confirmed": _("Confirmed to have read something assigned"),
    },
)


@panel(*LEARNERS, order=6)
def learning_tasks(actor: Actor, at: datetime.datetime) -> Panel | None:
    """What is due next of one's paths and lists; None when there is nothing to do."""
    today = day_of(at)
    if actor.officer_id is None:
        return None
    tasks = list(tasks_of(actor.officer_id).filter(done_at=None, compulsory=True)[:SHOWN])
    if not tasks:
        return None
    waiting, late = open_count(actor.officer_id, today)
    return Panel(
        title=_("My learning tasks"),
        template="courses/panels/tasks.html",
        context={"tasks": tasks, "open": waiting, "late": late, "today": today},
        url=reverse("courses:tasks"),
        link=_("All my tasks"),
        urgent=late > 0,
    )


@panel(*WATCHERS, order=24)
def learning_assigned(actor: Actor, at: datetime.datetime) -> Panel | None:
    """The reading lists whose day comes next, each with the way to who lacks what; None when there are none."""
    del actor
    lists = in_force().filter(kind="list", due_on__gte=day_of(at) - PAST_SHOWN).order_by("due_on", "pk")
    some = list(lists[:SHOWN])
    if not some:
        return None
    return Panel(
        title=_("Reading lists under way"),
        template="courses/panels/assigned.html",
        context={"lists": some, "today": day_of(at)},
        url=reverse("courses:lists"),
        link=_("Reading lists"),
    )
