"""Moving a question through its states: handed in, reviewed, published, sent back, retired."""

import datetime

from django.db import transaction

from lianbing.kit import audit
from lianbing.people.rules import Actor
from question_bank import kinds, state
from question_bank.models import LawReview, Pool, Question, QuestionVersion
from question_bank.rules.contract import Problem
from question_bank.services.banks import STREAM
from question_bank.services.errors import Changed, NotAllowedNow, NotSound, OtherPersonNeeded
from question_bank.services.law_reviews import close_reviews


def _move(question: Question, move: str, at: datetime.datetime, **changes: object) -> None:
    """The legal move `move`, or NotAllowedNow: exactly one row in one of its states must change."""
    allowed, target = state.MOVES[move]
    moved = Question.objects.filter(pk=question.pk, state__in=allowed).update(
        state=target, changed_at=at, **changes
    )
    if moved != 1:
        raise NotAllowedNow
    question.refresh_from_db()


def check_whole(version: QuestionVersion) -> None:
    """Raises NotSound with everything that is lacking: soundness, knowledge point, citation.

    A citation whose text does not resolve counts: the legal section finds it in its list. A category
    that by its nature cites no law needs none.
    """
    problems = list(kinds.get(version.kind).check(version.content, version.key))
    point = version.knowledge_point
    if point is None:
        problems.append(Problem("point_missing", "point"))
    if not (point and point.cites_none) and not version.citations.exists():
        problems.append(Problem("citation_missing", "citations"))
    if problems:
        raise NotSound(problems)


def _latest(question: Question, seen: int | None) -> QuestionVersion:
    version = QuestionVersion.objects.select_related("knowledge_point").get(pk=question.latest_id or 0)
    if seen is not None and version.edits != seen:
        raise Changed
    return version


def submit_for_review(
    *, question: Question, by: Actor, at: datetime.datetime, seen: int | None = None
) -> None:
    """Hand the draft in for review. Raises NotSound, CitationNeeded, NotAllowedNow, Changed."""
    with transaction.atomic():
        question.refresh_from_db()
        check_whole(_latest(question, seen))
        _move(question, "submit", at)
        audit.record(stream=STREAM, action="question_submitted", by=by, at=at, subject=question)


def pass_review(*, question: Question, by: Actor, at: datetime.datetime, seen: int | None = None) -> None:
    """The review is done and the question is good; a third person publishes it. `seen` as in `revise`.

    Raises OtherPersonNeeded (the writers never review; a bank of fewer people has no such step), NotSound,
    NotAllowedNow, Changed.
    """
    with transaction.atomic():
        question.refresh_from_db()
        version = _latest(question, seen)
        if not state.may("pass_review", question.state):
            raise NotAllowedNow
        writers, people = frozenset(version.writers), question.bank.people_needed
        if not state.can_pass(writers=writers, reviewer=by.user_id, people=people):
            raise OtherPersonNeeded
        check_whole(version)
        _change_draft(version, reviewer_id=by.user_id, reviewer_name=by.name, reviewed_at=at)
        _move(question, "pass_review", at)
        audit.record(stream=STREAM, action="question_reviewed", by=by, at=at, subject=question)


def send_back(*, question: Question, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Send a question in review back to its author, with the reason. Raises NotAllowedNow."""
    with transaction.atomic():
        _move(question, "send_back", at)
        QuestionVersion.objects.filter(pk=question.latest_id or 0, frozen_at=None).update(
            reviewer=None, reviewer_name="", reviewed_at=None
        )
        audit.record(
            stream=STREAM, action="question_sent_back", by=by, at=at, subject=question, reason=reason
        )


def publish(*, question: Question, by: Actor, at: datetime.datetime, seen: int | None = None) -> None:
    """Freeze the newest version and put it in use. `seen` as in `revise`.

    Raises OtherPersonNeeded (the bank's own review rule), NotSound, NotAllowedNow, Changed.
    """
    with transaction.atomic():
        question.refresh_from_db()
        version = _latest(question, seen)
        if not state.may("publish", question.state) or version.frozen_at:
            raise NotAllowedNow
        if not state.can_approve(
            writers=frozenset(version.writers),
            approver=by.user_id,
            people=question.bank.people_needed,
            state=question.state,
            reviewer=version.reviewer_id,
        ):
            raise OtherPersonNeeded
        check_whole(version)
        _change_draft(version, frozen_at=at, approver_name=by.name)
        _move(question, "publish", at, published_version=version)
        close_reviews(question=question, outcome=LawReview.Outcome.REVISED, by=by, at=at, but=version)
        audit.record(
            stream=STREAM,
            action="question_published",
            by=by,
            at=at,
            subject=question,
            version=version.number,
        )


def _change_draft(version: QuestionVersion, **changes: object) -> None:
    """Exactly the draft that was looked at must change."""
    changed = QuestionVersion.objects.filter(pk=version.pk, frozen_at=None, edits=version.edits)
    if changed.update(**changes) != 1:
        raise Changed


def retire(*, question: Question, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Take the question out of every draw, with the reason; papers that hold it keep it."""
    with transaction.atomic():
        _move(question, "retire", at, published_version=None)
        close_reviews(question=question, outcome=LawReview.Outcome.RETIRED, by=by, at=at)
        audit.record(stream=STREAM, action="question_retired", by=by, at=at, subject=question, reason=reason)


def put_in_pool(*, question: Question, pool: str, by: Actor, at: datetime.datetime) -> None:
    """Say what the question may be used for. What papers hold already is not touched."""
    with transaction.atomic():
        question = Question.objects.select_for_update().get(pk=question.pk)
        if question.pool == pool:
            return
        before, question.pool, question.changed_at = question.pool, Pool(pool), at
        question.save(update_fields=["pool", "changed_at"])
        audit.record(
            stream=STREAM, action="question_pooled", by=by, at=at, subject=question, before=before, after=pool
        )
