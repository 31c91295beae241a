"""Giving up a draft of a question that is or was in use."""

import datetime
from collections.abc import Collection

from django.db import transaction

from lianbing.kit import audit
from lianbing.people.rules import Actor
from question_bank.models import Citation, Question, QuestionVersion
from question_bank.services.banks import STREAM
from question_bank.services.building import draft_of
from question_bank.services.errors import Changed, NotAllowedNow
from question_bank.services.likeness import note_likeness
from question_bank.state import State


def discard_draft(*, question: Question, by: Actor, at: datetime.datetime, seen: int | None = None) -> None:
    """Delete the newest version, an unpublished draft, and go back to the published one before it.

    The question is published again where that version is still in use, else retired as it was. Raises
    NotAllowedNow where nothing was ever published, or the draft is in review; Changed as in `revise`.
    """
    with transaction.atomic():
        question = (
            Question.objects.select_for_update(of=("self",)).select_related("latest").get(pk=question.pk)
        )
        draft = question.latest
        back = question.versions.exclude(pk=draft.pk).order_by("-number").first() if draft else None
        if draft is None or back is None or back.frozen_at is None or question.state != State.DRAFT:
            raise NotAllowedNow
        if seen is not None and draft.edits != seen:
            raise Changed
        restored = draft_of(back)
        question.latest, question.changed_at = back, at
        question.state = Question.State.PUBLISHED if question.published_version_id else Question.State.RETIRED
        question.search_text, question.fingerprint = restored.search_text(), restored.fingerprint()
        question.save(update_fields=["latest", "changed_at", "state", "search_text", "fingerprint"])
        drop_drafts([draft.pk])
        note_likeness(questions=[question.pk], at=at)
        audit.record(
            stream=STREAM, action="draft_discarded", by=by, at=at, subject=question, version=draft.number
        )


def drop_drafts(versions: Collection[int]) -> None:
    """Delete unfrozen versions no question points at any more, inside the caller's transaction."""
    Citation.objects.filter(version__in=versions).delete()
    QuestionVersion.objects.filter(pk__in=versions, frozen_at=None).delete()
