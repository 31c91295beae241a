"""Contests for tests: a contest with teams and players, a match with its questions, seats for pads."""

import datetime
import uuid

from exams.contests.models import (
    Contest,
    ContestStaff,
    Match,
    MatchItem,
    MatchTeam,
    Player,
    Seat,
    Team,
)
from lianbing.people.models import Unit
from tests.factories import exams, people

NOON = exams.NOON
SECOND = datetime.timedelta(seconds=1)
TEAM_NAMES = ["钟楼队", "天宁队", "新北队", "武进队", "金坛队", "溧阳队", "经开队", "市直队"]


def contest(rulebook=None, unit=None, **fields):
    """A contest of a bureau, with the rules of the bureau's preset unless others are given (as JSON)."""
    fields.setdefault("title", "城管业务知识竞赛")
    fields.setdefault("starts_at", NOON)
    if rulebook is None:
        rulebook = preset("bureau")
    return Contest.objects.create(
        unit=unit or people.unit("市局"), rulebook=rulebook, created_at=NOON - 60 * SECOND, **fields
    )


def preset(name):
    """The JSON of a preset rulebook."""
    from exams.contests.rules import presets, rulebook

    return rulebook.to_json(presets.PRESETS[name])


def staff(contest, *roles, unit=None, **fields):
    """An account that serves at the contest in these roles ("host", "judge", "chief_referee")."""
    user = people.officer(unit, **fields).user if unit is not None else people.UserFactory(**fields)
    for role in roles:
        ContestStaff.objects.create(contest=contest, user=user, role=role)
    return user


def team(contest, name=None, players=3, substitutes=0, unit=None):
    """A team with players "甲1", "甲2", ... of which the first leads; substitutes come last."""
    position = contest.teams.count()
    name = name or TEAM_NAMES[position % len(TEAM_NAMES)]
    made = Team.objects.create(contest=contest, name=name, unit=unit, position=position)
    for number in range(players + substitutes):
        Player.objects.create(
            team=made,
            name=f"{name[0]}{number + 1}",
            position=number,
            leader=number == 0,
            substitute=number >= players,
        )
    return made


def match(of=None, teams=3, items=(), stage="stage", name="第一场", players=3, substitutes=0, **fields):
    """A match not yet started, with `teams` teams and questions: versions, or (round, version[, spare]) in order."""
    of = of or contest()
    made = Match.objects.create(contest=of, name=name, stage=stage, seed=uuid.UUID(int=7).hex, **fields)
    entered = (
        teams
        if isinstance(teams, list)
        else [team(of, players=players, substitutes=substitutes) for _ in range(teams)]
    )
    MatchTeam.objects.bulk_create(
        [MatchTeam(match=made, team=one, seat=seat) for seat, one in enumerate(entered, start=1)]
    )
    for item in items:
        add_item(made, *(item if isinstance(item, tuple) else (0, item)))
    return made


def add_item(match, round=0, version=None, spare=False):
    """One more question of a match; a new single choice question ("a1" is right) unless one is given."""
    version = version or exams.question()
    return MatchItem.objects.create(
        match=match, index=match.items.count(), round=round, version=version, spare=spare
    )


def seat(match, role="team", team=None, player=None, **fields):
    """A pad in the room, taken by somebody."""
    fields.setdefault("secret", uuid.uuid4().hex)
    fields.setdefault("created_at", NOON)
    fields.setdefault("taken_at", NOON)
    return Seat.objects.create(match=match, role=role, team=team, player=player, **fields)


def audience(match, count):
    """`count` pads of the audience, in one statement."""
    return Seat.objects.bulk_create(
        [
            Seat(match=match, role="audience", secret=uuid.uuid4().hex, created_at=NOON, taken_at=NOON)
            for _ in range(count)
        ]
    )


def units():
    """A bureau with two brigades below it."""
    bureau = people.unit("市局")
    return bureau, people.unit("一大队", bureau), people.unit("二大队", Unit.objects.get(pk=bureau.pk))
