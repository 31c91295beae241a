"""Navigation and front-page panels of the exams."""

import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams import state
from exams.queries import training_file  # noqa: F401 -- registers itself
from exams.queries.marking import sittings_to_mark
from exams.queries.results import exams_of
from exams.queries.sittings import state_of, visible_sittings
from exams.state import SittingState
from lianbing.home.ports import NavItem, Panel, nav, panel
from lianbing.kit.audit_words import name_acts
from lianbing.people.rules import LEARNERS, Actor, Role

name_acts(
    "exams",
    gettext_lazy("Exams"),
    {
        "attempt_started": gettext_lazy("Started the exam"),
        "attempt_submitted": gettext_lazy("Handed in"),
        "blueprint_saved": gettext_lazy("Saved a blueprint"),
        "device_changed": gettext_lazy("Went on with the exam on another device"),
        "candidate_added": gettext_lazy("Added a candidate"),
        "papers_frozen": gettext_lazy("Froze the papers"),
        "qualification_refused": gettext_lazy("Refused a qualification exam"),
        "rehearsal_purged": gettext_lazy("Purged a rehearsal"),
        "results_released": gettext_lazy("Released the results"),
        "sitting_closed": gettext_lazy("Closed a sitting"),
        "sitting_created": gettext_lazy("Set a sitting"),
        "sitting_changed": gettext_lazy("Changed a sitting"),
        "time_extended": gettext_lazy("Gave extra time"),
        "time_extended_for_all": gettext_lazy("Gave everybody extra time"),
        "written_marked": gettext_lazy("Marked a written answer"),
        "written_corrected": gettext_lazy("Corrected the mark of a written answer"),
    },
)
nav(NavItem(gettext_lazy("My exams"), "exams:home", LEARNERS, order=10, icon="exam"))
nav(
    NavItem(
        gettext_lazy("Sittings"),
        "exams:sitting_list",
        frozenset({Role.EXAM_ADMINISTRATOR, Role.INVIGILATOR}),
        order=40,
        icon="calendar",
    )
)
nav(
    NavItem(
        gettext_lazy("Blueprints"),
        "exams:blueprint_list",
        frozenset({Role.EXAM_ADMINISTRATOR}),
        order=41,
        icon="page",
    )
)
nav(NavItem(gettext_lazy("Marking"), "exams:marking_list", frozenset({Role.MARKER}), order=42, icon="edit"))


@panel(*LEARNERS, order=5)
def due_exams(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Exams one may sit now, and those coming."""
    found = exams_of(actor.officer_id, at)
    due = [one for one in found if one.verdict.may_start or one.verdict.may_resume]
    coming = [one for one in found if one.verdict.refusal == "not_yet"]
    if not due and not coming:
        return None
    context = {"due": due, "coming": coming}
    title = _("Exam open now") if due else _("Exams coming")
    return Panel(
        title,
        "exams/panels/due.html",
        context,
        url=reverse("exams:home"),
        link=_("My exams"),
        urgent=bool(due),
    )


@panel(Role.EXAM_ADMINISTRATOR, order=10)
def to_set(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Sittings whose papers are to be frozen, and whose results are to be released."""
    waiting = visible_sittings(actor).filter(
        Q(papers_frozen_at=None, closes_at__gt=at) | Q(papers_frozen_at__isnull=False, released_at=None)
    )
    rows = [(one, state_of(one, at)) for one in waiting[:40]]
    to_freeze = [
        one
        for one, stands in rows
        if stands is SittingState.DRAFT and actor.covers(one.unit.path, Role.EXAM_ADMINISTRATOR)
    ]
    to_release = [one for one, stands in rows if stands is SittingState.CLOSED]
    if not to_freeze and not to_release:
        return None
    context = {"to_freeze": to_freeze, "to_release": to_release}
    address = reverse("exams:sitting_list")
    return Panel(_("Exams to set"), "exams/panels/to_set.html", context, url=address, link=_("Sittings"))


@panel(Role.MARKER, order=10)
def to_mark(actor: Actor, at: datetime.datetime) -> Panel:
    """Sittings whose written answers wait for a marker, with how many."""
    rows = list(sittings_to_mark(actor, at, unmarked_only=True))
    return Panel(
        _("Marking"),
        "exams/panels/to_mark.html",
        {"rows": rows},
        url=reverse("exams:marking_list"),
        link=_("Marking"),
        urgent=bool(rows),
    )


@panel(Role.INVIGILATOR, Role.EXAM_ADMINISTRATOR, order=12)
def running_now(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Sittings open at this moment, with how many are writing."""
    rows = list(
        visible_sittings(actor)
        .filter(papers_frozen_at__isnull=False, opens_at__lte=at, closes_at__gt=at, closed_early_at=None)
        .annotate(
            writing=Count(
                "candidates__attempt", filter=Q(candidates__attempt__state=state.OPEN), distinct=True
            )
        )[:20]
    )
    if not rows:
        return None
    address = reverse("exams:sitting_list")
    return Panel(
        _("Running now"), "exams/panels/running.html", {"rows": rows}, url=address, link=_("Sittings")
    )
