"""Teams and their players."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from exams.contests.models import Contest, Match, Player, Team
from exams.contests.services.authoring import guard, hold, note
from exams.contests.services.joining import drop_seats, lay_seats
from exams.contests.services.refusals import AuthoringRefused
from lianbing.people.models import Officer, Unit
from lianbing.people.rules import Actor

MOST_TEAMS = 200
MOST_PLAYERS = 12


@dataclass(frozen=True)
class PlayerDraft:
    """Somebody on a team as entered: an officer, or a guest by name alone."""

    officer: Officer | None
    name: str
    leader: bool = False
    substitute: bool = False


@dataclass(frozen=True)
class TeamDraft:
    """A team as entered, its players in order."""

    name: str
    unit: Unit | None
    players: Sequence[PlayerDraft]


def save_team(
    *, contest: Contest, draft: TeamDraft, by: Actor, at: datetime.datetime, team: Team | None = None
) -> Team:
    """Enter a team, or change one. The first player leads where nobody is named. Raises AuthoringRefused.

    A team that has played stands as it played; who comes in during a match is a substitution.
    """
    with transaction.atomic():
        found = hold(contest)
        guard(found, by)
        _check(found, draft, team)
        if team is None:
            last = found.teams.aggregate(last=Max("position"))["last"] or 0
            if last >= MOST_TEAMS:
                raise AuthoringRefused(_("A contest has at most 200 teams."))
            team = Team(contest=found, position=last + 1)
        team.name, team.unit = draft.name, draft.unit
        try:
            with transaction.atomic():
                team.save()
        except IntegrityError as error:
            raise AuthoringRefused(_("There is a team “%(name)s” already.") % {"name": draft.name}) from error
        _set_players(team, draft.players)
        for match in Match.objects.filter(entries__team=team, phase=Match.Phase.WAITING):
            lay_seats(match=match, by=by, at=at)
        note("team_saved", found, by, at, team=draft.name, players=[one.name for one in draft.players])
    return team


def has_played(team: Team) -> bool:
    """Whether a match of this team has started."""
    return team.entries.exclude(match__started_at=None).exists()


def _check(contest: Contest, draft: TeamDraft, team: Team | None) -> None:
    if team is not None and has_played(team):
        raise AuthoringRefused(_("This team has played: it stands as it is."))
    if not draft.players:
        raise AuthoringRefused(_("“%(name)s” has no player.") % {"name": draft.name})
    if len(draft.players) > MOST_PLAYERS:
        raise AuthoringRefused(_("A team has at most 12 people, substitutes included."))
    if sum(one.leader for one in draft.players) > 1:
        raise AuthoringRefused(_("A team has one leader."))
    if any(one.leader and one.substitute for one in draft.players):
        raise AuthoringRefused(_("The leader stands on the stage and is not a substitute."))
    if all(one.substitute for one in draft.players):
        raise AuthoringRefused(_("Somebody has to stand on the stage: not all can be substitutes."))
    people = Counter(one.officer.pk for one in draft.players if one.officer)
    twice = [one.name for one in draft.players if one.officer and people[one.officer.pk] > 1]
    if twice:
        raise AuthoringRefused(_("%(name)s is entered twice.") % {"name": twice[0]})
    _check_elsewhere(contest, list(people), team)


def _check_elsewhere(contest: Contest, officers: Sequence[int], team: Team | None) -> None:
    elsewhere = Player.objects.filter(team__contest=contest, officer__in=officers).select_related("team")
    other = elsewhere.exclude(team=team).first() if team else elsewhere.first()
    if other is not None:
        raise AuthoringRefused(
            _("%(name)s plays for “%(team)s” already.") % {"name": other.name, "team": other.team.name}
        )
    staff = contest.staff.filter(user__officer__in=officers).select_related("user").first()
    if staff is not None:
        raise AuthoringRefused(
            _("%(name)s is %(role)s of this contest and cannot play.")
            % {"name": staff.user.name, "role": staff.get_role_display()}
        )


def _set_players(team: Team, drafts: Sequence[PlayerDraft]) -> None:
    """Make the players those of the drafts; who stays keeps their row, and so their pad."""
    there: dict[tuple[int | None, str], Player] = {
        (one.officer_id, "" if one.officer_id else one.name): one for one in team.players.all()
    }
    leads = next((place for place, one in enumerate(drafts) if one.leader), None)
    if leads is None:
        leads = next(place for place, one in enumerate(drafts) if not one.substitute)
    team.players.filter(leader=True).update(leader=False)
    for place, draft in enumerate(drafts):
        key = (draft.officer.pk if draft.officer else None, "" if draft.officer else draft.name)
        player = there.pop(key, None) or Player(team=team, officer=draft.officer)
        player.name, player.position = draft.name, place
        player.leader, player.substitute = place == leads, draft.substitute
        player.save()
    for player in there.values():
        drop_seats(player=player)
        player.delete()


def remove_team(*, team: Team, by: Actor, at: datetime.datetime) -> None:
    """Take a team out, and out of the matches still to come. Raises AuthoringRefused once it has played or is drawn."""
    with transaction.atomic():
        found = hold(team.contest)
        guard(found, by)
        if has_played(team):
            raise AuthoringRefused(_("This team has played: it stands as it is."))
        if found.grouping_commitment:
            raise AuthoringRefused(_("The list for the draw of groups is fixed. Take that back first."))
        for player in team.players.all():
            drop_seats(player=player)
        drop_seats(team=team)
        for entry in team.entries.all():
            entry.delete()
        note("team_removed", found, by, at, team=team.name)
        team.delete()


def save_teams(
    *, contest: Contest, drafts: Sequence[TeamDraft], by: Actor, at: datetime.datetime
) -> list[Team]:
    """Enter several teams, all of them or none; a team of the same name is replaced. Raises AuthoringRefused."""
    with transaction.atomic():
        there = {team.name: team for team in contest.teams.all()}
        return [
            save_team(contest=contest, draft=draft, by=by, at=at, team=there.get(draft.name))
            for draft in drafts
        ]
