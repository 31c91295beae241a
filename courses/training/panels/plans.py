"""Front-page panels: plans waiting for approval, lines overdue, nominations, external training to check."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.training.permissions import external as external_rights
from courses.training.permissions import nominations as nomination_rights
from courses.training.queries import external as externals
from courses.training.queries import nominations, plan_progress
from courses.training.queries import plans as reading
from courses.training.state import PlanState
from lianbing.home.ports import Panel, panel
from lianbing.kit.audit_words import name_acts
from lianbing.people.queries import day_of
from lianbing.people.rules import LEARNERS, Actor, Role

SHOWN = 5

name_acts(
    "training",
    _("Training"),
    {
        "plan_started": _("Began a training plan"),
        "plan_line_added": _("Added a line to a plan"),
        "plan_line_changed": _("Changed a line of a plan"),
        "plan_line_removed": _("Removed a line of a plan"),
        "plan_submitted": _("Handed a plan in"),
        "plan_taken_back": _("Took a plan back"),
        "plan_approved": _("Approved a plan"),
        "plan_returned": _("Sent a plan back"),
        "plan_amended": _("Began an amendment of a plan"),
        "plan_discarded": _("Threw a draft plan away"),
        "plan_result": _("Reported the result of a plan line"),
        "quota_set": _("Gave a unit places in a class"),
        "nominated": _("Nominated somebody"),
        "nomination_approved": _("Approved a nomination"),
        "nomination_refused": _("Refused a nomination"),
        "nomination_withdrawn": _("Withdrew a nomination"),
        "nomination_returned": _("Entered the result of a nomination"),
        "nomination_reopened": _("Opened a nomination for another result"),
        "external_entered": _("Entered external training"),
        "external_accepted": _("Accepted external training"),
        "external_refused": _("Refused external training"),
        "external_withdrawn": _("Took external training back"),
    },
)


@panel(Role.LEADER, order=15)
def plans_to_approve(actor: Actor, at: datetime.datetime) -> Panel | None:
    """The plans a leader is to decide on."""
    del at
    waiting = reading.waiting_for(actor)
    if not waiting:
        return None
    return Panel(
        title=_("Plans waiting for approval"),
        template="training/panels/plans_waiting.html",
        context={"plans": waiting[:SHOWN], "more": max(len(waiting) - SHOWN, 0)},
        url=reverse("training:plan_list"),
        link=_("All plans"),
        urgent=True,
    )


@panel(Role.TRAINER, order=25)
def lines_overdue(actor: Actor, at: datetime.datetime) -> Panel | None:
    """The lines of a trainer's plans whose day is over and which are not done."""
    today = day_of(at)
    plans = reading.plans_of(actor.scopes(Role.TRAINER), today.year)
    in_force = [plan for plan in plans if plan.state == PlanState.APPROVED]
    rows = [
        {"plan": standing.plan, "line": row.line, "percent": row.done.percent}
        for standing in plan_progress.standings(in_force, today)
        for row in standing.lines
        if row.overdue
    ]
    returned = [plan for plan in plans if plan.state == PlanState.RETURNED]
    if not rows and not returned:
        return None
    return Panel(
        title=_("Plan lines overdue"),
        template="training/panels/lines_overdue.html",
        context={"rows": rows[:SHOWN], "more": max(len(rows) - SHOWN, 0), "returned": returned[:SHOWN]},
        url=reverse("training:plan_list"),
        link=_("All plans"),
        urgent=True,
    )


@panel(*LEARNERS, order=20)
def my_nominations(actor: Actor, at: datetime.datetime) -> Panel | None:
    """What I am nominated for and have not brought a result from."""
    del at
    if actor.officer_id is None:
        return None
    coming = nominations.coming([actor.officer_id])
    if not coming:
        return None
    return Panel(
        title=_("Nominated for training"),
        template="training/panels/nominated.html",
        context={"nominations": coming},
        url=reverse("training:nominations_mine"),
        link=_("My nominations"),
    )


@panel(Role.HR, Role.LEADER, order=25)
def nominations_to_decide(actor: Actor, at: datetime.datetime) -> Panel | None:
    """The nominations to approve, and for the personnel office the external training to check."""
    del at
    deciding = nominations.to_decide(actor.scopes(*nomination_rights.APPROVERS))
    shown = [one for one in deciding[:SHOWN] if nomination_rights.can_decide(actor, one)]
    checks = externals.waiting(actor.scopes(*external_rights.CHECKERS)) if actor.has(Role.HR) else 0
    if not shown and not checks:
        return None
    return Panel(
        title=_("Nominations and external training"),
        template="training/panels/to_decide.html",
        context={"nominations": shown, "checks": checks},
        url=reverse("training:nomination_list"),
        link=_("Nominations"),
    )
