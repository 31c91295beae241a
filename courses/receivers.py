"""News from the apps below that courses must not miss."""

import datetime
from typing import Any

from courses.services import duties, flags, tasks
from lianbing.kit.outbox import receive
from lianbing.library.models import LawEdition


@receive("officer_moved")
def officer_moved(payload: dict[str, Any], at: datetime.datetime) -> None:
    """People serve elsewhere, otherwise or no longer: their tasks change, what is done stays (R67)."""
    duties.end_departed(payload["officers"], at)
    tasks.settle(officers=payload["officers"], at=at)


@receive("officers_merged")
def officers_merged(payload: dict[str, Any], at: datetime.datetime) -> None:
    """Two records are one person: the one that stays gets what the other has done."""
    duties.end_departed([payload["merged"]], at)
    tasks.settle(officers=[payload["kept"], payload["merged"]], at=at)


@receive("course_completed")
def task_course_completed(payload: dict[str, Any], at: datetime.datetime) -> None:
    """A course was completed: the tasks that asked for it are done."""
    tasks.settle(officers=tasks.kept([payload["officer"]]), at=at)


@receive("document_read")
def task_document_read(payload: dict[str, Any], at: datetime.datetime) -> None:
    """A document was read and confirmed in the library."""
    tasks.settle(officers=tasks.kept([payload["officer"]]), at=at)


@receive("law_amended")
def courses_whose_law_changed(payload: dict[str, Any], at: datetime.datetime) -> None:
    """Lessons that teach what changed are flagged. An edition withdrawn since says nothing."""
    edition = (
        LawEdition.objects.exclude(status=LawEdition.Status.WITHDRAWN)
        .filter(law__slug=payload["law"], slug=payload["edition"])
        .first()
    )
    if edition is not None and payload.get("changed"):
        flags.raise_flags(articles=payload["changed"], edition=edition, event=payload["event"], at=at)
