"""Which questions a drill can reach at all: published, open to drills, their law in force, marked by machine.

Every set is drawn from here, and every showing and every answer asks again: a question that was reserved
for an exam or whose law changed since is out of reach at once.
"""

import datetime
from collections.abc import Collection

from django.db.models import QuerySet

from courses.drills.rules.grading import by_machine
from question_bank.models import Pool, Question, QuestionVersion
from question_bank.queries.drawing import in_draw, versions

# Kinds a person must mark are not drilled; a case is, where all its parts are marked by machine.
WRITTEN = ("short_answer", "essay")


def open_questions(at: datetime.datetime | None = None) -> QuerySet[Question]:
    """The questions open to drills at a moment (None: now), in every bank."""
    return in_draw(None, {Pool.DRILL}, at).exclude(published_version__kind__in=WRITTEN)


def open_versions(ids: Collection[int], at: datetime.datetime) -> dict[int, QuestionVersion]:
    """Of these versions those that may be shown and answered now, by id. Two statements for up to 900."""
    current = open_questions(at).filter(published_version__in=list(ids))
    found = versions(current.order_by().values_list("published_version_id", flat=True))
    return {pk: one for pk, one in found.items() if by_machine(one.kind, one.content)}


def written_cases(at: datetime.datetime) -> set[int]:
    """The versions of cases that have a part a person must mark: open to drills, and yet not drilled."""
    cases = open_questions(at).filter(published_version__kind="case_analysis").order_by()
    rows = cases.values_list("published_version_id", "published_version__content")
    return {pk for pk, content in rows if not by_machine("case_analysis", content)}
