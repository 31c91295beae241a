"""Practice one chooses oneself: by law, article, point or card, from the wrong-answer book, from bookmarks, a run.

Like every set these ask and change nothing; bookmarks are the officer's own and stand in no audit trail.
"""

import datetime
import secrets
from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.drills.models import Bookmark, DrillSet
from courses.drills.queries import practice as queries
from courses.drills.queries import sets as offers
from courses.drills.queries.reach import open_questions
from courses.drills.queries.subjects import Subject, questions_about
from courses.drills.rules.challenge import climb
from courses.drills.rules.planning import Candidate, plan
from courses.drills.services import sets
from courses.drills.services.answering import DrillRefused
from lianbing.kit.draws import Draw
from lianbing.people.models import Officer
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

SIZE = 10
FROM_BOOK = 20
MOST_BOOKMARKS = 500


def chosen(
    questions: Collection[int], *, officer: Officer, at: datetime.datetime, size: int = SIZE
) -> list[int]:
    """`size` of these questions: what is least known first; what was practised just now comes last, oldest first."""
    seen = {row[0]: row[1:] for row in offers.seen_by([officer.pk]).get(officer.pk, ())}
    candidates = [Candidate(one, (), *seen.get(one, (None, None, None))) for one in sorted(questions)]
    found = plan(candidates=candidates, now=timezone.localtime(at), goal=None, size=size)
    left = set(questions) - set(found)
    rest = sorted((one for one in left if one in seen), key=lambda one: (seen[one][2], one))
    return [*found, *rest][:size]


def _make(
    kind: str,
    questions: list[int],
    title: str,
    source: dict[str, int],
    officer: Officer,
    by: Actor,
    at: datetime.datetime,
) -> DrillSet:
    versions = queries.versions_in_use(questions)
    return sets.make(
        officer=officer,
        kind=kind,
        versions=[versions[one] for one in questions if one in versions],
        title=title,
        source=source,
        by=by,
        at=at,
    )


def of_subject(
    *, subject: Subject, title: str, officer: Officer, by: Actor, at: datetime.datetime
) -> DrillSet:
    """A set about a law, an article, a knowledge point or a card. Raises DrillRefused (own, empty)."""
    about = questions_about([subject], at)[subject]
    questions = chosen(about, officer=officer, at=at)
    return _make(DrillSet.Kind.TOPIC, questions, title, {subject.kind: subject.pk}, officer, by, at)


def of_mistakes(
    *, officer: Officer, by: Actor, at: datetime.datetime, subject: Subject | None = None, title: str = ""
) -> DrillSet:
    """A set from one's wrong-answer book, all of it or what is about one article. Raises DrillRefused (own, empty)."""
    book = offers.in_the_book(officer.pk)
    if subject is not None:
        book &= questions_about([subject], at)[subject]
    questions = chosen(book, officer=officer, at=at, size=FROM_BOOK)
    source = {subject.kind: subject.pk} if subject else {}
    return _make(DrillSet.Kind.MISTAKES, questions, title, source, officer, by, at)


def of_bookmarks(*, officer: Officer, by: Actor, at: datetime.datetime) -> DrillSet:
    """A set of the questions one keeps. Raises DrillRefused (own, empty)."""
    kept = set(Bookmark.objects.filter(officer=officer).values_list("question_id", flat=True))
    questions = chosen(kept, officer=officer, at=at, size=FROM_BOOK)
    return _make(DrillSet.Kind.TOPIC, questions, _("Bookmarks"), {}, officer, by, at)


def challenge(*, officer: Officer, by: Actor, at: datetime.datetime) -> DrillSet:
    """A new run: drawn by chance from what the officer may be asked, easiest first. Raises DrillRefused (own, empty)."""
    offered = offers.questions_on_offer(officer=officer, at=at, on=day_of(at))
    draw = Draw(secrets.token_bytes(16), "challenge")
    versions = draw.shuffled([one.version_id for one in offered])
    difficulty = queries.difficulties(versions)
    asked = climb([(one, difficulty.get(one, 3)) for one in versions])
    return sets.make(officer=officer, kind=DrillSet.Kind.CHALLENGE, versions=asked, by=by, at=at)


def bookmark(*, officer: Officer, version: int, on: bool, by: Actor, at: datetime.datetime) -> None:
    """Keep the question of a version, or keep it no more. Twice is once. Raises DrillRefused (own, unknown, many)."""
    if by.officer_id != officer.pk:
        raise DrillRefused("own", _("This is somebody else's set."))
    question = open_questions(at).filter(versions=version).first()
    if question is None:
        raise DrillRefused("unknown", _("This question is not open to drills any more."))
    if not on:
        Bookmark.objects.filter(officer=officer, question=question).delete()
        return
    if Bookmark.objects.filter(officer=officer).count() >= MOST_BOOKMARKS:
        raise DrillRefused(
            "many", _("You keep %(n)d questions already. Remove some first.") % {"n": MOST_BOOKMARKS}
        )
    Bookmark.objects.bulk_create([Bookmark(officer=officer, question=question, at=at)], ignore_conflicts=True)
