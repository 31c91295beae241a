"""Switching the public roster of a unit on and off."""

import datetime

from django.db import transaction

from certificates.models import PublicRoster
from lianbing.kit import audit
from lianbing.people.models import Unit
from lianbing.people.rules import Actor

STREAM = "rosters"


def switch(*, unit: Unit, on: bool, by: Actor, at: datetime.datetime) -> PublicRoster:
    """Let the public read the roster of a unit, or no longer. Its address stays the same: it may be on paper.

    Done twice, it is done and recorded once.
    """
    with transaction.atomic():
        roster, _made = PublicRoster.objects.get_or_create(unit=unit, defaults={"changed_at": at})
        changed = PublicRoster.objects.filter(pk=roster.pk, is_open=not on).update(is_open=on, changed_at=at)
        if changed:
            action = "roster_opened" if on else "roster_closed"
            audit.record(stream=STREAM, action=action, by=by, at=at, subject=unit)
    roster.refresh_from_db()
    return roster
