"""The ways to plans, nominations and external training from the desk and from one's own training page."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.training import ports
from courses.training.permissions import external, nominations, plans
from courses.training.ports import DeskLink, Waiting
from courses.training.queries.external import waiting as externals_waiting
from courses.training.queries.nominations import to_decide
from courses.training.queries.plans import waiting_for
from lianbing.people.rules import EVERYONE, LEARNERS, Actor

for link in (
    DeskLink(
        _("Training plans"),
        _("Plans of the year against what was done"),
        "training:plan_list",
        frozenset(plans.READERS),
        group="plans",
        order=10,
        icon="chart",
    ),
    DeskLink(
        _("Costs of training"),
        _("Planned and spent by unit and year"),
        "training:plan_costs",
        frozenset(plans.READERS),
        group="plans",
        order=15,
        icon="list",
    ),
    DeskLink(
        _("Nominations"),
        _("Places in classes of the superior"),
        "training:nomination_list",
        frozenset(nominations.STAFF),
        group="classes",
        order=60,
        icon="flag",
    ),
    DeskLink(
        _("External training"),
        _("Courses taken outside, to enter and to check"),
        "training:external_list",
        frozenset(external.READERS),
        group="people",
        order=50,
        icon="certificate",
    ),
):
    ports.desk(link)

ports.own(
    DeskLink(
        _("My external training"),
        _("Enter a course taken outside, with its certificate"),
        "training:external_mine",
        LEARNERS,
        order=60,
        icon="certificate",
    )
)
ports.own(
    DeskLink(
        _("My nominations"),
        _("Classes of the superior"),
        "training:nominations_mine",
        EVERYONE,
        order=65,
        icon="flag",
    )
)


@ports.waiting(order=20)
def plans_and_people(actor: Actor, at: datetime.datetime) -> list[Waiting]:
    """Plans to approve and nominations to decide on. Two statements."""
    del at
    found = []
    waiting = waiting_for(actor) if actor.has(*plans.APPROVERS) else []
    if waiting:
        text = ngettext("%(number)s plan to approve", "%(number)s plans to approve", len(waiting))
        found.append(Waiting(text % {"number": len(waiting)}, reverse("training:plan_list"), urgent=True))
    scopes = actor.scopes(*nominations.APPROVERS)
    people = to_decide(scopes).count() if scopes else 0
    if people:
        text = ngettext("%(number)s nomination to decide on", "%(number)s nominations to decide on", people)
        found.append(Waiting(text % {"number": people}, reverse("training:nomination_list")))
    return found


@ports.waiting(order=25)
def externals_to_check(actor: Actor, at: datetime.datetime) -> list[Waiting]:
    """External training the personnel office has not checked yet. One statement."""
    del at
    scopes = actor.scopes(*external.CHECKERS)
    count = externals_waiting(scopes) if scopes else 0
    if not count:
        return []
    text = ngettext("%(number)s external training to check", "%(number)s external trainings to check", count)
    return [Waiting(text % {"number": count}, reverse("training:external_list"))]
