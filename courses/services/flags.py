"""Flags on courses whose law changed: raised by the news, settled by a person or by a new edition."""

import datetime
from collections.abc import Collection

from django.db import transaction

from courses.models import CourseFlag
from courses.permissions import authoring as permissions
from courses.queries.flags import taught_among
from courses.services.authoring import STREAM, Refused
from lianbing.kit import audit
from lianbing.library.models import LawEdition
from lianbing.people.rules import SYSTEM, Actor

LONGEST_REASON = 300


@transaction.atomic
def raise_flags(*, articles: Collection[int], edition: LawEdition, event: str, at: datetime.datetime) -> int:
    """Flag the lessons that teach these articles. Told twice, it is flagged once. Returns how many are new."""
    raised = 0
    for one in taught_among(articles):
        flag, made = CourseFlag.objects.get_or_create(
            lesson=one.lesson,
            article_id=one.article_id,
            law_edition=edition,
            event=event,
            defaults={"raised_at": at},
        )
        if made:
            raised += 1
            audit.record(
                stream=STREAM,
                action="course_flagged",
                by=SYSTEM,
                at=at,
                subject=one.lesson.edition.course,
                lesson=flag.lesson.title,
                article=one.article_id,
                law=str(edition),
            )
    return raised


@transaction.atomic
def settle(*, flag: CourseFlag, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Say with a reason that the lesson is right as it stands. Raises Refused."""
    if not permissions.can_author(by):
        raise Refused("role")
    if not reason.strip():
        raise Refused("flag_reason")
    known = CourseFlag.objects.filter(pk=flag.pk, settled_at=None)
    if known.update(settled_at=at, settled_by=by.snapshot(), reason=reason.strip()[:LONGEST_REASON]) != 1:
        raise Refused("settled")
    audit.record(
        stream=STREAM,
        action="course_flag_settled",
        by=by,
        at=at,
        subject=flag.lesson.edition.course,
        reason=reason,
        lesson=flag.lesson.title,
        article=str(flag.article),
    )
