"""Certificates that end, on the front page: of oneself, and of one's people as long as nobody took note."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.queries.warnings import of_officer, of_people, unread_with_total
from certificates.rules.validity import days_left
from lianbing.home.ports import Panel, panel
from lianbing.people.queries import day_of
from lianbing.people.rules import LEARNERS, Actor, Role

SHOWN = 5
URGENT_DAYS = 30


@panel(*LEARNERS, order=9)
def my_warnings(actor: Actor, at: datetime.datetime) -> Panel | None:
    """What of mine ends soon and I have not taken note of; None when there is nothing."""
    if actor.officer_id is None:
        return None
    rows, _total = unread_with_total(of_officer(actor.officer_id, day_of(at)), actor.user_id, SHOWN)
    if not rows:
        return None
    return Panel(
        title=_("Your certificate ends soon"),
        template="certificates/panels/my_warnings.html",
        context={"rows": _rows(rows, at)},
        url=reverse("certificates:warnings"),
        link=_("Take note"),
        urgent=True,
    )


@panel(Role.HR, order=12)
def warnings_of_people(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Whose certificates end soon, as long as this reader has not marked it as read."""
    found = of_people(actor.scopes(Role.HR), day_of(at))
    rows, total = unread_with_total(found, actor.user_id, SHOWN)
    if not rows:
        return None
    return Panel(
        title=_("Warnings: certificates that end"),
        template="certificates/panels/warnings.html",
        context={"rows": _rows(rows, at), "total": total},
        url=reverse("certificates:warnings"),
        link=_("All warnings"),
        urgent=days_left(rows[0].ends_on, day_of(at)) <= URGENT_DAYS,
    )


def _rows(rows: list[Any], at: datetime.datetime) -> list[dict[str, object]]:
    return [{"warning": one, "days": days_left(one.ends_on, day_of(at))} for one in rows]
