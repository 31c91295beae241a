"""One's own sets and what one answered in them, for the player."""

import datetime
import uuid
from collections.abc import Collection, Iterable

from courses.drills.models import Bookmark, DrillAnswer, DrillSet
from courses.drills.queries.reach import open_versions
from courses.drills.rules.challenge import Run, stands
from question_bank.models import QuestionVersion
from question_bank.queries.cited import with_articles
from question_bank.queries.pictures import carried


def set_named(uid: uuid.UUID, officer_id: int | None) -> DrillSet | None:
    """A set of this officer; None where there is none. Anybody else's does not exist for them."""
    if not officer_id:
        return None
    found = DrillSet.objects.filter(uid=uid, officer_id=officer_id)
    return found.select_related("day_question").first()


def shown_versions(drill_set: DrillSet, at: datetime.datetime) -> list[QuestionVersion]:
    """What of a set may be shown at a moment, in its order, with the articles cited. Four statements."""
    found = open_versions(drill_set.versions, at)
    rows = QuestionVersion.objects.filter(pk__in=found).prefetch_related(with_articles())
    known = {row.pk: row for row in rows}
    return [known[pk] for pk in drill_set.versions if pk in known]


def pictures_of(versions: Iterable[QuestionVersion]) -> dict[str, str]:
    """The pictures of stems, to be carried along. None are asked for where no stem shows one."""
    stems = []
    for version in versions:
        stems += [version.content["stem"]]
        stems += [part["content"]["stem"] for part in version.content.get("parts", ())]
    return carried(stems)


def answers_of(drill_set: DrillSet) -> dict[int, DrillAnswer]:
    """What was answered in a set, by version."""
    return {answer.version_id: answer for answer in drill_set.answers.order_by("pk")}


def run_of(drill_set: DrillSet, answers: Collection[DrillAnswer]) -> Run:
    """Where a challenge run stands; its answers count in the order in which they were given."""
    ordered = sorted(answers, key=lambda answer: (answer.at, answer.pk))
    return stands([answer.right for answer in ordered], len(drill_set.versions))


def bookmarked(officer_id: int, questions: Collection[int]) -> set[int]:
    """Those of the questions this officer keeps."""
    return set(
        Bookmark.objects.filter(officer=officer_id, question__in=questions).values_list(
            "question_id", flat=True
        )
    )
