"""Teams from a list, and teams made of the best of each unit in the heat."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from exams.contests.formats.team_lists import ListedPlayer, ListedTeam, numbers, read_teams
from exams.contests.models import Contest, Team
from exams.contests.queries.heats import Best
from exams.contests.services.refusals import AuthoringRefused
from exams.contests.services.teams import PlayerDraft, TeamDraft, save_team
from lianbing.kit.spreadsheets import RowError, Sheet, Table
from lianbing.people.models import Officer
from lianbing.people.queries import unit_named
from lianbing.people.rules import Actor


class BadList(Exception):
    """The list has faults; nothing was saved. `errors` name sheet, row and column."""

    def __init__(self, errors: Sequence[RowError]) -> None:
        super().__init__(len(errors))
        self.errors = list(errors)


def import_teams(
    *, contest: Contest, sheets: Sequence[Sheet], by: Actor, at: datetime.datetime
) -> list[Team]:
    """Enter the teams of a list, all of them or none; a team of the same name is replaced.

    Raises SpreadsheetError (no table), BadList (rows with faults), AuthoringRefused (not the organisers').
    """
    listed, errors, table = read_teams(sheets)
    officers = {
        one.staff_number: one
        for one in Officer.objects.filter(staff_number__in=numbers(listed), merged_into=None)
    }
    drafts = [(team, _draft(team, officers, table, errors)) for team in listed]
    if errors:
        raise BadList(errors)
    with transaction.atomic():
        there = {team.name: team for team in contest.teams.all()}
        saved = []
        for team, draft in drafts:
            try:
                with transaction.atomic():
                    saved.append(
                        save_team(contest=contest, draft=draft, by=by, at=at, team=there.get(team.name))
                    )
            except AuthoringRefused as refused:
                errors.append(table.error(team.row, "team", refused.text))
        if errors:
            raise BadList(errors)
    return saved


def _draft(
    listed: ListedTeam, officers: dict[str, Officer], table: Table, errors: list[RowError]
) -> TeamDraft:
    unit = unit_named(listed.unit) if listed.unit else None
    if listed.unit and unit is None:
        message = _("No unit, or several, of the name “%(name)s”. Write the path 支队/大队/中队.")
        errors.append(table.error(listed.unit_row, "unit", message % {"name": listed.unit}))
    players = [_player(one, officers, table, errors) for one in listed.players]
    return TeamDraft(listed.name, unit, players)


def _player(
    listed: ListedPlayer, officers: dict[str, Officer], table: Table, errors: list[RowError]
) -> PlayerDraft:
    officer = officers.get(listed.number) if listed.number else None
    if listed.number and officer is None:
        errors.append(table.error(listed.row, "number", _("Nobody has this staff number.")))
    elif officer is not None and listed.name and listed.name != officer.name:
        message = _("This number is another person's than this name.")
        errors.append(table.error(listed.row, "name", message))
    return PlayerDraft(officer, officer.name if officer else listed.name, listed.leader, listed.substitute)


def teams_from_heat(
    *,
    contest: Contest,
    found: Sequence[Best],
    on_stage: int,
    by: Actor,
    at: datetime.datetime,
) -> list[Team]:
    """Make a team of the best of each unit: the first `on_stage` play, the rest are substitutes; the best leads.

    A unit that has a team already is left as it is. All or none. Raises AuthoringRefused.
    """
    with transaction.atomic():
        there = set(contest.teams.values_list("unit_id", flat=True))
        made = []
        for one in found:
            if one.unit.pk in there:
                continue
            people = [
                PlayerDraft(
                    candidate.officer, candidate.name, leader=place == 0, substitute=place >= on_stage
                )
                for place, (candidate, _score) in enumerate(one.people)
            ]
            draft = TeamDraft(_("Team of %(unit)s") % {"unit": one.unit.name}, one.unit, people)
            made.append(save_team(contest=contest, draft=draft, by=by, at=at))
    return made
