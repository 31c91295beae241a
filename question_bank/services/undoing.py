"""Undoing a bulk edit: exactly as before, wherever nothing else has changed since."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Left, Length

from lianbing.kit import audit
from lianbing.people.rules import Actor
from question_bank.models import BulkEdit, BulkEditItem, Citation, KnowledgePoint, Question, QuestionVersion
from question_bank.services.banks import STREAM
from question_bank.services.bulk import Action, added_text, chunks, stands
from question_bank.services.discarding import drop_drafts
from question_bank.services.errors import NotAllowedNow, OtherPersonNeeded

BATCH = 100


def undo(*, edit: BulkEdit, by: Actor, at: datetime.datetime) -> int:
    """Put every question back as it was; returns how many. Only who did it may, and only once.

    What somebody has touched since stays, and `edit.kept` says so: "changed", "law_review" (retiring it
    closed the review its law had asked for), "point_gone". Raises NotAllowedNow and OtherPersonNeeded.
    """
    if edit.by_id is None or edit.by_id != by.user_id:
        raise OtherPersonNeeded
    with transaction.atomic():
        if BulkEdit.objects.filter(pk=edit.pk, undone_at=None).update(undone_at=at) != 1:
            raise NotAllowedNow
        points = set(KnowledgePoint.with_merged.values_list("pk", flat=True))
        kept: list[list[str]] = []
        restored = 0
        for part in chunks(list(edit.items.order_by("pk").values_list("pk", flat=True))):
            items = list(BulkEditItem.objects.filter(pk__in=part).select_related("question__latest"))
            now = stands([item.question_id for item in items])
            why = {item.pk: _reason(item, now[item.question_id], points) for item in items}
            kept += [[str(item.question.uid), why[item.pk]] for item in items if why[item.pk]]
            good = [item for item in items if not why[item.pk]]
            _restore(edit, good)
            restored += len(good)
            audit.record_each(
                stream=STREAM,
                action="bulk_change_undone",
                by=by,
                at=at,
                subjects=[item.question for item in good],
                bulk=str(edit.uid),
            )
        BulkEdit.objects.filter(pk=edit.pk).update(kept=kept)
        audit.record(
            stream=STREAM,
            action="bulk_edit_undone",
            by=by,
            at=at,
            subject=edit,
            restored=restored,
            kept=len(kept),
        )
    edit.refresh_from_db()
    return restored


def _reason(item: BulkEditItem, now: dict[str, Any], points: set[int]) -> str:
    """Why a question cannot be put back; "" when it can."""
    if now != item.after:
        return "changed"
    if item.before.get("law_review"):
        return "law_review"
    return "point_gone" if item.before.get("point") and item.before["point"] not in points else ""


def _restore(edit: BulkEdit, items: Sequence[BulkEditItem]) -> None:
    made = [item.after["latest"] for item in items if item.after["latest"] != item.before["latest"]]
    rows = []
    for item in items:
        row, was = item.question, item.before
        row.pool, row.state = was["pool"], was["state"]
        row.latest_id, row.published_version_id = was["latest"], was["published_version"]
        row.changed_at = datetime.datetime.fromisoformat(was["changed_at"])
        rows.append(row)
    fields = ["pool", "state", "latest", "published_version", "changed_at"]
    Question.objects.bulk_update(rows, fields, batch_size=BATCH)
    drop_drafts(made)
    _restore_drafts([item for item in items if "writers" in item.before])
    if edit.action == Action.CITATION:
        _take_back(edit.told["value"], items)


def _restore_drafts(items: Sequence[BulkEditItem]) -> None:
    """What drafts said before. Their saves go on counting, so that no editor opened meanwhile is fooled."""
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for item in items:
        was = item.before
        alike[was["difficulty"], was["point"], tuple(was["writers"])].append(was["latest"])
    for (difficulty, point, writers), pks in alike.items():
        QuestionVersion.objects.filter(pk__in=pks, frozen_at=None).update(
            difficulty=difficulty, knowledge_point=point, writers=list(writers), edits=F("edits") + 1
        )


def _take_back(citation: str, items: Sequence[BulkEditItem]) -> None:
    """The citation leaves the drafts it was added to, and every search text."""
    drafts = [item.before["latest"] for item in items if "writers" in item.before]
    Citation.objects.filter(version__in=drafts, text=citation).delete()
    pks = [item.question_id for item in items]
    shorter = Left("search_text", Length("search_text") - len(added_text(citation)))
    Question.objects.filter(pk__in=pks).update(search_text=shorter)
