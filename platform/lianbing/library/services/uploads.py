"""Import an upload in steps, so that no request runs long and the page can say how far it is."""

import datetime
from dataclasses import asdict
from itertools import islice

from lianbing.library.formats.held import Held
from lianbing.library.formats.sources import Sources
from lianbing.library.rules import law_markdown
from lianbing.library.rules.findings import NotALaw, Unreadable
from lianbing.library.rules.law_tree import LawText
from lianbing.library.services.importing import Report, import_sources
from lianbing.people.rules import Actor

STEP = 250
SHOWN_TREES = 3


def plan_upload(*, held: Held, by: Actor, at: datetime.datetime) -> Report:
    """Find out what importing the upload would do. Saves nothing but the plan."""
    with Sources([held.path]) as sources:
        report = import_sources(sources=sources, by=by, at=at, dry_run=True)
    held.total = report.files
    held.plan = asdict(report)
    held.save()
    return report


def trees_of(*, held: Held) -> list[LawText]:
    """The parsed texts of the first laws in the upload, for the preview."""
    trees: list[LawText] = []
    with Sources([held.path]) as sources:
        for source in islice(sources, SHOWN_TREES * 2):
            if source.problem is None and len(trees) < SHOWN_TREES:
                try:
                    trees.append(law_markdown.read(source.data, source.name))
                except (NotALaw, Unreadable):
                    continue  # the plan names it with its reason
    return trees


def import_step(*, held: Held, by: Actor, at: datetime.datetime) -> None:
    """Import the next files of the upload. A step that is repeated finds its laws unchanged."""
    with Sources([held.path]) as sources:
        part = islice(sources, held.done, held.done + STEP)
        report = import_sources(sources=part, by=by, at=at)
    so_far = held.report or asdict(Report())
    held.report = {key: so_far[key] + value for key, value in asdict(report).items()}
    held.started = True
    held.done = min(held.done + STEP, held.total)
    held.save()
    if held.finished:
        held.drop_file()
