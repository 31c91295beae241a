"""A written exam as the heat of a contest: what the members of the teams scored there."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from exams.contests.models import Contest, Team
from exams.contests.rules.grouping import Standing, standings
from exams.models import Candidate, Sitting
from exams.queries.results import released_outcomes
from lianbing.people.models import Unit
from lianbing.people.rules import Actor, Role

DEFAULTS = {"by": "sum", "best": 3, "places": 6}


@dataclass(frozen=True)
class Ranked:
    """One team in the order of the heat, with its row."""

    team: Team
    standing: Standing


@dataclass(frozen=True)
class Best:
    """The best of one unit in the heat, in order; `tied` when the last who stands on the stage shares his score."""

    unit: Unit
    people: list[tuple[Candidate, Decimal]]
    tied: bool


def usable_heats(actor: Actor) -> QuerySet[Sitting]:
    """Sittings whose results are released, of the units where one organises contests, newest first."""
    rows = Sitting.objects.filter(released_at__isnull=False, is_rehearsal=False)
    scopes = actor.scopes(Role.TRAINER, Role.EXAM_ADMINISTRATOR)
    found = rows.none()
    for path in scopes:
        found = found | rows.filter(unit__path__startswith=path)
    return found.order_by("-opens_at")


def scores_of(sitting: Sitting | None) -> dict[int, Decimal]:
    """The score of every officer who sat the heat, by officer id; {} before the results are released."""
    if sitting is None:
        return {}
    return {one.officer_id: one.score for one in released_outcomes(sitting) if one.score is not None}


def ranking(contest: Contest, *, by: str, best: int, places: int) -> list[Ranked]:
    """The teams in the order of the heat. Guests and who did not sit have no score. Three statements or so."""
    scores = scores_of(contest.heat)
    teams = {team.pk: team for team in contest.teams.select_related("unit").prefetch_related("players")}
    members = {
        pk: [
            scores.get(player.officer_id) if player.officer_id else None
            for player in team.players.all()
            if not player.substitute
        ]
        for pk, team in teams.items()
    }
    return [Ranked(teams[one.key], one) for one in standings(members, by=by, best=best, places=places)]


def best_of_units(sitting: Sitting, depth: int, on_stage: int, substitutes: int) -> list[Best]:
    """The best of every unit at this depth of the tree (with all below it), strongest unit first.

    Units are ordered by the sum of those on the stage. Who was absent or waits for a marker is not among them.
    Equal scores go by staff number, and are marked where they decide who stands on the stage.
    """
    count = on_stage + substitutes
    by_unit: dict[str, list[tuple[Candidate, Decimal]]] = {}
    end = depth * Unit.steplen
    for one in released_outcomes(sitting):
        if one.score is not None and len(one.candidate.unit.path) >= end:
            by_unit.setdefault(one.candidate.unit.path[:end], []).append((one.candidate, one.score))
    units = {unit.path: unit for unit in Unit.objects.filter(path__in=by_unit)}
    found = []
    for path, people in by_unit.items():
        people.sort(key=lambda row: (-row[1], row[0].staff_number))
        tied = len(people) > on_stage and people[on_stage][1] == people[on_stage - 1][1]
        found.append(Best(units[path], people[:count], tied))
    return sorted(found, key=lambda one: (-_total(one.people[:on_stage]), one.unit.path))


def depths_of(sitting: Sitting) -> list[tuple[int, str]]:
    """At which depths of the tree the candidates serve, with an example of a unit there, for choosing."""
    paths = set(sitting.candidates.values_list("unit__path", flat=True))
    deepest = max((len(path) // Unit.steplen for path in paths), default=0)
    examples = {unit.depth: unit.name for unit in _on_way(paths).order_by("-path")}
    return [
        (depth, _("%(name)s and its like") % {"name": examples[depth]})
        for depth in range(1, deepest + 1)
        if depth in examples
    ]


def _on_way(paths: set[str]) -> QuerySet[Unit]:
    """The units with these paths and all above them."""
    step = Unit.steplen
    above = {path[:end] for path in paths for end in range(step, len(path) + 1, step)}
    return Unit.objects.filter(path__in=above)


def _total(people: Sequence[tuple[Candidate, Decimal]]) -> Decimal:
    return sum((score for _candidate, score in people), Decimal(0))
