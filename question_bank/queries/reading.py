"""Lists and single questions, for the pages of the bank."""

import uuid

from django.db.models import Count, Q, QuerySet

from lianbing.kit.models import AuditRecord
from lianbing.people.rules import Actor
from question_bank.models import Pool, Question, QuestionBank, QuestionVersion
from question_bank.permissions import pools_for
from question_bank.queries.cited import with_articles


def banks_with_counts() -> QuerySet[QuestionBank]:
    """Every bank with how many of its questions are published, in review, drafts and all."""

    def in_state(state: str) -> Count:
        return Count("questions", filter=Q(questions__state=state))

    return QuestionBank.objects.annotate(
        usable=Count("questions", filter=Q(questions__published_version__isnull=False)),
        drafts=in_state(Question.State.DRAFT),
        in_review=in_state(Question.State.IN_REVIEW),
        total=Count("questions"),
    )


def reachable(actor: Actor) -> QuerySet[Question]:
    """The questions this person may read at all, in every bank."""
    pools = pools_for(actor)
    # Who may read every pool is not asked for it: the database would leave the index by date for that.
    return Question.objects.all() if pools >= set(Pool.values) else Question.objects.filter(pool__in=pools)


def question_named(uid: uuid.UUID, actor: Actor) -> Question | None:
    """One question with bank and newest version; None where there is none this person may read."""
    return (
        reachable(actor)
        .filter(uid=uid)
        .select_related("bank", "latest__knowledge_point", "published_version")
        .first()
    )


def versions_of(question: Question) -> list[QuestionVersion]:
    """All versions, newest first, with the articles they cite."""
    return list(question.versions.select_related("knowledge_point").prefetch_related(with_articles()))


def history_of(question: Question) -> list[AuditRecord]:
    """What was done to the question and by whom, newest first."""
    return list(
        AuditRecord.objects.filter(
            subject_type=question._meta.label_lower, subject_id=str(question.pk)
        ).order_by("-at", "-pk")[:100]
    )


def waiting_for_review(actor: Actor) -> QuerySet[Question]:
    """What waits for a review or a last word this person may give under the bank's rule, oldest first."""
    third = Q(state=Question.State.REVIEWED) & ~Q(latest__reviewer_id=actor.user_id)
    return (
        reachable(actor)
        .filter(Q(state=Question.State.IN_REVIEW) | third)
        .exclude(bank__people_needed__gt=1, latest__author_id=actor.user_id)
        .select_related("bank", "latest")
        .order_by("changed_at", "pk")
    )


def drafts_of(actor: Actor) -> QuerySet[Question]:
    """The drafts this person wrote last, newest change first."""
    return (
        Question.objects.filter(state=Question.State.DRAFT, latest__author_id=actor.user_id)
        .select_related("bank", "latest")
        .order_by("-changed_at", "-pk")
    )
