"""Matches before they start: their name, time, stage, and which team sits where."""

import datetime
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from exams.contests.models import Contest, Match, MatchTeam, Team
from exams.contests.rules.grouping import MOST_IN_MATCH
from exams.contests.services.authoring import guard, hold, note
from exams.contests.services.joining import lay_seats
from exams.contests.services.refusals import AuthoringRefused
from lianbing.people.rules import Actor

FIELDS = ("name", "stage", "planned_at")


def save_match(
    *,
    contest: Contest,
    values: Mapping[str, Any],
    teams: Sequence[Team],
    by: Actor,
    at: datetime.datetime,
    match: Match | None = None,
) -> Match:
    """Create a match, or change one that has not started. `teams` in the order of their seats (1, 2, ...).

    Without teams only the audience plays (a classroom game). Raises AuthoringRefused.
    """
    assert set(values) <= set(FIELDS), set(values) - set(FIELDS)
    with transaction.atomic():
        found = hold(contest)
        guard(found, by)
        _check(found, teams)
        if match is None:
            last = found.matches.aggregate(last=Max("position"))["last"] or 0
            match = Match(contest=found, position=last + 1, seed=secrets.token_hex(16))
        else:
            match = waiting(match)
        for name, value in values.items():
            setattr(match, name, value)
        match.save()
        _seat(match, teams)
        lay_seats(match=match, by=by, at=at)
        note("match_saved", found, by, at, match=match.name, teams=[team.name for team in teams])
    return match


def _check(contest: Contest, teams: Sequence[Team]) -> None:
    if len(teams) > MOST_IN_MATCH:
        raise AuthoringRefused(_("A match has at most 16 teams."))
    if len({team.pk for team in teams}) != len(teams):
        raise AuthoringRefused(_("A team is entered twice."))
    if any(team.contest_id != contest.pk for team in teams):
        raise AuthoringRefused(_("Choose among the teams of this contest."))


def waiting(match: Match) -> Match:
    """The match as it stands, held. Raises AuthoringRefused once it has started."""
    held = Match.objects.select_for_update(no_key=True, of=("self",)).select_related("contest__unit")
    found = held.get(pk=match.pk)
    if found.started_at is not None:
        raise AuthoringRefused(_("This match has started: its teams and questions stand."))
    return found


def _seat(match: Match, teams: Sequence[Team]) -> None:
    before = list(match.entries.order_by("seat").values_list("team_id", flat=True))
    if before == [team.pk for team in teams]:
        return
    for entry in match.entries.all():
        entry.delete()
    MatchTeam.objects.bulk_create(
        MatchTeam(match=match, team=team, seat=seat) for seat, team in enumerate(teams, start=1)
    )


def remove_match(*, match: Match, by: Actor, at: datetime.datetime) -> None:
    """Take out a match that has not started. Raises AuthoringRefused."""
    with transaction.atomic():
        found = hold(match.contest)
        guard(found, by)
        match = waiting(match)
        note("match_removed", found, by, at, match=match.name)
        match.seats.all().delete()
        for row in [*match.items.all(), *match.entries.all()]:
            row.delete()
        match.delete()
