"""Reading paths, lists and tasks, and the facts that make a task done."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from courses.models import Assignment, AssignmentItem, Enrolment, LearningTask, ReadConfirmation
from courses.rules.assignments import Source, Thing
from courses.rules.audience import from_json
from lianbing.library.models import Receipt
from lianbing.library.queries.receipts import to_read

Facts = dict[int, dict[str, datetime.datetime]]
"""For each officer what they have done, by key, and when first."""


GIVEN = Q(course=None) | Q(course__withdrawn_at=None)
"""Items that can be learned: a course that was withdrawn asks nothing of anybody any more."""


def naming(course: int) -> QuerySet[Assignment]:
    """The paths and lists in force that name a course, by title."""
    items = AssignmentItem.objects.filter(assignment=OuterRef("pk"), course=course)
    return in_force().filter(Exists(items)).order_by("title", "pk")


def in_force() -> QuerySet[Assignment]:
    """What is published and not withdrawn."""
    return Assignment.objects.filter(published_at__isnull=False, withdrawn_at=None)


def sources(assignments: Iterable[Assignment] | None = None) -> list[Source]:
    """The published paths and lists as the rules see them (or these ones). Two statements.

    Without courses that were withdrawn.
    """
    some = list(in_force() if assignments is None else assignments)
    things: dict[int, list[Thing]] = defaultdict(list)
    for item in AssignmentItem.objects.filter(GIVEN, assignment__in=some):
        things[item.assignment_id].append(Thing(item.key, item.pk, item.due_days, item.elective))
    return [
        Source(
            one.pk,
            from_json(one.audience),
            tuple(things[one.pk]),
            timezone.localtime(one.published_at or one.made_at).date(),
            one.due_on,
            one.induction,
        )
        for one in some
    ]


def done(given: Iterable[Source], officers: Collection[int] | None = None) -> Facts:
    """What people have done of these things (those of `officers`, or everybody). Four statements.

    A course counts in whatever edition; a document by a receipt of any circulation of it; everything read by
    the reader's own word. What a merged record did counts for the one that stayed.
    """
    pks = {thing.item for source in given for thing in source.things}
    items = (
        list(AssignmentItem.objects.filter(pk__in=pks))
        if len(pks) < 900
        else list(AssignmentItem.objects.all())
    )
    facts: Facts = defaultdict(dict)
    _note(facts, _courses({i.course_id for i in items if i.course_id}, officers))
    documents: dict[int, list[str]] = defaultdict(list)
    for item in items:
        if item.document_id:
            documents[item.document_id].append(item.key)
    _note(facts, _documents(documents, officers))
    confirmed = ReadConfirmation.objects.filter(_theirs(officers)).order_by()
    rows = confirmed.values_list("officer", "officer__merged_into", "key", "at")
    _note(facts, [(kept or own, key, at) for own, kept, key, at in rows])
    return facts


Row = tuple[int, str, datetime.datetime]


def _note(facts: Facts, rows: Iterable[Row]) -> None:
    for officer, key, at in rows:
        known = facts[officer].get(key)
        facts[officer][key] = min(known, at) if known else at


def _theirs(officers: Collection[int] | None, prefix: str = "officer") -> Q:
    if officers is None:
        return Q()
    return Q(**{f"{prefix}__in": officers}) | Q(**{f"{prefix}__merged_into__in": officers})


def _courses(courses: set[int], officers: Collection[int] | None) -> list[Row]:
    if not courses:
        return []
    rows = Enrolment.objects.filter(_theirs(officers), completed_at__isnull=False, course__in=courses)
    found = rows.order_by().values_list("officer", "officer__merged_into", "course", "completed_at")
    return [(kept or own, f"course:{course}", at) for own, kept, course, at in found if at]


def _documents(documents: dict[int, list[str]], officers: Collection[int] | None) -> list[Row]:
    if not documents:
        return []
    receipts = Receipt.objects.filter(
        _theirs(officers, "reader__officer"), reader__circulation__document__in=list(documents)
    )
    fields = ("reader__officer", "reader__officer__merged_into", "reader__circulation__document", "at")
    return [
        (kept or own, key, at)
        for own, kept, document, at in receipts.order_by().values_list(*fields)
        for key in documents[document]
    ]


def listed(kind: str) -> QuerySet[Assignment]:
    """Every path or every list, newest first, with how many items each has."""
    found = Assignment.objects.filter(kind=kind).annotate(count=Count("items"))
    return found.select_related("replaces").order_by("-made_at", "-pk")


def named(uid: uuid.UUID) -> Assignment | None:
    """One path or list."""
    return Assignment.objects.select_related("replaces").filter(uid=uid).first()


def items_of(assignment: Assignment) -> QuerySet[AssignmentItem]:
    """Its items in order, with what each leads to."""
    related = ("course", "law", "article__edition__law", "document")
    return assignment.items.select_related(*related).defer("document__body", "course__lessons")


@dataclass(frozen=True)
class TaskRow:
    """A task as its officer sees it. `circulation`: the uid of a circulation that asks for a receipt."""

    task: LearningTask
    overdue: bool
    circulation: uuid.UUID | None = None


def tasks_of(officer: int | None) -> QuerySet[LearningTask]:
    """The live tasks of somebody, what is due first standing first."""
    related = (
        "item__assignment",
        "item__course",
        "item__law",
        "item__article__edition__law",
        "item__document",
    )
    found = LearningTask.objects.filter(officer=officer, officer__isnull=False, withdrawn_at=None)
    return (
        found.select_related(*related)
        .defer("item__document__body", "item__course__lessons")
        .order_by("due_on", "item__assignment", "item__position", "pk")
    )


def open_count(officer: int | None, today: datetime.date) -> tuple[int, int]:
    """How many compulsory tasks somebody has to do, and how many of them are overdue. One statement."""
    found = LearningTask.objects.filter(
        officer=officer, officer__isnull=False, withdrawn_at=None, done_at=None, compulsory=True
    ).aggregate(open=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    return found["open"], found["late"]


def circulations_for_tasks(
    tasks: Iterable[LearningTask], officer: int | None, today: datetime.date
) -> dict[int, uuid.UUID]:
    """Which circulation asks this officer for a receipt of the document of a task, by task. One statement."""
    documents = {task.pk: task.item.document_id for task in tasks if task.item.document_id}
    if not documents:
        return {}
    rows = to_read(officer, today).filter(circulation__document__in=set(documents.values()))
    rows = rows.order_by("-due_on", "-pk")
    asked = dict(rows.values_list("circulation__document", "circulation__uid"))
    return {task: asked[document] for task, document in documents.items() if document in asked}
