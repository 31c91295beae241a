"""Reading warnings: those that still hold, of oneself and of one's people, and whether one has read them."""

import datetime
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from certificates.models import (
    Certificate,
    CertificateEvent,
    EndingWarning,
    EnforcementCertificate,
    WarningRead,
)
from certificates.state.enforcement import State
from certificates.state.training import Event
from lianbing.people.models import Appointment, Unit
from lianbing.people.queries import serving_on

READ, UNREAD = "read", "unread"


def holding(on: datetime.date) -> QuerySet[Any]:
    """The newest warning of each certificate that still ends on the day it was warned of, the soonest first.

    What was renewed, revoked or taken away since is not among them, nor what has ended.
    """
    later = EndingWarning.objects.filter(
        key=OuterRef("key"), ends_on=OuterRef("ends_on"), raised_at__gt=OuterRef("raised_at")
    )
    mine = Q(officer=OuterRef("officer")) | Q(officer__merged_into=OuterRef("officer"))
    held = EnforcementCertificate.objects.filter(
        mine, state=State.ACTIVE.value, valid_until=OuterRef("ends_on"), certificate_no=OuterRef("number")
    )
    revoked = CertificateEvent.objects.filter(certificate=OuterRef("pk"), kind=Event.REVOKED.value)
    printed = Certificate.objects.filter(~Exists(revoked), number=OuterRef("number"))
    longer = Certificate.objects.filter(mine, valid_until__gt=OuterRef("ends_on")).filter(
        rule__in=Certificate.objects.filter(number=OuterRef(OuterRef("number"))).values("rule")
    )
    good = Q(Exists(held), kind=EndingWarning.Kind.ENFORCEMENT) | Q(
        Exists(printed), ~Exists(longer), kind=EndingWarning.Kind.TRAINING
    )
    return EndingWarning.objects.filter(good, ~Exists(later), ends_on__gte=on).order_by("ends_on", "pk")


def with_read(found: QuerySet[Any], user_id: int | None) -> QuerySet[Any]:
    """The warnings with `read`: whether this account has read them."""
    return found.annotate(read=Exists(WarningRead.objects.filter(warning=OuterRef("pk"), user=user_id)))


def of_people(paths: Collection[str], on: datetime.date) -> QuerySet[Any]:
    """What holds of whoever serves in these subtrees, with the officer. One statement."""
    found = holding(on)
    if not any(len(path) <= Unit.steplen for path in paths):
        inside = Q(pk=None)
        for path in paths:
            inside |= Q(unit__path__startswith=path)
        mine = Q(officer=OuterRef("officer")) | Q(officer=OuterRef("officer__merged_into"))
        serving = Appointment.objects.filter(mine, inside, serving_on(on))
        found = found.filter(Exists(serving))
    return found.select_related("officer")


def of_officer(officer_id: int, on: datetime.date) -> QuerySet[Any]:
    """What holds of one person, told before a second record was merged into theirs or after."""
    return holding(on).filter(Q(officer=officer_id) | Q(officer__merged_into=officer_id))


def unread(found: QuerySet[Any], user_id: int | None) -> QuerySet[Any]:
    """Of these warnings the ones this account has not read."""
    return with_read(found, user_id).filter(read=False)
