"""Warning holders and the personnel office that certificates end: once for each step, then marked as read."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from certificates.models import Certificate, EndingWarning, EnforcementCertificate, WarningRead
from certificates.queries.enforcement_rules import in_force
from certificates.queries.register import with_state
from certificates.rules.validity import add_months
from certificates.rules.warning import due
from certificates.state.enforcement import State
from certificates.state.training import IN_FORCE
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

AT_ONCE = 500
ENFORCEMENT, TRAINING = EndingWarning.Kind.ENFORCEMENT, EndingWarning.Kind.TRAINING


@dataclass(frozen=True)
class _Ending:
    kind: EndingWarning.Kind
    uid: str
    officer_id: int
    number: str
    ends_on: datetime.date
    step: str

    @property
    def key(self) -> str:
        return f"{self.kind.value}:{self.uid}"


def warn_of_ends(*, at: datetime.datetime) -> int:
    """Write down who is to be warned today, by the steps the rules name. Returns how many warnings are new.

    Called again on the same day it writes nothing. Whoever has left, and rehearsal accounts, are not warned; nor
    is anybody whose training certificate has a successor that lasts longer.
    """
    day, rules = day_of(at), in_force()
    endings = [*_enforcement(day, rules.warn_months), *_training(day, rules.training_warn_days)]
    known = _known(endings)
    fresh = [one for one in endings if (one.key, one.ends_on, one.step) not in known]
    with transaction.atomic():
        EndingWarning.objects.bulk_create(
            [
                EndingWarning(
                    officer_id=one.officer_id,
                    kind=one.kind,
                    key=one.key,
                    number=one.number,
                    ends_on=one.ends_on,
                    step=one.step,
                    raised_at=at,
                )
                for one in fresh
            ],
            batch_size=AT_ONCE,
            ignore_conflicts=True,
        )
    return len(fresh)


def _serving(day: datetime.date) -> Q:
    stays = Q(officer__left_on=None) | Q(officer__left_on__gt=day)
    return stays & Q(officer__user__is_rehearsal=False)


def _enforcement(day: datetime.date, months: Collection[int]) -> Iterable[_Ending]:
    if not months:
        return
    last = add_months(day, max(months) + 1)
    rows = EnforcementCertificate.objects.filter(
        _serving(day), state=State.ACTIVE.value, valid_until__gte=day, valid_until__lte=last
    ).select_related("officer")
    for row in rows:
        assert row.valid_until is not None
        step = due(row.valid_until, day, months=months)
        person = row.officer.merged_into_id or row.officer_id
        if step:
            yield _Ending(ENFORCEMENT, str(row.uid), person, row.certificate_no, row.valid_until, step)


def _training(day: datetime.date, days: Collection[int]) -> Iterable[_Ending]:
    if not days:
        return
    last = day + datetime.timedelta(days=max(days))
    same = Q(officer=OuterRef("officer")) | Q(officer=OuterRef("officer__merged_into"))
    longer = Certificate.objects.filter(same, rule=OuterRef("rule"), valid_until__gt=OuterRef("valid_until"))
    rows = (
        with_state(day)
        .filter(_serving(day), ~Exists(longer), state__in=list(IN_FORCE), valid_until__lte=last)
        .select_related("officer")
    )
    for row in rows:
        step = due(row.valid_until, day, days=days)
        person = row.officer.merged_into_id or row.officer_id
        if step:
            yield _Ending(TRAINING, str(row.uid), person, row.number, row.valid_until, step)


def _known(endings: list[_Ending]) -> set[tuple[str, datetime.date, str]]:
    keys = sorted({one.key for one in endings})
    found: set[tuple[str, datetime.date, str]] = set()
    for begin in range(0, len(keys), AT_ONCE):
        rows = EndingWarning.objects.filter(key__in=keys[begin : begin + AT_ONCE])
        found |= set(rows.values_list("key", "ends_on", "step"))
    return found


def mark_read(*, warnings: Iterable[EndingWarning], by: Actor, at: datetime.datetime) -> int:
    """Note that somebody has read these warnings. Returns how many; reading twice changes nothing."""
    if by.user_id is None:
        return 0
    rows = [WarningRead(warning=one, user_id=by.user_id, at=at) for one in warnings]
    with transaction.atomic():
        WarningRead.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
