"""A statement as a function of what it names. `outcomes` gives the same for the same basis, for ever."""

import datetime
import gc
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from certificates.ratings.models import Gathering, Period, Result, Roll, Statement
from certificates.ratings.models.fields import Written
from certificates.ratings.queries import published
from certificates.ratings.queries import schemes as reading
from certificates.ratings.queries.evidence import Selection
from certificates.ratings.rules import ranking
from certificates.ratings.rules.indicators import Indicator
from certificates.ratings.rules.schemes import OWN, Scheme
from certificates.ratings.rules.scoring import Outcome, Part, Scorer
from certificates.ratings.rules.stars import Previous
from certificates.ratings.rules.words import Subject

CHUNK = 500
# How many periods back a star is looked for. Who had no result for so long begins anew.
LOOK_BACK = 12


@dataclass(frozen=True)
class Basis:
    """All that a statement depends on. `previous`: the statements of each earlier period, newest period last."""

    scheme: Scheme
    indicators: Mapping[tuple[str, int], Indicator]
    kind: str
    first: datetime.date
    last: datetime.date
    gathering: int
    upto: int
    previous: tuple[tuple[int, ...], ...] = ()
    parts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Member:
    """Who is assessed: a row of the rolls that is in the base. `subject` is the id of the officer or the unit."""

    roll: int
    subject: int
    unit_path: str


def basis_now(period: Period, gathering: Gathering) -> Basis:
    """The basis of a statement computed now: on the newest published statements before it, and inside it."""
    version = period.scheme_version
    scheme = reading.scheme_of(version)
    return Basis(
        scheme,
        reading.indicators_of(scheme),
        period.kind,
        period.first,
        period.last,
        gathering.pk,
        gathering.upto,
        _previous_of(period, scheme),
        _parts_of(period, scheme),
    )


def basis_of(statement: Statement) -> Basis:
    """The basis a statement was computed on."""
    period = statement.period
    scheme = reading.scheme_of(statement.scheme_version)
    return Basis(
        scheme,
        reading.indicators_of(scheme),
        period.kind,
        period.first,
        period.last,
        statement.gathering_id,
        statement.gathering.upto,
        tuple(tuple(group) for group in statement.previous),
        tuple(statement.parts),
    )


def _previous_of(period: Period, scheme: Scheme) -> tuple[tuple[int, ...], ...]:
    """The statements in force of the same scheme and kind before this period, by period, newest last."""
    if not scheme.gives_stars(period.kind):
        return ()
    before = published.in_force(
        period__scheme=period.scheme_id, period__kind=period.kind, period__last__lt=period.first
    )
    groups: dict[datetime.date, list[int]] = {}
    for pk, first in Period.objects.filter(pk__in=before).order_by("first", "pk").values_list("pk", "first"):
        groups.setdefault(first, []).append(before[pk])
    return tuple(tuple(group) for group in list(groups.values())[-LOOK_BACK:])


def _parts_of(period: Period, scheme: Scheme) -> tuple[int, ...]:
    """The statements in force that are rolled up: of the same scheme, inside the period."""
    kinds = [kind for kind in scheme.roll_up.get(period.kind, {}) if kind != OWN]
    if not kinds:
        return ()
    inside = published.in_force(
        period__scheme=period.scheme_id,
        period__kind__in=kinds,
        period__first__gte=period.first,
        period__last__lte=period.last,
    )
    rows = Period.objects.filter(pk__in=inside).order_by("first", "last", "pk")
    return tuple(inside[pk] for pk in rows.values_list("pk", flat=True))


def members_of(basis: Basis) -> list[Member]:
    """Everybody (or every unit) in the base, by id."""
    rows = Roll.objects.filter(gathering=basis.gathering, excluded="")
    if basis.scheme.subject == Subject.UNIT:
        rows, owner = rows.filter(officer=None), "unit_id"
    else:
        rows, owner = rows.filter(officer__isnull=False), "officer_id"
        if basis.scheme.categories:
            rows = rows.filter(category__in=basis.scheme.categories)
    return [Member(*row) for row in rows.order_by(owner).values_list("pk", owner, "unit_path")]


def outcomes(basis: Basis, members: Sequence[Member] | None = None) -> dict[int, Outcome]:
    """What the rules say of each member, by the id of the officer or unit, in the order of ids.

    Who has nothing to be assessed by (no entry in any line, no earlier result to roll up) is left out.
    """
    return dict(each_outcome(basis, members_of(basis) if members is None else members))


def each_outcome(basis: Basis, members: Sequence[Member]) -> Iterator[tuple[int, Outcome]]:
    """The same, one after the other, without keeping them."""
    scorer = Scorer(basis.scheme, basis.indicators, basis.kind)
    lines = [basis.indicators[line.code, line.version] for line in basis.scheme.lines]
    selection = Selection(lines, basis.scheme.subject, basis.first, basis.last, basis.upto)
    nothing: list[list[Any]] = [[] for _line in lines]
    for chunk in _chunks([one.subject for one in members]):
        values = selection.values(chunk)
        before, parts = _stars_before(basis, chunk), _parts_for(basis, chunk)
        for subject in chunk:
            outcome = scorer.score(
                values.get(subject, nothing), before.get(subject, ()), parts.get(subject, ())
            )
            if outcome is not None:
                yield subject, outcome


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _owner(basis: Basis) -> str:
    return "unit_id" if basis.scheme.subject == Subject.UNIT else "officer_id"


def _stars_before(basis: Basis, ids: Sequence[int]) -> dict[int, list[Previous | None]]:
    """The stars of these people in each earlier period, newest last; None where there was no result."""
    places = {statement: place for place, group in enumerate(basis.previous) for statement in group}
    if not places:
        return {}
    owner = _owner(basis)
    rows = Result.objects.filter(statement__in=places, star__isnull=False, **{f"{owner}__in": ids})
    found: dict[int, list[Previous | None]] = {}
    for subject, statement, star, earned in rows.order_by("pk").values_list(
        owner, "statement_id", "star", "earned"
    ):
        row = found.setdefault(subject, [None] * len(basis.previous))
        row[places[statement]] = Previous(star, earned)
    return found


def _parts_for(basis: Basis, ids: Sequence[int]) -> dict[int, list[Part]]:
    """The scores of these people that are rolled up, in the order of the basis."""
    if not basis.parts:
        return {}
    owner = _owner(basis)
    order = {statement: place for place, statement in enumerate(basis.parts)}
    rows = Result.objects.filter(statement__in=basis.parts, **{f"{owner}__in": ids}).order_by("pk")
    found: dict[int, list[Part]] = {}
    for subject, statement, kind, score in rows.values_list(
        owner, "statement_id", "statement__period__kind", "score"
    ):
        found.setdefault(subject, []).append(Part(statement, kind, score))
    for parts in found.values():
        parts.sort(key=lambda part: order[part.statement])
    return found


def places_of(basis: Basis, members: Sequence[Member], scores: Mapping[int, Decimal]) -> dict[int, int]:
    """The place of each member; units below the minimum size have none."""
    small: list[int] = []
    if basis.scheme.subject == Subject.UNIT and basis.scheme.min_size:
        sizes = base_sizes(basis.gathering, [one.unit_path for one in members])
        small = [one.subject for one in members if sizes[one.unit_path] < basis.scheme.min_size]
    return ranking.places(scores, small)


def base_sizes(gathering: int, unit_paths: Sequence[str]) -> dict[str, int]:
    """How many people the base of each unit holds, without the excluded. One statement."""
    rows = Roll.objects.filter(gathering=gathering, officer__isnull=False)
    return ranking.base_sizes(
        unit_paths, ((path, bool(why)) for path, why in rows.values_list("unit_path", "excluded"))
    )


def _fields(outcome: Outcome) -> dict[str, Any]:
    """The columns of a result, without whom it is about and the place. The lines as text: most of the volume."""
    star = outcome.star
    return {
        "score": outcome.score,
        "grade": outcome.grade,
        "star": star.star,
        "earned": star.earned,
        "lines": Written(f"[{','.join([_line(*one) for one in outcome.lines])}]"),
        "parts": [[part.statement, str(part.score), part.kind] for part in outcome.parts],
        "why": [star.why.value, *star.figures],
        "vetoed_by": outcome.vetoed_by,
    }


def _line(value: Decimal | None, points: Decimal, how: str) -> str:
    """[value, points, how] of a line as JSON."""
    return f'[null,"{points!s}","{how!s}"]' if value is None else f'["{value!s}","{points!s}","{how!s}"]'


def digest_of(rows: Iterable[tuple[int, Mapping[str, Any]]]) -> str:
    """SHA-256 of results, each as a line: its subject's id and its columns as canonical JSON; in the order of ids."""
    digest = hashlib.sha256()
    for subject, fields in rows:
        lines = fields["lines"]
        short = {**fields, "lines": None}
        digest.update(
            f"{subject} {_canonical(short)} {lines if isinstance(lines, str) else _canonical(lines)}\n".encode()
        )
    return digest.hexdigest()


def _canonical(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def computed(basis: Basis) -> tuple[list[Member], dict[int, dict[str, Any]], str]:
    """The members with a result, the columns of each result by subject, and the digest of it all."""
    members = members_of(basis)
    with collector_resting():
        rows = {subject: _fields(outcome) for subject, outcome in each_outcome(basis, members)}
    places = places_of(basis, members, {subject: row["score"] for subject, row in rows.items()})
    for subject, row in rows.items():
        row["place"] = places.get(subject)
    return [one for one in members if one.subject in rows], rows, digest_of(rows.items())


@contextmanager
def collector_resting() -> Iterator[None]:
    """No search for cycles meanwhile: half a million small objects that stay would be walked through again and
    again, which took half of the time. What is made here has no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def recomputed(statement: Statement) -> str:
    """The digest of a statement computed again from its basis. Equal to `statement.digest`, always."""
    return computed(basis_of(statement))[2]


def stored_digest(statement: Statement) -> str:
    """The digest of the results as they stand in the table: equal to `statement.digest` unless somebody was at it."""
    owner = "unit_id" if statement.period.scheme.subject == Subject.UNIT else "officer_id"
    rows = statement.results.order_by(owner).values(
        owner, "score", "grade", "star", "earned", "place", "lines", "parts", "why", "vetoed_by"
    )
    return digest_of((row.pop(owner), row) for row in rows.iterator(chunk_size=CHUNK))
