"""Learning paths and reading lists: made as drafts, published (then frozen), replaced, withdrawn."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from courses.models import Assignment, AssignmentItem, LearningTask, ReadConfirmation
from courses.permissions.assignments import MAKERS, can_change
from courses.queries.audience import people_of
from courses.rules.audience import Audience, from_json, to_json, within
from courses.services.tasks import mark_stale
from lianbing.kit import audit
from lianbing.people.models import Officer
from lianbing.people.queries import day_of
from lianbing.people.rules import SYSTEM, Actor

STREAM = "courses"
MOST_ITEMS = 60
COPIED = ("uid", "position", "kind", "title", "course_id", "law_id", "article_id", "document_id", "text")
READ = ("law", "article", "document", "film", "text")


class AssignmentRefused(Exception):
    """Nothing was saved. `code`: not_allowed, outside (an audience wider than one's units), published, withdrawn,
    empty, nobody (in the audience), past (the day), no_day (a list without one), replaced (by another draft),
    known (the thing stands there already), full, retired (a course or document withdrawn)."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True)
class Facts:
    """What a path or list says of itself."""

    title: str
    audience: Audience
    note: str = ""
    due_on: datetime.date | None = None
    induction: bool = False


def _guard_audience(audience: Audience, by: Actor) -> None:
    if by != SYSTEM and not within(audience, by.scopes(*MAKERS)):
        raise AssignmentRefused("outside")


def _guard(assignment: Assignment, by: Actor) -> None:
    if by != SYSTEM and not can_change(by, assignment):
        raise AssignmentRefused("not_allowed")


def _draft(assignment: Assignment, by: Actor) -> Assignment:
    """The draft, locked. Raises AssignmentRefused when it is one no more or not theirs."""
    fresh = Assignment.objects.select_for_update().get(pk=assignment.pk)
    _guard(fresh, by)
    if not fresh.is_draft:
        raise AssignmentRefused("published")
    return fresh


def _stored(kind: str, facts: Facts) -> dict[str, Any]:
    path = kind == Assignment.Kind.PATH
    return {
        "title": facts.title[:100],
        "note": facts.note[:300],
        "audience": to_json(facts.audience),
        "due_on": None if path else facts.due_on,
        "induction": path and facts.induction,
    }


@transaction.atomic
def make(*, kind: str, facts: Facts, by: Actor, at: datetime.datetime) -> Assignment:
    """A new draft without items."""
    _guard_audience(facts.audience, by)
    made = Assignment.objects.create(kind=kind, made_by=by.snapshot(), made_at=at, **_stored(kind, facts))
    audit.record(stream=STREAM, action="assignment_made", by=by, at=at, subject=made)
    return made


@transaction.atomic
def change(*, assignment: Assignment, facts: Facts, by: Actor, at: datetime.datetime) -> None:
    """Change what a draft says of itself."""
    draft = _draft(assignment, by)
    _guard_audience(facts.audience, by)
    Assignment.objects.filter(pk=draft.pk).update(**_stored(draft.kind, facts))
    audit.record(stream=STREAM, action="assignment_changed", by=by, at=at, subject=draft)


@transaction.atomic
def add(*, assignment: Assignment, by: Actor, at: datetime.datetime, **item: Any) -> AssignmentItem:
    """Add an item at the end of a draft. `item` are fields of AssignmentItem. The same thing once."""
    draft = _draft(assignment, by)
    things = {k: item[k] for k in ("course", "law", "article", "document") if item.get(k) is not None}
    if things and draft.items.filter(kind=item["kind"], **things).exists():
        raise AssignmentRefused("known")
    if draft.items.count() >= MOST_ITEMS:
        raise AssignmentRefused("full")
    last = draft.items.aggregate(last=Max("position"))["last"] or 0
    made = AssignmentItem.objects.create(assignment=draft, position=last + 1, **item)
    audit.record(stream=STREAM, action="assignment_changed", by=by, at=at, subject=draft, added=made.title)
    return made


@transaction.atomic
def take_over(*, assignment: Assignment, source: Assignment, by: Actor, at: datetime.datetime) -> int:
    """Add every item of another path or list that is not there yet; what somebody did there counts here too.

    Returns how many were added.
    """
    draft = _draft(assignment, by)
    known = {item.key for item in draft.items.all()}
    last = draft.items.aggregate(last=Max("position"))["last"] or 0
    new = [item for item in source.items.all() if item.key not in known]
    if len(known) + len(new) > MOST_ITEMS:
        raise AssignmentRefused("full")
    AssignmentItem.objects.bulk_create(
        _copy(item, draft, position=last + place) for place, item in enumerate(new, start=1)
    )
    audit.record(
        stream=STREAM, action="assignment_changed", by=by, at=at, subject=draft, taken_over=source.title
    )
    return len(new)


def _copy(item: AssignmentItem, to: Assignment, **other: Any) -> AssignmentItem:
    fields = {name: getattr(item, name) for name in COPIED}
    return AssignmentItem(assignment=to, due_days=item.due_days, elective=item.elective, **(fields | other))


@transaction.atomic
def set_item(
    *, item: AssignmentItem, due_days: int, elective: bool, by: Actor, at: datetime.datetime
) -> None:
    """Change the days and the weight of an item of a draft."""
    draft = _draft(item.assignment, by)
    AssignmentItem.objects.filter(pk=item.pk).update(due_days=due_days, elective=elective)
    audit.record(stream=STREAM, action="assignment_changed", by=by, at=at, subject=draft, item=item.title)


@transaction.atomic
def remove(*, item: AssignmentItem, by: Actor, at: datetime.datetime) -> None:
    """Take an item out of a draft."""
    draft = _draft(item.assignment, by)
    AssignmentItem.objects.filter(pk=item.pk).delete()
    audit.record(stream=STREAM, action="assignment_changed", by=by, at=at, subject=draft, removed=item.title)


@transaction.atomic
def shift(*, item: AssignmentItem, up: bool, by: Actor, at: datetime.datetime) -> None:
    """Move an item one place. At the end of the list nothing happens."""
    draft = _draft(item.assignment, by)
    order = list(draft.items.all())
    place = next((n for n, one in enumerate(order) if one.pk == item.pk), None)
    if place is None:
        return
    other = place - 1 if up else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
        for position, one in enumerate(order, start=1):
            one.position = position
        AssignmentItem.objects.bulk_update(order, ["position"])
        audit.record(
            stream=STREAM, action="assignment_changed", by=by, at=at, subject=draft, moved=item.title
        )


@transaction.atomic
def publish(*, assignment: Assignment, by: Actor, at: datetime.datetime) -> None:
    """Freeze a draft and give its tasks with the next turn of the ticker. What it replaces is withdrawn.

    Raises AssignmentRefused.
    """
    draft = _draft(assignment, by)
    audience, today = from_json(draft.audience), day_of(at)
    _guard_audience(audience, by)
    _check_ready(draft, audience, today)
    old = draft.replaces
    if old is not None:
        _guard(old, by)
        because = f"→ {draft.title}"[:200]
        gone = Assignment.objects.filter(pk=old.pk, published_at__isnull=False, withdrawn_at=None)
        if gone.update(withdrawn_at=at, withdrawn_because=because) != 1:
            raise AssignmentRefused("replaced")
    now = Assignment.objects.filter(pk=draft.pk, published_at=None)
    if now.update(published_at=at, published_by=by.snapshot()) != 1:
        raise AssignmentRefused("published")
    audit.record(
        stream=STREAM,
        action="assignment_published",
        by=by,
        at=at,
        subject=draft,
        audience=draft.audience,
        replaces=old.pk if old else None,
    )
    mark_stale(at=at)


def _check_ready(draft: Assignment, audience: Audience, today: datetime.date) -> None:
    items = list(draft.items.select_related("course", "document").defer("document__body"))
    if not items:
        raise AssignmentRefused("empty")
    for item in items:
        withdrawn = item.course is not None and item.course.withdrawn_at is not None
        if withdrawn or (item.document is not None and not item.document.live):
            raise AssignmentRefused("retired", title=item.title)
    if draft.kind == Assignment.Kind.LIST and draft.due_on is None:
        raise AssignmentRefused("no_day")
    if draft.due_on is not None and draft.due_on < today and draft.replaces_id is None:
        raise AssignmentRefused("past")
    # A path may wait for people still to come; a list with a day is for those who are there.
    if draft.kind == Assignment.Kind.LIST and not people_of(audience, today).exists():
        raise AssignmentRefused("nobody")


@transaction.atomic
def withdraw(*, assignment: Assignment, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Nobody need do it any more; what is done stays on record. Raises AssignmentRefused."""
    _guard(assignment, by)
    live = Assignment.objects.filter(pk=assignment.pk, published_at__isnull=False, withdrawn_at=None)
    if live.update(withdrawn_at=at, withdrawn_because=reason.strip()[:200]) != 1:
        raise AssignmentRefused("withdrawn")
    audit.record(
        stream=STREAM, action="assignment_withdrawn", by=by, at=at, subject=assignment, reason=reason
    )
    mark_stale(at=at)


@transaction.atomic
def copy(*, assignment: Assignment, replacing: bool, by: Actor, at: datetime.datetime) -> Assignment:
    """A draft like this one. `replacing`: a new version, in which what is done counts on; else a thing of its own,
    to be done anew (courses count wherever they were completed).
    """
    if by != SYSTEM and not by.has(*MAKERS):
        raise AssignmentRefused("not_allowed")
    if replacing:
        _guard(assignment, by)
        if not assignment.in_force:
            raise AssignmentRefused("withdrawn")
    made = Assignment.objects.create(
        kind=assignment.kind,
        title=assignment.title,
        note=assignment.note,
        audience=assignment.audience,
        induction=assignment.induction,
        due_on=assignment.due_on if replacing else None,
        replaces=assignment if replacing else None,
        made_by=by.snapshot(),
        made_at=at,
    )
    AssignmentItem.objects.bulk_create(
        _copy(item, made, **({} if replacing else {"uid": uuid.uuid4()})) for item in assignment.items.all()
    )
    audit.record(stream=STREAM, action="assignment_made", by=by, at=at, subject=made, copied=assignment.pk)
    return made


@transaction.atomic
def discard(*, assignment: Assignment, by: Actor, at: datetime.datetime) -> None:
    """Delete a draft."""
    draft = _draft(assignment, by)
    audit.record(stream=STREAM, action="assignment_discarded", by=by, at=at, subject=draft, title=draft.title)
    draft.items.all().delete()
    draft.delete()


@transaction.atomic
def confirm(*, task: LearningTask, by: Actor, at: datetime.datetime) -> None:
    """An officer says that they have read what a task of theirs asks. Saying it again changes nothing.

    Raises AssignmentRefused: not_allowed (not theirs, or a course), withdrawn.
    """
    item = AssignmentItem.objects.get(pk=task.item_id)
    if by.officer_id is None or task.officer_id != by.officer_id or item.kind not in READ:
        raise AssignmentRefused("not_allowed")
    mine = LearningTask.objects.filter(pk=task.pk, withdrawn_at=None)
    if mine.filter(done_at=None).update(done_at=at) != 1:
        if not mine.exists():
            raise AssignmentRefused("withdrawn")
        return
    officer = Officer.objects.get(pk=by.officer_id)
    ReadConfirmation.objects.get_or_create(
        officer=officer, key=task.key, defaults={"item": item, "name": by.name[:50], "at": at}
    )
    audit.record(stream=STREAM, action="reading_confirmed", by=by, at=at, subject=item)
