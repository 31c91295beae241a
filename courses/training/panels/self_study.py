"""Self-study: the way to one's own, what waits for trainers, and what its acts are called."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from courses.training import ports
from courses.training.ports import DeskLink, Waiting
from courses.training.queries.self_study import waiting_in
from lianbing.kit.audit_words import name_acts
from lianbing.people.rules import LEARNERS, Actor, Role

name_acts(
    "training",
    gettext_lazy("Training"),
    {
        "self_study_recorded": gettext_lazy("Recorded self-study"),
        "self_study_refused": gettext_lazy("Refused self-study"),
        "self_study_taken_back": gettext_lazy("Took back self-study"),
    },
)
ports.own(
    DeskLink(
        gettext_lazy("My self-study"),
        gettext_lazy("Record what you studied; a trainer confirms it"),
        "training:self_study",
        frozenset(LEARNERS),
        order=15,
        icon="book",
    )
)
ports.desk(
    DeskLink(
        gettext_lazy("Self-study"),
        gettext_lazy("What people recorded, to be confirmed"),
        "training:self_study_waiting",
        frozenset({Role.TRAINER}),
        order=25,
        icon="book",
    )
)


@ports.waiting(order=20)
def self_study_waiting(actor: Actor, at: datetime.datetime) -> list[Waiting]:
    """How much recorded self-study waits for a decision. One statement."""
    scopes = actor.scopes(Role.TRAINER)
    count = waiting_in(scopes, but=actor.officer_id).count() if scopes else 0
    if not count:
        return []
    text = ngettext(
        "%(count)d record of self-study waits for confirmation.",
        "%(count)d records of self-study wait for confirmation.",
        count,
    )
    return [Waiting(text % {"count": count}, reverse("training:self_study_waiting"))]
