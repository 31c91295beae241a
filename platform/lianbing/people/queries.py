"""Reading people: the actor behind an account, who serves where on a day."""

import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
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


def _inside(paths: list[str], prefix: str = "unit__path") -> Q:
    """The condition that a unit lies in one of these subtrees; nothing when there are none."""
    inside = Q(pk__in=[])
    for path in paths:
        inside |= Q(**{f"{prefix}__startswith": path})
    return inside


def officers_in(
    unit_paths: list[str],
    on: datetime.date,
    *,
    text: str = "",
    unit_path: str = "",
    category: str = "",
    post_id: int | None = None,
    left: bool = False,
) -> QuerySet[Officer]:
    """Officers whose latest appointment by `on` lies in these subtrees, by staff number.

    `left` asks for those who have left instead of those who serve. Merged records never appear.
    """
    appointments = Appointment.objects.filter(_inside(unit_paths), officer=OuterRef("pk"))
    appointments = appointments.filter(Q() if left else serving_on(on))
    if unit_path:
        appointments = appointments.filter(unit__path__startswith=unit_path)
    if post_id:
        appointments = appointments.filter(post_id=post_id)
    gone = Q(left_on__lte=on)
    found = Officer.objects.filter(Exists(appointments), gone if left else ~gone | Q(left_on=None))
    found = found.filter(merged_into=None).select_related("user")
    if category:
        found = found.filter(category=category)
    if text:
        found = found.filter(
            Q(name__icontains=text) | Q(staff_number__startswith=text) | Q(badge_number=text)
        )
    return found.order_by("staff_number")


def latest_appointments(officers: list[Officer], on: datetime.date) -> dict[int, Appointment]:
    """The latest appointment of each officer by `on`, with unit and post. One statement."""
    rows = Appointment.objects.filter(officer__in=officers, starts_on__lte=on).select_related("unit", "post")
    return {row.officer_id: row for row in rows.order_by("starts_on")}


def place_of(officer: Officer, on: datetime.date) -> str:
    """The unit path that decides who may see an officer: of the latest appointment, "" when none."""
    rows = officer.appointments.filter(starts_on__lte=on).order_by("-starts_on")
    return rows.values_list("unit__path", flat=True).first() or ""


def unit_names(paths: set[str]) -> dict[str, str]:
    """The full name (支队/大队/中队) of each of these unit paths. One statement."""
    steps = {path[:end] for path in paths for end in range(Unit.steplen, len(path) + 1, Unit.steplen)}
    names = dict(Unit.objects.filter(path__in=steps).values_list("path", "name"))
    return {
        path: "/".join(names[path[:end]] for end in range(Unit.steplen, len(path) + 1, Unit.steplen))
        for path in paths
    }


def unit_named(path: str) -> Unit | None:
    """The unit with these names from the root down (支队/大队/中队), or the only one of this name, or None."""
    names = [name.strip() for name in path.replace("／", "/").split("/") if name.strip()]
    if not names:
        return None
    found = [
        unit
        for unit in Unit.objects.filter(name=names[-1])
        if [one.name for one in unit.get_ancestors()][-len(names) + 1 :] == names[:-1] or len(names) == 1
    ]
    return found[0] if len(found) == 1 else None


def heads(on: datetime.date) -> dict[int, int]:
    """How many people serve in each unit itself, by unit id."""
    rows = Appointment.objects.filter(serving_on(on), officer__merged_into=None)
    return dict(rows.values_list("unit_id").annotate(count=Count("officer_id")).order_by())


def waiting_for_slips(unit_path: str, on: datetime.date) -> list[Appointment]:
    """Appointments of the people of a subtree who have not replaced their one-time password yet.

    Accounts with a granted role are not among them: their codes are not printed in a pile.
    """
    rows = appointments_in([unit_path], on).filter(
        officer__user__must_change_password=True, officer__user__is_active=True
    )
    return list(
        rows.exclude(
            officer__user__role_grants__ends_on=None, officer__user__role_grants__isnull=False
        ).select_related("officer__user")
    )


def duplicates() -> list[list[Officer]]:
    """Records that may be one person: the same identity number, else the same name and day of joining.

    At most a hundred groups; four statements whatever their number.
    """
    alive = Officer.objects.filter(merged_into=None)
    groups = _alike(alive.exclude(id_number_digest=""), "id_number_digest")
    seen = {frozenset(officer.pk for officer in group) for group in groups}
    by_name = _alike(alive.exclude(joined_on=None), "name", "joined_on")
    return groups + [group for group in by_name if frozenset(o.pk for o in group) not in seen]


def _alike(officers: QuerySet[Officer], *fields: str) -> list[list[Officer]]:
    """Groups of two or more officers that agree in these fields."""
    repeated = officers.values(*fields).annotate(count=Count("pk")).filter(count__gt=1).order_by(*fields)[:50]
    keys = [tuple(values[field] for field in fields) for values in repeated]
    wanted = {f"{field}__in": {key[at] for key in keys} for at, field in enumerate(fields)}
    groups: dict[tuple[object, ...], list[Officer]] = {key: [] for key in keys}
    for officer in officers.filter(**wanted).order_by("staff_number") if keys else ():
        groups.get(tuple(getattr(officer, field) for field in fields), []).append(officer)
    return list(groups.values())


def identities(officer: Officer) -> list[int]:
    """The ids under which a person is known: their own record and those merged into it."""
    return [officer.pk, *Officer.objects.filter(merged_into=officer).values_list("pk", flat=True)]
