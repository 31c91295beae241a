"""Contests for their pages: which ones somebody sees, and where each stands."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from exams.contests.models import (
    Contest,
    ContestStaff,
    Match,
    MatchItem,
    MatchResult,
    MatchTeam,
    Player,
    Team,
)
from exams.contests.permissions.authoring import ORGANISERS, organises
from lianbing.people.rules import Actor

CONFIRMED = Match.Phase.CONFIRMED
LIVE = (Match.Phase.RUNNING, Match.Phase.FINISHED)
MOST_COMING = 40


@dataclass
class Card:
    """A contest on a list. `state`: draft, coming, running, over. `running` are its matches on the stage now."""

    contest: Contest
    state: str
    organises: bool
    running: list[Match] = field(default_factory=list)
    winners: list[MatchResult] = field(default_factory=list)


def _drafts(actor: Actor) -> Q:
    inside = Q(pk__in=[])
    for path in actor.scopes(*ORGANISERS):
        inside |= Q(unit__path__startswith=path)
    return inside


def visible(actor: Actor) -> QuerySet[Contest]:
    """The contests somebody reads about: all that are announced or over, and the drafts of their units."""
    seen = ~Q(state=Contest.State.DRAFT) | _drafts(actor)
    return Contest.objects.filter(seen, is_rehearsal=False).select_related("unit")


def _played() -> Exists:
    return Exists(Match.objects.filter(contest=OuterRef("pk"), phase=CONFIRMED))


def _unplayed() -> Exists:
    return Exists(Match.objects.filter(contest=OuterRef("pk")).exclude(phase=CONFIRMED))


def _over() -> Q:
    return Q(state=Contest.State.ENDED) | Q(_played(), ~Q(_unplayed()), state=Contest.State.ANNOUNCED)


def _with_parts(rows: QuerySet[Contest]) -> QuerySet[Contest]:
    results = MatchResult.objects.filter(place=1).select_related("team")
    return rows.annotate(team_count=Count("teams", distinct=True)).prefetch_related(
        Prefetch(
            "matches", Match.objects.order_by("position", "pk").prefetch_related(Prefetch("results", results))
        )
    )


def past(actor: Actor) -> QuerySet[Contest]:
    """Contests that are over, newest first."""
    rows = visible(actor).filter(_over()).exclude(state=Contest.State.DRAFT)
    return _with_parts(rows).order_by("-starts_at", "-pk")


def coming(actor: Actor) -> QuerySet[Contest]:
    """Contests announced and not over, and drafts, the next first."""
    return _with_parts(visible(actor).exclude(_over())).order_by("starts_at", "pk")


def cards(actor: Actor, contests: Sequence[Contest]) -> list[Card]:
    """Contests as a list shows them. Nothing is read from the database that `past` and `coming` have not read."""
    found = []
    for contest in contests:
        matches = list(contest.matches.all())
        running = [one for one in matches if one.phase in LIVE]
        done = bool(matches) and all(one.phase == CONFIRMED for one in matches)
        state = "over" if contest.state == Contest.State.ENDED or done else "coming"
        state = "running" if running else state
        state = "draft" if contest.state == Contest.State.DRAFT else state
        card = Card(contest, state, organises(actor, contest), running)
        if state == "over":
            card.winners = _winners(matches)
        found.append(card)
    return found


def _winners(matches: Sequence[Match]) -> list[MatchResult]:
    """Who won: of the final where there is one, else of every match."""
    finals = [one for one in matches if one.stage == Match.Stage.FINAL and one.phase == CONFIRMED]
    return [result for one in finals or matches for result in one.results.all()][:6]


def running_matches(at: datetime.datetime) -> list[Match]:
    """Matches on a stage now, of contests that are announced. One statement."""
    del at
    rows = Match.objects.filter(phase=Match.Phase.RUNNING, contest__state=Contest.State.ANNOUNCED)
    rows = rows.filter(contest__is_rehearsal=False).select_related("contest")
    return list(rows.order_by("started_at")[:6])


def announced_between(since: datetime.datetime, until: datetime.datetime) -> list[Contest]:
    """Contests announced that begin in this span, the next first. One statement."""
    rows = Contest.objects.filter(state=Contest.State.ANNOUNCED, is_rehearsal=False)
    return list(rows.filter(starts_at__gte=since, starts_at__lt=until).order_by("starts_at")[:MOST_COMING])


def own_teams(actor: Actor, contests: Sequence[Contest]) -> set[int]:
    """In which of these contests somebody plays, by contest id. One statement."""
    if actor.officer_id is None:
        return set()
    rows = Player.objects.filter(officer=actor.officer_id, team__contest__in=contests)
    return set(rows.values_list("team__contest_id", flat=True))


def judges_of_competing_units(contest: Contest, on: datetime.date) -> set[int]:
    """The accounts of judges who serve in a unit whose team competes, or below it. Two statements."""
    paths = [path for path in contest.teams.values_list("unit__path", flat=True) if path]
    if not paths:
        return set()
    inside = Q(pk__in=[])
    serving = Q(user__officer__appointments__starts_on__lte=on) & (
        Q(user__officer__appointments__ends_on=None) | Q(user__officer__appointments__ends_on__gt=on)
    )
    for path in paths:
        inside |= Q(user__officer__appointments__unit__path__startswith=path) & serving
    rows = contest.staff.filter(role__in=("judge", "chief_referee")).filter(inside)
    return set(rows.values_list("user_id", flat=True))


def matches_of(contest: Contest) -> list[Match]:
    """The matches of a contest with their teams by seat and what came of them. Three statements."""
    return list(
        contest.matches.order_by("position", "pk").prefetch_related(
            Prefetch("entries", MatchTeam.objects.select_related("team").order_by("seat")),
            Prefetch("results", MatchResult.objects.select_related("team").order_by("place", "pk")),
        )
    )


def teams_of(contest: Contest) -> list[Team]:
    """The teams of a contest with unit and players. Two statements."""
    return list(
        contest.teams.select_related("unit").prefetch_related("players__officer").order_by("position")
    )


def staff_of(contest: Contest) -> list[ContestStaff]:
    """Who hosts, judges and decides. One statement."""
    return list(contest.staff.select_related("user").order_by("role", "user__staff_number"))


@dataclass(frozen=True)
class Step:
    """One step of setting a contest up: its key, whether it is done, and a figure to show (None: none)."""

    key: str
    done: bool
    figure: int | None = None


def steps(contest: Contest, matches: Sequence[Match]) -> list[Step]:
    """What is done and what is still to do before the first match. Three statements."""
    teams, people = contest.teams.count(), contest.staff.values("user").distinct().count()
    roles = set(contest.staff.values_list("role", flat=True))
    laid = set(
        MatchItem.objects.filter(match__contest=contest, spare=False).values_list("match_id", flat=True)
    )
    needs_teams = bool(contest.rulebook.get("on_stage"))
    return [
        Step("rules", bool(contest.rulebook.get("rounds")), len(contest.rulebook.get("rounds", ()))),
        Step("staff", "host" in roles and (not needs_teams or "chief_referee" in roles), people),
        *([Step("teams", teams >= 2, teams)] if needs_teams else []),
        Step("matches", bool(matches), len(matches)),
        Step("items", bool(matches) and all(one.pk in laid for one in matches), len(laid)),
        Step("announce", contest.state != Contest.State.DRAFT),
    ]
