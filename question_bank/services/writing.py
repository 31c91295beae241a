"""Writing questions: new ones, and new versions of old ones."""

import datetime

from django.db import transaction
from django.utils import timezone

from lianbing.kit import audit
from lianbing.library.queries import CitationResolver
from lianbing.people.rules import Actor
from question_bank import state
from question_bank.models import Citation, Question, QuestionBank, QuestionVersion
from question_bank.queries import unknown_pictures
from question_bank.rules.contract import Problem
from question_bank.rules.draft import Draft
from question_bank.services.banks import STREAM, point_named
from question_bank.services.building import MAY_WAIT, citations_of, problems_of, version_of
from question_bank.services.cited import note_cited
from question_bank.services.errors import Changed, NotSound
from question_bank.services.likeness import note_likeness


def _checked(draft: Draft) -> Draft:
    """The tidied draft. A draft may still wait for its key; anything else wrong raises NotSound."""
    clean = draft.tidied()
    problems = [p for p in problems_of(clean) if p.code not in MAY_WAIT]
    if unknown_pictures([clean.search_text()]):
        problems.append(Problem("picture_unknown", "stem"))
    if problems:
        raise NotSound(problems)
    return clean


def _store_citations(version: QuestionVersion, draft: Draft, at: datetime.datetime) -> None:
    version.citations.all().delete()
    if draft.citations:
        made = citations_of(draft, CitationResolver(timezone.localtime(at).date()))
        for citation, _meant in made:
            citation.version = version
        Citation.objects.bulk_create([citation for citation, _meant in made])
        note_cited(made, at=at)


def create_question(*, bank: QuestionBank, draft: Draft, by: Actor, at: datetime.datetime) -> Question:
    """A new question with its first version as a draft. Raises NotSound."""
    clean = _checked(draft)
    with transaction.atomic():
        question = Question.objects.create(
            bank=bank,
            pool=bank.default_pool,
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
        note_likeness(questions=[question.pk], at=at)
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
        question = (
            Question.objects.select_for_update(of=("self",)).select_related("latest").get(pk=question.pk)
        )
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
        note_likeness(questions=[question.pk], at=at)
        audit.record(
            stream=STREAM,
            action="question_revised",
            by=by,
            at=at,
            subject=question,
            version=version.number,
        )
    return version
