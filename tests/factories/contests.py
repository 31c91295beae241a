"""Contests for tests: a contest with teams and players, a match with its questions, seats for pads."""

import copy
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
from exams.contests.queries import matches
from exams.contests.rules.presets import PRESETS
from exams.contests.services import moves
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
    return copy.deepcopy(PRESETS[name])


def staff(contest, *roles, unit=None, **fields):
    """An account that serves at the contest in these roles ("host", "judge", "chief_referee")."""
    user = people.officer(unit, **fields).user if unit is not None else people.UserFactory(**fields)
    for role in roles:
        ContestStaff.objects.create(contest=contest, user=user, role=role)
    return user


def team(contest, name=None, players=3, substitutes=0, unit=None):
    """A team with players "甲1", "甲2", ... of which the first leads; substitutes come last."""
    position = contest.teams.count()
    again, which = divmod(position, len(TEAM_NAMES))
    name = name or f"{TEAM_NAMES[which]}{again or ''}"
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


def add_item(match, round=0, version=None, spare=False, value=None):
    """One more question of a match; a new single choice question ("a1" is right) unless one is given."""
    version = version or exams.question()
    return MatchItem.objects.create(
        match=match,
        index=match.items.count(),
        round=round,
        version=version,
        spare=spare,
        value=value,
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


def one_round(kind, items=0, **settings):
    """A rulebook (JSON) with one round of a kind."""
    book = preset("bureau")
    return {**book, "rounds": [{"kind": kind, "title": "", "items": items, "settings": settings}]}


class Stage:
    """A match with its people: moves are made with `move`, time goes on by itself only where said."""

    def __init__(self, of, made, host, chief):
        self.contest, self.match, self.host, self.chief = of, made, host, chief
        self.teams = [entry.team for entry in made.entries.select_related("team").order_by("seat")]

    def move(self, kind, data=None, *, by=None, at=NOON, **more):
        """A move of the staff: the host's unless `by` says who."""
        return moves.move(match=self.match, kind=kind, data=data or {}, by=by or self.host, at=at, **more)

    @property
    def state(self):
        """Where the match stands."""
        return matches.load_state(self.match)

    def start(self, round=0):
        """Start, and open a round."""
        self.move("started")
        return self.move("round_opened", {"round": round})

    def turn(self, verdict=None, at=NOON, **opened):
        """A question, opened; with a verdict, ruled and closed. Returns the turn's id."""
        made = self.move("turn_opened", at=at)
        self.move("opened", opened, at=at)
        if verdict:
            self.move("ruled", {"verdict": verdict}, at=at)
            self.move("turn_closed", at=at)
        return made.seq

    def play_team_round(self, verdicts):
        """Start, and play a round in which every team is asked once, up to its end."""
        self.start()
        for verdict in verdicts:
            self.turn(verdict)
        self.move("round_closed")

    def pad(self, team=1, player=None):
        """A pad of the team on a seat of the stage, or of one of its players (0 = the first)."""
        side = self.teams[team - 1]
        who = None if player is None else side.players.order_by("position")[player]
        return seat(self.match, "team" if who is None else "player", team=side, player=who)


def stage(rulebook=None, items=9, units=(None, None, None), players=3, substitutes=0, kind=None, teams=3):
    """A match ready to start, with questions for the first round ("a1" is right), a host and a chief referee."""
    of = contest(rulebook, unit=people.unit("主办单位"))
    sides = [team(of, players=players, substitutes=substitutes, unit=unit) for unit in units][:teams]
    made = match(of, teams=sides)
    for _ in range(items):
        add_item(made, version=exams.question(kind=kind) if kind else None)
    host, chief = staff(of, "host"), staff(of, "chief_referee", "judge")
    return Stage(of, made, people.actor(host), people.actor(chief))
