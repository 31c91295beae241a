"""Change-training on the front page, and what its acts are called."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.drills.permissions.change import READERS, reading_scopes
from courses.drills.queries import change as queries
from lianbing.home.ports import Panel, panel
from lianbing.kit.audit_words import name_acts
from lianbing.people.queries import day_of
from lianbing.people.rules import LEARNERS, Actor

name_acts(
    "drills",
    _("Drills"),
    {
        "change_told": _("Asked the posts concerned to learn a change"),
        "change_withdrawn": _("Withdrew a change training"),
    },
)


@panel(*LEARNERS, order=7)
def my_changes(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Changes I have still to learn; nothing while there are none."""
    count, late = queries.open_count(actor.officer_id, day_of(at)) if actor.officer_id else (0, 0)
    if not count:
        return None
    return Panel(
        title=_("Changes to learn"),
        template="drills/change/panel.html",
        context={"count": count, "late": late},
        url=reverse("drills:changes"),
        link=_("To the changes"),
    )


@panel(*READERS, order=45)
def failed_changes(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Who of my units has not passed a change in time; nothing while everybody has."""
    count = queries.failed_count(reading_scopes(actor), day_of(at))
    if not count:
        return None
    return Panel(
        title=_("Changes not learnt"),
        template="drills/change/panel_desk.html",
        context={"count": count},
        url=reverse("drills:change_desk"),
        link=pgettext_lazy("drill", "Change training"),
    )
