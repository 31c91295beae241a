"""Reading certificates: one, a person's, the register."""

import datetime
import uuid
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from certificates.models import AwardRefusal, AwardRule, Certificate, CertificateEvent
from certificates.queries.outcomes import PASSED, released_candidates, released_sittings
from certificates.rules.validity import WARN_DAYS
from certificates.state.training import Event, State
from exams.models import Sitting
from lianbing.people.models import Appointment, Officer, Unit
from lianbing.people.queries import serving_on


def with_state(on: datetime.date) -> QuerySet[Any]:
    """Certificates with `state` as of a day, as `state.state_on` decides it (a test holds the two together)."""
    revoked = CertificateEvent.objects.filter(certificate=OuterRef("pk"), kind=Event.REVOKED.value)
    soon = on + datetime.timedelta(days=WARN_DAYS)
    return Certificate.objects.annotate(
        state=Case(
            When(Exists(revoked), then=Value(State.REVOKED.value)),
            When(valid_from__gt=on, then=Value(State.UPCOMING.value)),
            When(valid_until__lt=on, then=Value(State.EXPIRED.value)),
            When(valid_until__lte=soon, then=Value(State.EXPIRING.value)),
            default=Value(State.VALID.value),
            output_field=CharField(),
        )
    )


def by_uid(uid: uuid.UUID) -> Certificate | None:
    """A certificate with its officer, rule, sitting and events, or None."""
    return (
        Certificate.objects.filter(uid=uid)
        .select_related("officer", "rule", "sitting", "design", "renews", "renewed_by")
        .prefetch_related("events")
        .first()
    )


def for_public(uid: uuid.UUID, on: datetime.date) -> Any:
    """A certificate with `state`, `revoked_at` and `ground`, or None. One statement either way."""
    revoked = CertificateEvent.objects.filter(certificate=OuterRef("pk"), kind=Event.REVOKED.value)
    return (
        with_state(on)
        .annotate(
            revoked_at=Subquery(revoked.values("at")[:1]), ground=Subquery(revoked.values("ground")[:1])
        )
        .filter(uid=uid)
        .first()
    )


def of_officer(officer_id: int, on: datetime.date) -> QuerySet[Any]:
    """A person's certificates with `state`, the longest lasting first. Those of a duplicate merged in too."""
    return (
        with_state(on)
        .filter(Q(officer_id=officer_id) | Q(officer__merged_into_id=officer_id))
        .order_by("-valid_until", "-pk")
    )


def _inside(unit_paths: list[str], field: str = "unit__path") -> Q:
    """The condition that `field` lies in one of these subtrees."""
    inside = Q(pk=None)
    for path in unit_paths:
        inside |= Q(**{f"{field}__startswith": path})
    return inside


def unit_path_of(officer: Officer, on: datetime.date) -> str | None:
    """The path of the unit where somebody serves on a day, or None."""
    found: str | None = (
        Appointment.objects.filter(serving_on(on), officer_id=officer.merged_into_id or officer.pk)
        .values_list("unit__path", flat=True)
        .first()
    )
    return found


def register(unit_paths: list[str], on: datetime.date) -> QuerySet[Any]:
    """The certificates of everybody who serves in these subtrees on a day, newest first.

    For the whole bureau also of those who serve nowhere any more.
    """
    found = with_state(on).filter(officer__user__is_rehearsal=False)
    if not any(len(path) <= Unit.steplen for path in unit_paths):
        serving = Appointment.objects.filter(_inside(unit_paths), serving_on(on), officer=OuterRef("officer"))
        found = found.filter(Exists(serving))
    return found.select_related("officer").order_by("-issued_at", "-pk")


def awardable_sittings(unit_paths: list[str]) -> QuerySet[Sitting]:
    """Released sittings that these subtrees ran and whose blueprint has an active rule, with `passed` and `issued` counts, newest first."""
    passed = (
        released_candidates()
        .filter(sitting=OuterRef("pk"), outcome=PASSED)
        .order_by()
        .values("sitting")
        .annotate(n=Count("pk"))
    )
    active = AwardRule.objects.filter(blueprint=OuterRef("blueprint"), active=True)
    return (
        released_sittings()
        .filter(_inside(unit_paths), Exists(active))
        .annotate(issued=Count("certificates"), passed=Coalesce(Subquery(passed.values("n")[:1]), Value(0)))
        .select_related("unit")
    )


def recent_refusals(unit_paths: list[str], on: datetime.date) -> QuerySet[AwardRefusal]:
    """Refusals of people who serve in these subtrees on a day, newest first."""
    serving = Appointment.objects.filter(_inside(unit_paths), serving_on(on), officer=OuterRef("officer"))
    return (
        AwardRefusal.objects.filter(Exists(serving)).select_related("rule", "officer").order_by("-at", "-pk")
    )


def rules_with_counts() -> QuerySet[AwardRule]:
    """Award rules with their blueprint and `issued` and `refused`, how many so far. One statement."""
    return AwardRule.objects.select_related("blueprint", "design").annotate(
        issued=Count("certificates", distinct=True), refused=Count("refusals", distinct=True)
    )
