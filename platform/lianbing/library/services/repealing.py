"""Repeal several laws in one act, and take the act back before its day."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from lianbing.kit import audit
from lianbing.library.models import LawEdition, Repeal, RepealItem
from lianbing.library.rules.repealing import Act
from lianbing.library.services import effective
from lianbing.people.rules import Actor

# What may be repealed: models with the fields effective_to and repealed_by.
REPEALABLE = ("library.lawedition", "library.librarydocument")


class CannotRepeal(Exception):
    """Nothing was saved. `code`: nothing, ended (names which), begins_later, too_late, undone, changed."""

    def __init__(self, code: str, title: str = "") -> None:
        super().__init__(f"{code} {title}".strip())
        self.code, self.title = code, title


@transaction.atomic
def repeal(*, targets: Sequence[models.Model], act: Act, by: Actor, at: datetime.datetime) -> Repeal:
    """End all `targets` from the day of the act on, in one act on record. All or nothing.

    Raises CannotRepeal: nothing was chosen, one of them ends already, or does not hold by that day yet.
    """
    if not targets:
        raise CannotRepeal("nothing")
    made = Repeal.objects.create(
        title=act.title, number=act.number, on=act.on, reason=act.reason, by_name=by.name[:50], at=at
    )
    for target in targets:
        _end(target, made, act)
    audit.record(
        stream="library",
        action="repeal",
        by=by,
        at=at,
        subject=made,
        reason=act.reason,
        on=act.on.isoformat(),
        ended=[str(target) for target in targets],
    )
    _settle(targets, at)
    return made


def _end(target: Any, made: Repeal, act: Act) -> None:
    label = target._meta.label_lower
    assert label in REPEALABLE
    begins = target.holds_from if isinstance(target, LawEdition) else target.effective_on
    if begins is not None and begins >= act.on:
        raise CannotRepeal("begins_later", str(target))
    ended = (
        type(target)
        .objects.filter(pk=target.pk, effective_to=None)
        .update(effective_to=act.on, repealed_by=act.words[:300])
    )
    if ended != 1:
        raise CannotRepeal("ended", str(target))
    RepealItem.objects.create(
        repeal=made,
        subject_type=label,
        subject_id=target.pk,
        title=str(target)[:300],
        before_to=None,
        before_by=target.repealed_by,
    )


def _settle(targets: Sequence[models.Model], at: datetime.datetime) -> None:
    laws = {target.law_id for target in targets if isinstance(target, LawEdition)}
    for law in sorted(laws):
        effective.settle(law=law, at=at)


@transaction.atomic
def undo(*, repeal: Repeal, reason: str, by: Actor, at: datetime.datetime) -> Repeal:
    """Take a repeal back by a counter-entry, before its day. Raises CannotRepeal (too_late, undone, changed)."""
    if timezone.localtime(at).date() >= repeal.on:
        raise CannotRepeal("too_late")
    if repeal.undoes_id is not None:
        raise CannotRepeal("undone")
    try:
        with transaction.atomic():
            counter = Repeal.objects.create(
                title=repeal.title,
                number=repeal.number,
                on=repeal.on,
                reason=reason,
                by_name=by.name[:50],
                at=at,
                undoes=repeal,
            )
    except IntegrityError:
        raise CannotRepeal("undone") from None
    restored: list[models.Model] = []
    for item in repeal.items.all():
        model = apps.get_model(item.subject_type)
        back = model.objects.filter(pk=item.subject_id, effective_to=repeal.on).update(
            effective_to=item.before_to, repealed_by=item.before_by
        )
        if back != 1:
            raise CannotRepeal("changed", item.title)
        restored.append(model.objects.get(pk=item.subject_id))
    audit.record(stream="library", action="undo_repeal", by=by, at=at, subject=repeal, reason=reason)
    _settle(restored, at)
    return counter
