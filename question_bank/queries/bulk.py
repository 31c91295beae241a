"""What a bulk edit would do to each question: the one rule both the confirmation and the act go by."""

import datetime
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, Exists, Max, OuterRef, Q, QuerySet, Sum, Value, When

from lianbing.people.rules import Actor
from question_bank.models import BulkEdit, Citation, Question, QuestionBank
from question_bank.queries.reading import reachable

# What is done: changed as it stands, its draft changed, or a new draft version made of it.
DONE = ("change", "draft", "new_version")
Action = BulkEdit.Action
FRESH = datetime.timedelta(minutes=15)
WAITING = (Question.State.IN_REVIEW, Question.State.REVIEWED)


@dataclass(frozen=True)
class Plan:
    """How many questions fare how (codes of `DONE`, and reasons why one is left out), and a token of it all."""

    counts: dict[str, int]
    token: str

    @property
    def doing(self) -> int:
        return sum(self.counts.get(effect, 0) for effect in DONE)


def ticked(bank: QuestionBank, actor: Actor, uids: Collection[UUID]) -> QuerySet[Question]:
    """The questions of the bank with these ids that this person may read."""
    return reachable(actor).filter(bank=bank, uid__in=uids)


def with_effect(found: QuerySet[Question], action: str, value: Any) -> QuerySet[Any]:
    """The questions with `effect`: what the action would do to each, or why it is left out."""
    cases = {
        Action.POOL: [When(pool=value, then=Value("same"))],
        Action.SUBMIT: _not_submitted(),
        Action.RETIRE: [When(state=Question.State.RETIRED, then=Value("same"))],
    }.get(Action(action)) or _not_rewritten(Action(action), value)
    otherwise = "change" if action in (Action.POOL, Action.SUBMIT, Action.RETIRE) else "new_version"
    return found.annotate(effect=Case(*cases, default=Value(otherwise), output_field=CharField()))


def _not_submitted() -> list[When]:
    cites = Exists(Citation.objects.filter(version=OuterRef("latest")))
    return [
        When(~Q(state=Question.State.DRAFT), then=Value("not_draft")),
        When(latest__keyless=True, then=Value("no_key")),
        When(latest__knowledge_point=None, then=Value("no_point")),
        When(~Q(latest__knowledge_point__cites_none=True) & ~cites, then=Value("no_citation")),
    ]


def _not_rewritten(action: Action, value: Any) -> list[When]:
    same: Any = {
        Action.DIFFICULTY: Q(latest__difficulty=value),
        Action.POINT: Q(latest__knowledge_point=value) | Q(latest__knowledge_point__merged_into=value),
        Action.CITATION: Exists(Citation.objects.filter(version=OuterRef("latest"), text=value)),
    }[action]
    return [
        When(state=Question.State.RETIRED, then=Value("retired")),
        When(state__in=WAITING, then=Value("in_review")),
        When(same, then=Value("same")),
        When(latest__frozen_at=None, then=Value("draft")),
    ]


def plan(found: QuerySet[Question], action: str, value: Any) -> Plan:
    """What would happen, in one statement however many questions there are.

    The token is another one as soon as any of the questions changes, comes or goes.
    """
    rows = list(
        with_effect(found, action, value)
        .order_by("effect")
        .values("effect")
        .annotate(count=Count("pk"), last=Max("changed_at"), sum=Sum("pk"), edits=Sum("latest__edits"))
    )
    told = [(row["effect"], row["count"], str(row["last"]), row["sum"], row["edits"]) for row in rows]
    token = hashlib.sha256(f"{action}|{value}|{told}".encode()).hexdigest()
    return Plan({row["effect"]: row["count"] for row in rows}, token)


def bulk_edits_of(actor: Actor) -> QuerySet[BulkEdit]:
    """This person's bulk edits, newest first."""
    return BulkEdit.objects.filter(by=actor.user_id).select_related("bank")


def last_edit_in(bank: QuestionBank, actor: Actor, at: datetime.datetime) -> BulkEdit | None:
    """This person's last bulk edit in the bank while it is fresh and not undone."""
    last = BulkEdit.objects.filter(by=actor.user_id, bank=bank, done_at__gte=at - FRESH).first()
    return last if last is not None and last.undone_at is None else None


def left_as_they_are(edit: BulkEdit, actor: Actor, limit: int = 20) -> list[tuple[Question, str]]:
    """Questions an undo could not put back, with the code of the reason; the first twenty."""
    reasons = dict(edit.kept[:limit])
    found = reachable(actor).filter(uid__in=reasons).select_related("latest").order_by("pk")
    return [(question, reasons[str(question.uid)]) for question in found]
