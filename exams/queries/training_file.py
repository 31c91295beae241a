"""Exams in the personal training file: sealed until the release, rehearsals left out."""

import datetime
from decimal import Decimal
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.training.ports import FileEntry, file_section
from exams.models import Candidate, MarkRecord
from exams.queries.results import LONG, outcome_word
from lianbing.people.queries import day_of


def _end(as_of: datetime.date | None) -> datetime.datetime:
    if as_of is None:
        return datetime.datetime.max.replace(tzinfo=datetime.UTC)
    next_day = as_of + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(next_day, datetime.time()))


@file_section("exams", order=20)
def exams_on_file(officer_pks: list[int], as_of: datetime.date | None) -> list[FileEntry]:
    """Every exam of a person whose results were released by the day, with each correction of its marks.

    Two statements. Before the release nothing is told, not even that somebody was invited.
    """
    end = _end(as_of)
    candidates = list(
        Candidate.objects.filter(
            officer__in=officer_pks, sitting__released_at__lt=end, sitting__is_rehearsal=False
        )
        .select_related("sitting", "attempt")
        .order_by("sitting__opens_at")
    )
    records = MarkRecord.objects.filter(attempt__candidate__in=candidates, at__lt=end).defer(*LONG)
    marked: dict[int, list[MarkRecord]] = {}
    for record in records.order_by("attempt", "number"):
        marked.setdefault(record.attempt_id, []).append(record)
    found = []
    for one in candidates:
        attempt = getattr(one, "attempt", None)
        mine = marked.get(attempt.pk, []) if attempt else []
        found += [_exam(one, mine), *_corrections(one, mine)]
    return found


def _words(state: str) -> str:
    return {
        "passed": _("Passed"),
        "failed": _("Not passed"),
        "absent": _("Did not sit"),
        "waiting": _("Being marked"),
    }[state]


def _exam(candidate: Candidate, records: list[MarkRecord]) -> FileEntry:
    sitting, last = candidate.sitting, records[-1] if records else None
    attempt = getattr(candidate, "attempt", None)
    known = last is not None and not last.waiting
    return FileEntry(
        on=day_of(attempt.started_at if attempt else sitting.opens_at),
        kind="exam",
        title=sitting.title,
        score=f"{_text(last.score)}/{_text(last.full_marks)}" if last and known else "",
        note=_words(outcome_word(last, sitting)),
    )


def _corrections(candidate: Candidate, records: list[MarkRecord]) -> list[FileEntry]:
    """Every later marking that changed the score of one that was whole."""
    return [
        FileEntry(
            day_of(after.at),
            "correction",
            candidate.sitting.title,
            note=" · ".join(part for part in (_changed(before, after), after.reason) if part),
        )
        for before, after in pairwise(records)
        if not before.waiting and before.score != after.score
    ]


def _changed(before: MarkRecord, after: MarkRecord) -> str:
    said = {"before": _text(before.score), "after": _text(after.score)}
    return _("before: %(before)s, now: %(after)s") % said


def _text(score: Decimal) -> str:
    return f"{score.normalize():f}"
