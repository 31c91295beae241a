"""Reading qualifications: of one's people, of one person, and of those who review decisions."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from certificates.models import DutyPost, Qualification
from certificates.rules.legal_review import SINCE, Standing, standing
from lianbing.people.models import Appointment, Officer
from lianbing.people.queries import appointments_in, serving_on

PERSON = Coalesce("officer__merged_into_id", "officer_id")


def counting(on: datetime.date) -> QuerySet[Qualification]:
    """What counts on a day: not struck out, obtained by then, not ended."""
    in_time = Q(valid_until=None) | Q(valid_until__gte=on)
    return Qualification.objects.filter(in_time, struck_at=None, obtained_on__lte=on)


def of_person(officer_ids: Collection[int]) -> QuerySet[Qualification]:
    """Everything on record of a person (all ids under which they are known), struck out or not, the latest first."""
    return Qualification.objects.filter(officer__in=officer_ids).order_by("-obtained_on", "-pk")


def in_units(
    paths: Collection[str], on: datetime.date, *, kind: str = "", text: str = ""
) -> QuerySet[Qualification]:
    """What is on record of whoever serves in these subtrees, by person. Struck-out ones are left out."""
    inside = Q(pk=None)
    for path in paths:
        inside |= Q(unit__path__startswith=path)
    serving = Appointment.objects.filter(inside, serving_on(on)).filter(
        Q(officer=OuterRef("officer")) | Q(officer=OuterRef("officer__merged_into"))
    )
    found = Qualification.objects.filter(Exists(serving), struck_at=None, officer__user__is_rehearsal=False)
    if kind:
        found = found.filter(kind=kind)
    if text:
        found = found.filter(
            Q(officer__name__icontains=text)
            | Q(officer__staff_number__startswith=text)
            | Q(number__icontains=text)
        )
    return found.select_related("officer").order_by("officer__staff_number", "kind", "-obtained_on")


@dataclass(frozen=True)
class Reviewer:
    """Somebody posted to review decisions, and how they stand to art. 58."""

    officer: Officer
    unit: str
    post: str
    since: datetime.date
    standing: Standing


def _reviewing(paths: Collection[str], on: datetime.date) -> QuerySet[Appointment]:
    """Appointments to posts of legal review in these subtrees, rehearsals left out."""
    return appointments_in(list(paths), on).filter(
        post__in=DutyPost.posts_of(DutyPost.Duty.LEGAL_REVIEW), officer__user__is_rehearsal=False
    )


def reviewers(paths: Collection[str], on: datetime.date) -> list[Reviewer]:
    """Who of these subtrees is posted on legal review. Those without the qualification come first.

    Three statements. They review since their first appointment to any post of legal review.
    """
    rows = list(_reviewing(paths, on))
    people = {row.officer_id for row in rows}
    since = _since(people, on)
    qualified = qualified_people(people, Qualification.Kind.LEGAL_PROFESSION, on)
    found = [
        Reviewer(
            officer=row.officer,
            unit=row.unit.name,
            post=row.post.name,
            since=(first := since.get(row.officer_id, row.starts_on)),
            standing=standing(reviews_since=first, qualified=row.officer_id in qualified),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.standing is not Standing.LACKING)


def _since(people: Collection[int], on: datetime.date) -> dict[int, datetime.date]:
    posts = DutyPost.posts_of(DutyPost.Duty.LEGAL_REVIEW)
    rows = Appointment.objects.filter(post__in=posts, starts_on__lte=on).annotate(person=PERSON).order_by()
    return dict(rows.filter(person__in=people).values_list("person").annotate(first=Min("starts_on")))


def lacking(paths: Collection[str], on: datetime.date) -> QuerySet[Appointment]:
    """Who reviews decisions in these subtrees without the qualification art. 58 asks of them. One statement."""
    mine = Q(officer=OuterRef("officer")) | Q(officer__merged_into=OuterRef("officer"))
    qualified = counting(on).filter(mine, kind=Qualification.Kind.LEGAL_PROFESSION)
    earlier = Appointment.objects.filter(
        mine, post__in=DutyPost.posts_of(DutyPost.Duty.LEGAL_REVIEW), starts_on__lt=SINCE
    )
    return _reviewing(paths, on).filter(~Exists(qualified), ~Exists(earlier))


def qualified_people(people: Collection[int], kind: str, on: datetime.date) -> set[int]:
    """Which of these people hold a qualification of this kind on a day, merged records counted. One statement."""
    rows = counting(on).filter(kind=kind).annotate(person=PERSON).filter(person__in=people)
    return set(rows.order_by().values_list(F("person"), flat=True))
