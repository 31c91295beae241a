"""Shaping the tree of knowledge points: rename and move, merge, delete."""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError, Q

from lianbing.kit import audit
from lianbing.people.rules import Actor
from question_bank.models import KnowledgePoint, QuestionVersion
from question_bank.ports import tell_merged
from question_bank.rules import points
from question_bank.services.banks import STREAM, point_named
from question_bank.services.errors import BankError


class BadMove(BankError):
    """The tree stays as it was. `code`: empty, inside, taken, too_deep, has_below, same, used."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _tree(point: KnowledgePoint) -> list[KnowledgePoint]:
    """The point, all below it, and what was merged into them."""
    root = Q(name=point.name) | Q(name__startswith=point.name + points.SEPARATOR)
    return list(KnowledgePoint.with_merged.select_for_update().filter(root))


def move_point(*, point: KnowledgePoint, path: str, by: Actor, at: datetime.datetime) -> None:
    """Call the point `path` from now on, and let everything below move with it.

    Points above the new path are made where they are missing. Raises BadMove: empty; inside (below itself);
    taken (another point has one of the new paths: merge them); too_deep (deeper or longer than a path may be).
    """
    target = points.tidy_path(path)
    if not target:
        raise BadMove("empty")
    with transaction.atomic():
        point.refresh_from_db()
        before = point.name
        if target == before:
            return
        if points.within(target, before):
            raise BadMove("inside")
        moving = _tree(point)
        for one in moving:
            one.name = points.moved(one.name, before, target)
        if not all(points.fits(one.name) for one in moving):
            raise BadMove("too_deep")
        others = KnowledgePoint.objects.exclude(pk__in=[one.pk for one in moving])
        if others.filter(name__in=[one.name for one in moving]).exists():
            raise BadMove("taken")
        if above := points.ancestors(target):
            point_named(above[-1])
        try:
            with transaction.atomic():
                KnowledgePoint.with_merged.bulk_update(moving, ["name"], batch_size=100)
        except IntegrityError:
            raise BadMove("taken") from None
        point.refresh_from_db()
        audit.record(
            stream=STREAM, action="point_moved", by=by, at=at, subject=point, before=before, moved=len(moving)
        )


def merge_points(*, point: KnowledgePoint, into: KnowledgePoint, by: Actor, at: datetime.datetime) -> None:
    """Make one of two points: questions, drafts and blueprints on `point` are on `into` from now on.

    Published versions are frozen and still hold the row of `point`, which bears the name of `into` and is
    read as it. Raises BadMove: same; has_below (what lies below is moved or merged first).
    """
    if point.pk == into.pk:
        raise BadMove("same")
    with transaction.atomic():
        point.refresh_from_db()
        into.refresh_from_db()
        if point.merged_into_id or into.merged_into_id:
            raise BadMove("same")
        if KnowledgePoint.objects.filter(name__startswith=point.name + points.SEPARATOR).exists():
            raise BadMove("has_below")
        before = point.name
        drafts = QuestionVersion.objects.filter(knowledge_point=point, frozen_at=None)
        moved = drafts.update(knowledge_point=into, edits=F("edits") + 1)
        KnowledgePoint.with_merged.filter(Q(pk=point.pk) | Q(merged_into=point)).update(
            merged_into=into, name=into.name, cites_none=into.cites_none
        )
        tell_merged(point.pk, into.pk)
        audit.record(
            stream=STREAM, action="points_merged", by=by, at=at, subject=into, merged=before, drafts=moved
        )


def delete_point(*, point: KnowledgePoint, by: Actor, at: datetime.datetime) -> None:
    """Delete a point nothing is on. Raises BadMove: has_below; used (questions or blueprints are on it)."""
    with transaction.atomic():
        if KnowledgePoint.objects.filter(name__startswith=point.name + points.SEPARATOR).exists():
            raise BadMove("has_below")
        audit.record(stream=STREAM, action="point_deleted", by=by, at=at, subject=point)
        try:
            point.delete()
        except ProtectedError:
            raise BadMove("used") from None
