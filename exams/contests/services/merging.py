"""Two entries of one person became one: their place on teams goes along."""

from django.db import transaction

from exams.contests.models import ContestStaff, Player
from lianbing.people.models import Officer


def follow_merge(*, kept: int, merged: int) -> None:
    """Give the officer who is kept the places on teams and the roles at contests of the merged one.

    Where both stand on one team, or serve in the same role, the merged entry's row stays as it is: a team that
    has played keeps its list. Done twice it changes nothing.
    """
    with transaction.atomic():
        teams = Player.objects.filter(officer=kept).values_list("team_id")
        Player.objects.filter(officer=merged).exclude(team__in=teams).update(officer=kept)
        users = dict(Officer.objects.filter(pk__in=[kept, merged]).values_list("pk", "user_id"))
        if len(users) < 2:
            return
        for one in ContestStaff.objects.filter(user=users[merged]):
            there = ContestStaff.objects.filter(contest=one.contest_id, role=one.role, user=users[kept])
            if not there.exists():
                ContestStaff.objects.filter(pk=one.pk).update(user=users[kept])
