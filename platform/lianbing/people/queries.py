"""Reading people: the actor behind an account, who serves where on a day."""

import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from lianbing.people.models import Appointment, Officer, Unit, User
from lianbing.people.rules import LEARNERS, NOBODY, Actor, Grant, Role


def serving_on(day: datetime.date) -> Q:
    """The condition on Appointment that picks what is in force on `day`."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))


def appointment_of(officer: Officer, on: datetime.date) -> Appointment | None:
    """The appointment of an officer on a day, with unit and post, or None."""
    return officer.appointments.filter(serving_on(on)).select_related("unit", "post").first()


def appointments_in(unit_paths: list[str], on: datetime.date) -> QuerySet[Appointment]:
    """Appointments in force on a day in the subtrees of these unit paths, by unit and staff number.

    Officers who have left by that day or were merged into another are not among them.
    """
    inside = Q()
    for path in unit_paths:
        inside |= Q(unit__path__startswith=path)
    if not unit_paths:
        return Appointment.objects.none()
    return (
        Appointment.objects.filter(inside, serving_on(on), officer__merged_into=None)
        .filter(Q(officer__left_on=None) | Q(officer__left_on__gt=on))
        .select_related("officer", "unit", "post")
        .order_by("unit__path", "officer__staff_number")
    )


def units_in(unit_paths: list[str]) -> QuerySet[Unit]:
    """Open units in the subtrees of these paths, in the order of the tree."""
    inside = Q(pk=None)
    for path in unit_paths:
        inside |= Q(path__startswith=path)
    return Unit.objects.filter(inside, closed_on=None).order_by("path")


def actor_for(user: User, on: datetime.date) -> Actor:
    """The person behind an account as they may act on `on`. Two statements."""
    if not user.is_active:
        return NOBODY
    officer = (
        Officer.objects.filter(user=user).only("pk", "category", "left_on", "name", "staff_number").first()
    )
    grants = [
        Grant(Role(role), path or "")
        for role, path in user.role_grants.filter(serving_on(on)).values_list("role", "unit__path")
    ]
    unit_path = ""
    if officer and not (officer.left_on and officer.left_on <= on):
        appointment = officer.appointments.filter(serving_on(on)).values_list("unit__path", flat=True).first()
        unit_path = appointment or ""
        role = Role(officer.category)
        assert role in LEARNERS
        grants.append(Grant(role, unit_path))
    return Actor(
        user_id=user.pk,
        staff_number=user.staff_number,
        name=user.name,
        officer_id=officer.pk if officer else None,
        unit_path=unit_path,
        grants=tuple(grants),
    )


def day_of(at: datetime.datetime) -> datetime.date:
    """The bureau's own date at a moment."""
    return timezone.localtime(at).date()


def held_roles(user: User, on: datetime.date) -> frozenset[Role]:
    """The granted roles of an account on a day."""
    roles = user.role_grants.filter(serving_on(on)).values_list("role", flat=True)
    return frozenset(Role(role) for role in roles)


def unit_path_of(user: User, on: datetime.date) -> str:
    """The path of the unit where the person behind an account serves, "" when nowhere."""
    paths = Appointment.objects.filter(serving_on(on), officer__user=user).values_list(
        "unit__path", flat=True
    )
    return paths.first() or ""
