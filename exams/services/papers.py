"""Making papers: the audience is snapshotted, every candidate gets a paper of their own, and it is frozen."""

import datetime
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from exams.models import Candidate, Paper, Sitting, VersionUse
from exams.queries.setting import audience, lines_of, pools, rule_lines, sections_in, with_points_below
from exams.rules import assembly
from exams.rules.access import may_hold_qualification
from exams.services import drilling
from lianbing.kit import audit
from lianbing.people.models import Appointment, Officer
from lianbing.people.queries import appointments_in
from lianbing.people.rules import Actor
from question_bank import kinds
from question_bank.queries import drawable, versions

BATCH = 500


class Shortfall(Exception):
    """The bank cannot satisfy the blueprint; `lines` says what each line lacks."""

    def __init__(self, lines: list[assembly.LineStock]) -> None:
        super().__init__(f"{sum(line.missing for line in lines)} questions missing")
        self.lines = lines


class CannotFreeze(Exception):
    """The papers cannot be frozen. `code`: already_frozen, no_lines, nobody, closed, pass_mark."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class CannotAdd(Exception):
    """A candidate cannot be added. `code`: not_frozen, over, auxiliary, not_serving, already_there."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Frozen:
    """What freezing did: how many papers, and how many auxiliaries a qualification exam left out."""

    papers: int
    left_out: int


class Maker:
    """Makes papers for one sitting: the shelf of questions, what a seed may shuffle, the blueprint's lines."""

    def __init__(
        self, sitting: Sitting, at: datetime.datetime, exposure: dict[int, int] | None = None
    ) -> None:
        self.lines = with_points_below(rule_lines(lines_of(sitting.blueprint)))
        self.sections = [one.as_json() for one in sections_in(sitting.blueprint)]
        source = pools(reserved_only=sitting.blueprint.reserved_only)
        pool = drawable(sitting.blueprint.bank, source, at=max(at, sitting.opens_at))
        wanted = [item for item in pool if any(line.takes((item.point_id, item.kind)) for line in self.lines)]
        items = [assembly.Item(item.version_id, (item.point_id, item.kind)) for item in wanted]
        self.shelf = assembly.Shelf(items, exposure)
        self.orders: dict[int, Any] = {}

    def check(self) -> None:
        """Raises Shortfall when the bank cannot satisfy the blueprint."""
        compared = assembly.compare(self.lines, self.shelf.stock())
        if any(line.missing for line in compared):
            raise Shortfall(compared)

    def draw(self, count: int) -> list[tuple[str, list[assembly.Chosen]]]:
        """The seeds of `count` papers and the questions drawn for each."""
        drawn = []
        for _ in range(count):
            seed = secrets.token_bytes(16)
            drawn.append((seed.hex(), self.shelf.draw(self.lines, seed)))
        self._learn_orders({one.version for _, chosen in drawn for one in chosen})
        return drawn

    def _learn_orders(self, wanted: set[int]) -> None:
        for pk, version in versions(wanted - self.orders.keys()).items():
            self.orders[pk] = kinds.get(version.kind).orders(version.content)

    def paper(
        self, candidate: Candidate, seed: str, chosen: Sequence[assembly.Chosen], at: datetime.datetime
    ) -> Paper:
        """The paper of a candidate, not yet in the database."""
        return Paper(
            candidate=candidate,
            seed=seed,
            items=arranged(seed, chosen, self.orders),
            sections=self.sections,
            full_marks=assembly.full_marks(self.lines),
            frozen_at=at,
        )


def arranged(seed: str, chosen: Sequence[assembly.Chosen], orders: dict[int, Any]) -> list[list[object]]:
    """The items of a paper in the order its seed gives; the kinds of the bank in the order papers ask them."""
    return assembly.arrange(bytes.fromhex(seed), chosen, orders, kinds.names())


def _snapshot(sitting: Sitting, appointment: Appointment) -> Candidate:
    officer = appointment.officer
    return Candidate(
        sitting=sitting,
        officer=officer,
        unit=appointment.unit,
        unit_name=appointment.unit.name,
        name=officer.name,
        staff_number=officer.staff_number,
        category=officer.category,
    )


def _guard(sitting: Sitting, maker: Maker, at: datetime.datetime) -> None:
    if sitting.papers_frozen_at:
        raise CannotFreeze("already_frozen")
    if not maker.lines:
        raise CannotFreeze("no_lines")
    if sitting.closes_at <= at:
        raise CannotFreeze("closed")
    if sitting.pass_mark > assembly.full_marks(maker.lines):
        raise CannotFreeze("pass_mark")
    maker.check()


def freeze_papers(*, sitting: Sitting, by: Actor, at: datetime.datetime) -> Frozen:
    """Invite the audience of this day and freeze a paper for everybody. All or nothing.

    Raises CannotFreeze, and Shortfall with the exact numbers when the bank cannot satisfy the blueprint.
    A qualification exam leaves auxiliaries out, on record (R03).
    """
    maker = Maker(sitting, at)
    _guard(sitting, maker, at)
    invited = list(audience(sitting, timezone.localtime(at).date()))
    fit = [
        one for one in invited if not sitting.is_qualification or may_hold_qualification(one.officer.category)
    ]
    if not fit:
        raise CannotFreeze("nobody")
    drawn = maker.draw(len(fit))
    with transaction.atomic():
        moved = Sitting.objects.filter(pk=sitting.pk, papers_frozen_at=None).update(papers_frozen_at=at)
        if moved != 1:
            raise CannotFreeze("already_frozen")
        made = Candidate.objects.bulk_create([_snapshot(sitting, one) for one in fit], batch_size=BATCH)
        Paper.objects.bulk_create(
            [
                maker.paper(candidate, seed, chosen, at)
                for candidate, (seed, chosen) in zip(made, drawn, strict=True)
            ],
            batch_size=BATCH,
        )
        _note_uses(sitting, Counter(one.version for _seed, chosen in drawn for one in chosen))
        left_out = [one.officer.staff_number for one in invited if one not in fit]
        audit.record(
            stream="exams",
            action="papers_frozen",
            by=by,
            at=at,
            subject=sitting,
            papers=len(fit),
            auxiliaries_left_out=left_out,
        )
        sitting.papers_frozen_at = at
        drilling.tell_goal(sitting, at=at)
    return Frozen(papers=len(fit), left_out=len(left_out))


def _exposure(sitting: Sitting) -> dict[int, int]:
    """How often each version stands on a paper of this sitting already."""
    papers = Paper.objects.filter(candidate__sitting=sitting).values_list("items", flat=True)
    return dict(Counter(item[0] for items in papers for item in items))


def _note_uses(sitting: Sitting, counts: dict[int, int]) -> None:
    """Keep which versions the papers hold, for the day a law changes under them."""
    VersionUse.objects.bulk_create(
        [VersionUse(sitting=sitting, version_id=pk, papers=n) for pk, n in counts.items()],
        update_conflicts=True,
        unique_fields=["sitting", "version"],
        update_fields=["papers"],
        batch_size=BATCH,
    )


def _appointment(officer: Officer, on: datetime.date) -> Appointment:
    found: Any = appointments_in([""], on).filter(officer=officer).first()
    if found is None:
        raise CannotAdd("not_serving")
    return found


def add_candidate(
    *, sitting: Sitting, officer: Officer, reason: str, by: Actor, at: datetime.datetime
) -> Candidate:
    """Admit a latecomer after the papers were frozen, with a paper of their own.

    Raises CannotAdd; Shortfall when the bank no longer satisfies the blueprint.
    """
    if sitting.papers_frozen_at is None:
        raise CannotAdd("not_frozen")
    if sitting.closes_at <= at or sitting.closed_early_at or sitting.released_at:
        raise CannotAdd("over")
    if sitting.is_qualification and not may_hold_qualification(officer.category):
        raise CannotAdd("auxiliary")
    appointment = _appointment(officer, timezone.localtime(at).date())
    maker = Maker(sitting, at, _exposure(sitting))
    maker.check()
    [(seed, chosen)] = maker.draw(1)
    with transaction.atomic():
        candidate, made = Candidate.objects.get_or_create(
            sitting=sitting,
            officer=officer,
            defaults={
                "unit": appointment.unit,
                "unit_name": appointment.unit.name,
                "name": officer.name,
                "staff_number": officer.staff_number,
                "category": officer.category,
            },
        )
        if not made:
            raise CannotAdd("already_there")
        maker.paper(candidate, seed, chosen, at).save()
        _note_uses(sitting, _exposure(sitting))
        audit.record(stream="exams", action="candidate_added", by=by, at=at, subject=candidate, reason=reason)
        drilling.tell_goal(sitting, at=at)
    return candidate
