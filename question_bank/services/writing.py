"""Writing questions and moving them through their states."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lianbing.kit import audit
from lianbing.library.queries import CitationResolver
from lianbing.people.rules import Actor
from question_bank import kinds, state
from question_bank.models import Citation, KnowledgePoint, Question, QuestionBank, QuestionVersion
from question_bank.rules.draft import Draft
from question_bank.services.building import citations_of, problems_of, version_of
from question_bank.services.errors import (
    Changed,
    CitationNeeded,
    NotAllowedNow,
    NotSound,
    SecondPersonNeeded,
)

STREAM = "question_bank"
MAY_WAIT = frozenset({"key_missing"})
CHUNK = 900


def make_bank(
    *, slug: str, name: str = "", needs_second_person: bool = False, by: Actor, at: datetime.datetime
) -> QuestionBank:
    """The bank of this slug, made when it is not there."""
    with transaction.atomic():
        bank, made = QuestionBank.objects.get_or_create(
            slug=slug,
            defaults={
                "name": name or slug,
                "needs_second_person": needs_second_person,
                "created_at": at,
            },
        )
        if made:
            audit.record(stream=STREAM, action="bank_made", by=by, at=at, subject=bank)
    return bank


def change_bank(
    *, bank: QuestionBank, name: str, needs_second_person: bool, by: Actor, at: datetime.datetime
) -> None:
    """Rename a bank or change its review rule, on record. What is published stays as it is."""
    with transaction.atomic():
        before = {"name": bank.name, "needs_second_person": bank.needs_second_person}
        bank.name, bank.needs_second_person = name, needs_second_person
        bank.save(update_fields=["name", "needs_second_person"])
        audit.record(stream=STREAM, action="bank_changed", by=by, at=at, subject=bank, before=before)


def demand_citations(*, points: Iterable[KnowledgePoint], by: Actor, at: datetime.datetime) -> None:
    """Exactly these knowledge points demand a citation from now on; each change is on record."""
    wanted = {point.pk for point in points}
    with transaction.atomic():
        for point in KnowledgePoint.objects.select_for_update():
            if point.needs_citation != (point.pk in wanted):
                point.needs_citation = point.pk in wanted
                point.save(update_fields=["needs_citation"])
                action = "citation_demanded" if point.needs_citation else "citation_not_demanded"
                audit.record(stream=STREAM, action=action, by=by, at=at, subject=point)


def point_named(name: str) -> KnowledgePoint | None:
    """The knowledge point of this name, made when it is new; None for no name."""
    return KnowledgePoint.objects.get_or_create(name=name[:100])[0] if name else None


def _checked(draft: Draft) -> Draft:
    """The tidied draft. A draft may still wait for its key; anything else wrong raises NotSound."""
    clean = draft.tidied()
    problems = [p for p in problems_of(clean) if p.code not in MAY_WAIT]
    if problems:
        raise NotSound(problems)
    return clean


def _store_citations(version: QuestionVersion, draft: Draft, at: datetime.datetime) -> None:
    version.citations.all().delete()
    if draft.citations:
        made, _unresolved = citations_of(draft, CitationResolver(timezone.localtime(at).date()))
        for citation in made:
            citation.version = version
        Citation.objects.bulk_create(made)


def create_question(*, bank: QuestionBank, draft: Draft, by: Actor, at: datetime.datetime) -> Question:
    """A new question with its first version as a draft. Raises NotSound."""
    clean = _checked(draft)
    with transaction.atomic():
        question = Question.objects.create(
            bank=bank,
            search_text=clean.search_text(),
            fingerprint=clean.fingerprint(),
            created_at=at,
            changed_at=at,
        )
        version = version_of(clean, number=1, point=point_named(clean.point), by=by, at=at)
        version.question = question
        version.save()
        _store_citations(version, clean, at)
        question.latest = version
        question.save(update_fields=["latest"])
        audit.record(stream=STREAM, action="question_created", by=by, at=at, subject=question)
    return question


def revise(
    *, question: Question, draft: Draft, by: Actor, at: datetime.datetime, seen: int | None = None
) -> QuestionVersion:
    """Save a draft of the question: in place when its newest version is a draft, else as a new version.

    What is published stays in use until the new version is. `seen` is the `edits` count the editor
    started from; Changed is raised when somebody saved in between. Raises NotSound.
    """
    clean = _checked(draft)
    with transaction.atomic():
        question = Question.objects.select_for_update().select_related("latest").get(pk=question.pk)
        latest = question.latest
        assert latest is not None
        if seen is not None and latest.edits != seen:
            raise Changed
        version = version_of(clean, number=latest.number, point=point_named(clean.point), by=by, at=at)
        version.question = question
        if latest.frozen_at:
            version.number += 1
        else:
            version.pk, version.created_at = latest.pk, latest.created_at
            version.edits = latest.edits + 1
            version.writers = list(dict.fromkeys([*latest.writers, *version.writers]))
        version.save()
        _store_citations(version, clean, at)
        Question.objects.filter(pk=question.pk).update(
            latest=version,
            state=state.State.DRAFT,
            search_text=clean.search_text(),
            fingerprint=clean.fingerprint(),
            changed_at=at,
        )
        audit.record(
            stream=STREAM,
            action="question_revised",
            by=by,
            at=at,
            subject=question,
            version=version.number,
        )
    return version


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
    """Raises NotSound or CitationNeeded when the version may not be asked as it is."""
    problems = kinds.get(version.kind).check(version.content, version.key)
    if problems:
        raise NotSound(problems)
    point = version.knowledge_point
    if point and point.needs_citation and not version.citations.exists():
        raise CitationNeeded


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


def send_back(*, question: Question, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Send a question in review back to its author, with the reason. Raises NotAllowedNow."""
    with transaction.atomic():
        _move(question, "send_back", at)
        audit.record(
            stream=STREAM, action="question_sent_back", by=by, at=at, subject=question, reason=reason
        )


def publish(*, question: Question, by: Actor, at: datetime.datetime, seen: int | None = None) -> None:
    """Freeze the newest version and put it in use. `seen` as in `revise`.

    Raises SecondPersonNeeded (the bank's own review rule), NotSound, CitationNeeded, NotAllowedNow,
    Changed.
    """
    with transaction.atomic():
        question.refresh_from_db()
        version = _latest(question, seen)
        if not state.may("publish", question.state) or version.frozen_at:
            raise NotAllowedNow
        if not state.can_approve(
            writers=frozenset(version.writers),
            approver=by.user_id,
            needs_second_person=question.bank.needs_second_person,
            reviewed=question.state == state.State.IN_REVIEW,
        ):
            raise SecondPersonNeeded
        check_whole(version)
        frozen = QuestionVersion.objects.filter(pk=version.pk, frozen_at=None, edits=version.edits).update(
            frozen_at=at, approver_name=by.name
        )
        if frozen != 1:
            raise Changed
        _move(question, "publish", at, published_version=version)
        audit.record(
            stream=STREAM,
            action="question_published",
            by=by,
            at=at,
            subject=question,
            version=version.number,
        )


def retire(*, question: Question, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Take the question out of every draw, with the reason; papers that hold it keep it."""
    with transaction.atomic():
        _move(question, "retire", at, published_version=None)
        audit.record(stream=STREAM, action="question_retired", by=by, at=at, subject=question, reason=reason)


def record_use(version_ids: Iterable[int], at: datetime.datetime) -> None:
    """Count that papers used these versions (an id as often as it was used)."""
    counted = Counter(version_ids)
    wanted = sorted(counted)
    uses: Counter[int] = Counter()
    for start in range(0, len(wanted), CHUNK):
        rows = QuestionVersion.objects.filter(pk__in=wanted[start : start + CHUNK])
        for pk, question_id in rows.values_list("pk", "question_id"):
            uses[question_id] += counted[pk]
    by_count: dict[int, list[int]] = defaultdict(list)
    for question_id, count in uses.items():
        by_count[count].append(question_id)
    with transaction.atomic():
        for count, questions in by_count.items():
            for start in range(0, len(questions), CHUNK):
                Question.objects.filter(pk__in=questions[start : start + CHUNK]).update(
                    times_used=F("times_used") + count, last_used_at=at
                )
