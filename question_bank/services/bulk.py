"""Changing many questions at once: one transaction, in chunks, with what an undo needs."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone

from lianbing.kit import audit
from lianbing.library.queries import CitationResolver
from lianbing.people.rules import Actor
from question_bank import kinds
from question_bank.models import (
    BulkEdit,
    BulkEditItem,
    Citation,
    KnowledgePoint,
    LawReview,
    Question,
    QuestionBank,
    QuestionVersion,
)
from question_bank.queries import bulk as plans
from question_bank.rules.draft import Draft
from question_bank.services.banks import STREAM
from question_bank.services.building import citations_of, draft_of, version_of
from question_bank.services.cited import Meant, copy_cited, note_cited
from question_bank.services.errors import BankError, Changed, NotSound
from question_bank.state import State

LIMIT = 10_000
CHUNK = 400
Action = BulkEdit.Action
AUDITED = {
    Action.POOL: "question_pooled",
    Action.SUBMIT: "question_submitted",
    Action.RETIRE: "question_retired",
}


class TooMany(BankError):
    """More questions than one bulk edit takes."""


@dataclass(frozen=True)
class Run:
    """One bulk edit at work. `citation` is the citation to add, resolved once."""

    action: Action
    value: Any
    by: Actor
    at: datetime.datetime
    citation: tuple[Citation, Meant] | None = None


def edit_many(
    *,
    bank: QuestionBank,
    found: QuerySet[Question],
    action: str,
    value: Any,
    seen: str,
    by: Actor,
    at: datetime.datetime,
) -> BulkEdit:
    """Do `action` to all of `found` it may be done to (see `queries.bulk`), all or none.

    `value` is the pool, the difficulty, the id of the knowledge point, the citation or the reason. `seen` is
    the token of the plan somebody agreed to: Changed is raised when it is another one by now. Raises TooMany,
    and NotSound for a draft that cannot be asked.
    """
    with transaction.atomic():
        plan = plans.plan(found, action, value)
        if plan.token != seen or not plan.doing:
            raise Changed
        if plan.doing > LIMIT:
            raise TooMany
        run = Run(Action(action), value, by, at, _citation(action, value, at))
        edit = BulkEdit.objects.create(
            bank=bank,
            action=action,
            told={"value": value},
            count=plan.doing,
            by_id=by.user_id,
            by_name=by.name,
            done_at=at,
        )
        wanted = plans.with_effect(found, action, value).filter(effect__in=plans.DONE).order_by("pk")
        pks = list(wanted.values_list("pk", flat=True))
        for part in chunks(pks):
            _change(run, edit, part)
        audit.record(
            stream=STREAM,
            action="questions_bulk_edited",
            by=by,
            at=at,
            subject=edit,
            told=edit.told,
            bank=bank.slug,
        )
    return edit


def _citation(action: str, text: Any, at: datetime.datetime) -> tuple[Citation, Meant] | None:
    if action != Action.CITATION:
        return None
    resolver = CitationResolver(timezone.localtime(at).date())
    return citations_of(Draft("", {}, citations=(text,)), resolver)[0]


def _change(run: Run, edit: BulkEdit, pks: Sequence[int]) -> None:
    """One chunk: note how each stands, change it, note how it stands then."""
    rows = list(
        plans.with_effect(Question.objects.filter(pk__in=pks), run.action, run.value)
        .select_for_update(of=("self",))
        .select_related("latest__knowledge_point__merged_into")
        .prefetch_related("latest__citations")
        .order_by("pk")
    )
    # Between the plan and the lock somebody may have retired or published one of them.
    if len(rows) != len(pks) or any(row.effect not in plans.DONE for row in rows):
        raise Changed
    before = stands(pks)
    more = _DO.get(run.action, _rewrite)(run, rows)
    after = stands(pks)
    BulkEditItem.objects.bulk_create(
        [
            BulkEditItem(
                edit=edit,
                question_id=pk,
                before={**before[pk], **more.get(pk, {})},
                after=after[pk],
            )
            for pk in pks
        ],
        batch_size=CHUNK,
    )
    reason = run.value if run.action == Action.RETIRE else ""
    details = {"before": "", "after": run.value} if run.action == Action.POOL else {"bulk": str(edit.uid)}
    audit.record_each(
        stream=STREAM,
        action=AUDITED.get(run.action, "question_revised"),
        by=run.by,
        at=run.at,
        subjects=rows,
        reason=reason,
        **details,
    )


def stands(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """How questions stand, as JSON: what an undo restores and compares. One statement, which locks them.

    Whatever changes a question sets `changed_at`; an undo puts it back, so that undoing goes on to the edit before.
    """
    fields = ("pool", "state", "latest", "published_version", "changed_at")
    return {
        row.pop("pk"): {**row, "changed_at": row["changed_at"].isoformat()}
        for row in Question.objects.select_for_update()
        .filter(pk__in=pks)
        .order_by("pk")
        .values("pk", *fields)
    }


# What else an undo must know of a question, by its id.
More = dict[int, dict[str, Any]]


def _update(rows: Sequence[Question], **changes: Any) -> None:
    """Every one of the rows must change."""
    if Question.objects.filter(pk__in=[row.pk for row in rows]).update(**changes) != len(rows):
        raise Changed


def _pool(run: Run, rows: Sequence[Question]) -> More:
    _update(rows, pool=run.value, changed_at=run.at)
    return {}


def _submit(run: Run, rows: Sequence[Question]) -> More:
    for row in rows:
        version = row.latest
        assert version is not None
        if problems := kinds.get(version.kind).check(version.content, version.key):
            raise NotSound(list(problems))
    _update(rows, state=State.IN_REVIEW, changed_at=run.at)
    return {}


def _retire(run: Run, rows: Sequence[Question]) -> More:
    waiting = LawReview.objects.filter(version__question__in=rows, closed_at=None)
    reviewed = set(waiting.values_list("version__question", flat=True))
    _update(rows, state=State.RETIRED, published_version=None, changed_at=run.at)
    waiting.update(closed_at=run.at, outcome=LawReview.Outcome.RETIRED, by_name=run.by.name[:50])
    return {pk: {"law_review": True} for pk in reviewed}


def _rewrite(run: Run, rows: Sequence[Question]) -> More:
    """Difficulty, knowledge point or citation: in the draft there is, or in a new one beside what is published."""
    drafts = [row for row in rows if row.latest and row.latest.frozen_at is None]
    others = [row for row in rows if row.latest and row.latest.frozen_at]
    more = {
        row.pk: {
            "difficulty": row.latest.difficulty,
            "point": row.latest.knowledge_point_id,
            "writers": row.latest.writers,
        }
        for row in drafts
        if row.latest
    }
    _write_drafts(run, [row.latest for row in drafts if row.latest])
    _write_new_versions(run, others)
    if run.action == Action.CITATION:
        _update(rows, search_text=Concat("search_text", Value(added_text(run.value))))
    _update(rows, changed_at=run.at)
    return more


def added_text(citation: str) -> str:
    """What a further citation adds to the text a search looks through."""
    return f"\n{citation.casefold()}"


def _fields(run: Run) -> dict[str, Any]:
    return {
        Action.DIFFICULTY: {"difficulty": run.value},
        Action.POINT: {"knowledge_point_id": run.value},
    }.get(run.action, {})


def _write_drafts(run: Run, versions: Sequence[QuestionVersion]) -> None:
    by_writers: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for version in versions:
        own = [run.by.user_id] if run.by.user_id else []
        by_writers[tuple(dict.fromkeys([*version.writers, *own]))].append(version.pk)
    for writers, pks in by_writers.items():
        found = QuestionVersion.objects.filter(pk__in=pks, frozen_at=None)
        if found.update(writers=list(writers), edits=F("edits") + 1, **_fields(run)) != len(pks):
            raise Changed
    _cite(run, [(version, version) for version in versions], copy=False)


def _write_new_versions(run: Run, rows: Sequence[Question]) -> None:
    point = KnowledgePoint.objects.get(pk=run.value) if run.action == Action.POINT else None
    made = []
    for row in rows:
        old = row.latest
        assert old is not None
        draft = draft_of(old)
        if run.action == Action.DIFFICULTY:
            draft = replace(draft, difficulty=run.value)
        held = old.knowledge_point and (old.knowledge_point.merged_into or old.knowledge_point)
        new = version_of(draft, number=old.number + 1, point=point or held, by=run.by, at=run.at)
        new.question = row
        made.append((old, new))
    QuestionVersion.objects.bulk_create([new for _old, new in made], batch_size=CHUNK)
    _cite(run, made, copy=True)
    newest = QuestionVersion.objects.filter(question=OuterRef("pk"), frozen_at=None)
    _update(rows, state=State.DRAFT, latest_id=Subquery(newest.values("pk")[:1]))


def _cite(run: Run, pairs: Sequence[tuple[QuestionVersion, QuestionVersion]], *, copy: bool) -> None:
    """The citations of the old version under the new one where they are copied, and the one to add."""
    copies: list[tuple[Citation, Citation]] = []
    added: list[tuple[Citation, Meant]] = []
    for old, new in pairs:
        held = list(old.citations.all())
        copies += [(one, _like(one, new, place)) for place, one in enumerate(held)] if copy else []
        if run.citation is not None:
            added.append((_like(run.citation[0], new, len(held)), run.citation[1]))
    made = [one for _source, one in copies] + [one for one, _meant in added]
    Citation.objects.bulk_create(made, batch_size=CHUNK)
    copy_cited(copies)
    note_cited(added, at=run.at)


def _like(citation: Citation, version: QuestionVersion, place: int) -> Citation:
    return Citation(
        version=version,
        position=place,
        text=citation.text,
        law_title=citation.law_title,
        article_id=citation.article_id,
    )


_DO: dict[str, Callable[[Run, Sequence[Question]], More]] = {
    Action.POOL: _pool,
    Action.SUBMIT: _submit,
    Action.RETIRE: _retire,
}


def chunks(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    """So many at a time."""
    for start in range(0, len(pks), CHUNK):
        yield pks[start : start + CHUNK]
