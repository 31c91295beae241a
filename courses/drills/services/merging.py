"""Two entries of one person became one: what the other account practised goes along."""

from django.db import transaction

from courses.drills.models import Bookmark, GoalOfficer, Memory, Mistake


def follow_merge(*, kept: int, merged: int) -> None:
    """Give the officer who is kept what the merged one remembers, got wrong, bookmarked and aims at.

    Of two memories of one question the later stays. Answers and points are facts of the account that
    gave them and stay there. Done twice it changes nothing.
    """
    with transaction.atomic():
        mine = dict(Memory.objects.filter(officer=kept).values_list("question_id", "last_at"))
        for one in Memory.objects.filter(officer=merged):
            if one.question_id not in mine or mine[one.question_id] < one.last_at:
                Memory.objects.filter(officer=kept, question=one.question_id).delete()
                Memory.objects.filter(pk=one.pk).update(officer=kept)
        book = Mistake.objects.filter(officer=kept, cleared_at=None).values_list("question_id")
        Mistake.objects.filter(officer=merged, cleared_at=None).exclude(question__in=book).update(
            officer=kept
        )
        marked = Bookmark.objects.filter(officer=kept).values_list("question_id")
        Bookmark.objects.filter(officer=merged).exclude(question__in=marked).update(officer=kept)
        aims = GoalOfficer.objects.filter(officer=kept).values_list("goal_id")
        GoalOfficer.objects.filter(officer=merged).exclude(goal__in=aims).update(officer=kept)
