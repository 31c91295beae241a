"""Navigation, front page and desk: classes, one's own training, and what waits for trainers."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.training import ports
from courses.training.models import Session, TrainingClass
from courses.training.permissions.classes import READERS
from courses.training.ports import DeskLink, Waiting
from courses.training.queries.calendar import day_bounds, known_ids, sessions_of
from courses.training.queries.classes import inside
from courses.training.queries.occupied import zone
from courses.training.state import ClassState
from lianbing.home.ports import NavItem, Panel, nav, panel
from lianbing.kit.audit_words import name_acts
from lianbing.people.queries import day_of
from lianbing.people.rules import EVERYONE, LEARNERS, Actor, Role

name_acts(
    "training",
    gettext_lazy("Training"),
    {
        "class_made": gettext_lazy("Made a class"),
        "class_changed": gettext_lazy("Changed a class"),
        "class_announced": gettext_lazy("Announced a class"),
        "class_cancelled": gettext_lazy("Cancelled a class"),
        "class_postponed": gettext_lazy("Moved a class to other days"),
        "class_scored": gettext_lazy("Entered results of a class"),
        "class_finished": gettext_lazy("Finished a class"),
        "class_reopened": gettext_lazy("Opened a class again"),
        "batch_made": gettext_lazy("Made a batch"),
        "batch_changed": gettext_lazy("Changed a batch"),
        "trainee_enrolled": gettext_lazy("Enrolled somebody"),
        "trainee_withdrawn": gettext_lazy("Withdrew somebody from a class"),
        "session_made": gettext_lazy("Planned a session"),
        "session_changed": gettext_lazy("Changed a session"),
        "session_cancelled": gettext_lazy("Cancelled a session"),
        "timetable_copied": gettext_lazy("Copied a timetable"),
        "instructor_saved": gettext_lazy("Saved an instructor"),
        "room_saved": gettext_lazy("Saved a room"),
        "cycle_saved": gettext_lazy("Saved a rotation cycle"),
    },
)
nav(
    NavItem(
        gettext_lazy("Training"),
        "training:home",
        EVERYONE,
        order=13,
        icon="calendar",
        also=("/training/external/mine/", "/training/nominations/mine/"),
    )
)
_DESK_WORK = (
    *("classes", "sessions", "session-files", "lessons", "trainees", "rolls", "instructors", "rooms"),
    *("full-time", "rotation", "posting", "plans", "nominations", "external", "rules", "deductions"),
    *("gaps", "files", "records"),
)
nav(
    NavItem(
        gettext_lazy("Training desk"),
        "training:manage",
        frozenset(READERS),
        order=24,
        icon="clipboard",
        also=(
            *(f"/training/{work}/" for work in _DESK_WORK),
            *(f"/courses/{work}/" for work in ("paths", "lists", "assignments", "duties", "categories")),
        ),
    )
)
_DESK = frozenset(READERS)
_TRAINER = frozenset({Role.TRAINER})
_HOURS = frozenset({Role.HR, Role.LEADER})
for link in (
    DeskLink(
        gettext_lazy("Classes"),
        gettext_lazy("Batches, people, timetables, results"),
        "training:class_list",
        _DESK,
        order=10,
        icon="people",
    ),
    DeskLink(
        gettext_lazy("Rolls and study days"),
        gettext_lazy("Signing in, closing sessions, leave, make-up"),
        "training:rolls",
        _DESK,
        order=20,
        icon="qr",
    ),
    DeskLink(
        gettext_lazy("Instructors"),
        gettext_lazy("The pool with subjects, load and rating"),
        "training:instructor_list",
        _DESK,
        order=40,
        icon="person",
    ),
    DeskLink(
        gettext_lazy("Rooms"),
        gettext_lazy("Rooms with their places"),
        "training:room_list",
        _TRAINER,
        order=50,
        icon="home",
    ),
    DeskLink(
        gettext_lazy("Full-time training"),
        gettext_lazy("Whom it has not reached this year"),
        "training:coverage",
        _DESK,
        group="people",
        order=10,
        icon="flag",
    ),
    DeskLink(
        gettext_lazy("Rotation cycles"),
        gettext_lazy("Who has not been in the cycle"),
        "training:rotation_list",
        _DESK,
        group="people",
        order=20,
        icon="history",
    ),
    DeskLink(
        gettext_lazy("May be posted"),
        gettext_lazy("New officers with unfinished induction are held back"),
        "training:posting",
        _DESK,
        group="people",
        order=30,
        icon="shield",
    ),
    DeskLink(
        gettext_lazy("Training hours"),
        gettext_lazy("The ledger, targets, conversion, closed periods"),
        "training:hours_manage",
        _HOURS,
        group="people",
        order=5,
        icon="clock",
    ),
):
    ports.desk(link)
ports.own(
    DeskLink(
        gettext_lazy("My training hours"),
        gettext_lazy("Every entry of this year, against the target"),
        "training:hours",
        EVERYONE,
        order=10,
        icon="clock",
    )
)


@ports.waiting(order=10)
def classes_waiting(actor: Actor, at: datetime.datetime) -> list[Waiting]:
    """Own classes whose last day has passed and that nobody finished; drafts that begin within two weeks.

    A class of the superior is finished there: its results come back with the people.
    """
    today = day_of(at)
    soon = today + datetime.timedelta(days=14)
    mine = TrainingClass.objects.filter(
        inside(actor.scopes(Role.TRAINER)),
        state__in=[ClassState.DRAFT, ClassState.OPEN, ClassState.RUNNING],
        starts_on__lte=soon,
    )
    rows = list(mine.values_list("state", "origin", "ends_on"))
    over = sum(
        state != ClassState.DRAFT and origin == TrainingClass.Origin.OWN and ends_on < today
        for state, origin, ends_on in rows
    )
    drafts = sum(state == ClassState.DRAFT for state, _origin, _ends_on in rows)
    address = reverse("training:class_list")
    found = []
    if over:
        text = ngettext(
            "%(count)d class is over and not finished.", "%(count)d classes are over and not finished.", over
        )
        found.append(Waiting(text % {"count": over}, address, urgent=True))
    if drafts:
        text = ngettext(
            "%(count)d class begins soon and is not announced.",
            "%(count)d classes begin soon and are not announced.",
            drafts,
        )
        found.append(Waiting(text % {"count": drafts}, f"{address}?state=draft"))
    return found


@panel(*LEARNERS, order=8)
def own_sessions(actor: Actor, at: datetime.datetime) -> Panel | None:
    """One's sessions of today and of the coming week."""
    officers = known_ids(actor.officer_id)
    begin, end = day_bounds(day_of(at), zone())
    rows = sessions_of(officers).filter(ends_at__gt=at, starts_at__lt=end + datetime.timedelta(days=7))
    found = list(rows.exclude(state=Session.State.CLOSED).prefetch_related(None)[:5])
    if not found:
        return None
    return Panel(
        _("Your training"),
        "training/panels/own.html",
        {"rows": found},
        url=reverse("training:home"),
        link=_("Training"),
        urgent=any(begin <= one.starts_at < end for one in found),
    )
