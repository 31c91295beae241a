"""Certificates of one's own that end, on the front page as long as one has not taken note."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.queries.warnings import of_officer, unread
from certificates.rules.validity import days_left
from lianbing.home.ports import Panel, panel
from lianbing.people.queries import day_of
from lianbing.people.rules import LEARNERS, Actor

SHOWN = 5


@panel(*LEARNERS, order=9)
def my_warnings(actor: Actor, at: datetime.datetime) -> Panel | None:
    """What of mine ends soon and I have not taken note of; None when there is nothing."""
    if actor.officer_id is None:
        return None
    rows = list(unread(of_officer(actor.officer_id, day_of(at)), actor.user_id)[:SHOWN])
    if not rows:
        return None
    return Panel(
        title=_("Your certificate ends soon"),
        template="certificates/panels/my_warnings.html",
        context={"rows": [{"warning": one, "days": days_left(one.ends_on, day_of(at))} for one in rows]},
        url=reverse("certificates:warnings"),
        link=_("Take note"),
        urgent=True,
    )
