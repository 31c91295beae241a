"""Who hosts, judges and decides at a contest."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from exams.contests.models import Contest, ContestStaff
from exams.contests.services import desk_seats
from exams.contests.services.authoring import guard, hold, note
from exams.contests.services.refusals import AuthoringRefused
from lianbing.people.models import User
from lianbing.people.rules import Actor


def appoint(*, contest: Contest, user: User, role: str, by: Actor, at: datetime.datetime) -> ContestStaff:
    """Give somebody a role at a contest. Raises AuthoringRefused.

    Who plays does not host, judge or decide. There is one chief referee. A judge whose unit competes may be
    appointed: they are warned here, and refused where they would rule on their own unit's team.
    """
    with transaction.atomic():
        found = hold(contest)
        guard(found, by)
        if found.teams.filter(players__officer__user=user).exists():
            raise AuthoringRefused(
                _("%(name)s plays in this contest and cannot be its host, judge or chief referee.")
                % {"name": user.name}
            )
        chief = ContestStaff.Role.CHIEF_REFEREE
        if role == chief and found.staff.filter(role=chief).exclude(user=user).exists():
            raise AuthoringRefused(_("There is a chief referee already. Take that person off first."))
        try:
            with transaction.atomic():
                made = ContestStaff.objects.create(contest=found, user=user, role=role)
        except IntegrityError as error:
            raise AuthoringRefused(_("%(name)s has this role already.") % {"name": user.name}) from error
        note("staff_appointed", found, by, at, person=user.staff_number, role=role)
    return made


def dismiss(*, staff: ContestStaff, by: Actor, at: datetime.datetime) -> None:
    """Take somebody off; their desk ends. What they did in a match stays with their name. Raises AuthoringRefused."""
    with transaction.atomic():
        guard(staff.contest, by)
        gone, _by_model = ContestStaff.objects.filter(pk=staff.pk).delete()
        if gone:
            desk_seats.end(contest=staff.contest, user=staff.user, at=at)
            note("staff_dismissed", staff.contest, by, at, person=staff.user.staff_number, role=staff.role)
