"""Look through an upload and import it in steps, so that no request runs long and the page can say how far it is."""

import datetime
from collections.abc import Iterable
from dataclasses import asdict
from itertools import islice

from lianbing.library import queries
from lianbing.library.formats.held import Held
from lianbing.library.formats.sources import Source, Sources
from lianbing.library.rendering import planned
from lianbing.library.rules.findings import finding
from lianbing.library.rules.placing import Shelf
from lianbing.library.services.importing import Outcome, Report, import_sources
from lianbing.people.rules import Actor

# A step is so many texts; a Word document takes as long as ten of them.
STEP, WORD_WEIGHT = 250, 10


def plan_upload(*, held: Held, by: Actor, at: datetime.datetime) -> None:
    """Find out what importing the next files of the upload would do. Saves nothing but the plan."""
    shelf = queries.shelf()
    planned.replay(shelf, held.rows("planned", range(len(held.planned))))
    with Sources([held.path]) as sources:
        held.total = sources.total
        step = _step(sources, len(held.planned))
        part = islice(sources.since(step.start), len(step))
        report, outcomes = _run(part, by=by, at=at, shelf=shelf, dry_run=True)
    held.write("planned", [planned.row(outcome) for outcome in outcomes])
    held.plan = _added(held.plan, report)
    held.save()


def import_step(*, held: Held, by: Actor, at: datetime.datetime) -> None:
    """Import the next files of the upload. A step that is repeated finds its laws unchanged."""
    with Sources([held.path]) as sources:
        step = _step(sources, held.done)
        left_out = set(held.left_out)
        part = islice(sources.since(step.start), len(step))
        chosen = (
            Source(source.name, skip=finding("left_out_by_choice")) if place in left_out else source
            for place, source in enumerate(part, step.start)
        )
        report, outcomes = _run(chosen, by=by, at=at, shelf=queries.shelf(), dry_run=False)
    held.write("journal", [planned.row(outcome) for outcome in outcomes])
    held.report = _added(held.report, report)
    held.started = True
    held.done = min(step.stop, held.total)
    held.save()
    if held.finished:
        held.drop_file()


def choose(*, held: Held, places: Iterable[int], leave_out: bool) -> None:
    """Leave files out of the import, or take them in again."""
    wanted = {place for place in places if 0 <= place < held.total}
    kept = set(held.left_out) - wanted
    held.left_out = sorted(kept | wanted if leave_out else kept)
    held.save()


def _run(
    sources: Iterable[Source], *, by: Actor, at: datetime.datetime, shelf: Shelf, dry_run: bool
) -> tuple[Report, list[Outcome]]:
    outcomes: list[Outcome] = []
    report = import_sources(
        sources=sources, by=by, at=at, shelf=shelf, dry_run=dry_run, watch=outcomes.append
    )
    return report, outcomes


def _step(sources: Sources, start: int) -> range:
    """The places of the next files: as many as take about the time of STEP texts."""
    weight, stop = 0, start
    while stop < sources.total and weight < STEP:
        weight += WORD_WEIGHT if sources.name(stop).lower().endswith(".docx") else 1
        stop += 1
    return range(start, stop)


def _added(so_far: dict[str, object], report: Report) -> dict[str, object]:
    before = so_far or asdict(Report())
    return {key: before[key] + value for key, value in asdict(report).items()}
