"""The question of the day of a post, when its questions were asked, and how people did."""

import datetime

from django.db.models import Count, Q

from courses.drills.models import DayQuestion, DrillAnswer, DrillSet
from courses.drills.rules.day_question import REST_DAYS, Share


def of_day(post: int | None, on: datetime.date) -> DayQuestion | None:
    """What a post (None: those without one) is asked on a day, if that was drawn already."""
    return DayQuestion.objects.filter(post=post, on=on).select_related("question").first()


def asked_before(post: int | None, on: datetime.date) -> dict[int, datetime.date]:
    """{question: the last day} of what a post was asked in the 30 days before a day. One statement."""
    span = (on - datetime.timedelta(days=REST_DAYS), on - datetime.timedelta(days=1))
    rows = DayQuestion.objects.filter(post=post, on__range=span).order_by("on")
    return dict(rows.values_list("question_id", "on"))


def shares(drill_set: DrillSet, answer: DrillAnswer) -> tuple[Share, Share]:
    """How the post did with the question somebody answered, and how their unit did of it. One statement."""
    mine = Q(unit=answer.unit_id)
    right = Q(right=True)
    found = DrillAnswer.objects.filter(
        drill_set__day_question=drill_set.day_question_id, question=answer.question_id
    ).aggregate(
        answered=Count("pk"),
        known=Count("pk", filter=right),
        unit_answered=Count("pk", filter=mine),
        unit_known=Count("pk", filter=mine & right),
    )
    unit = Share(found["unit_answered"], found["unit_known"])
    return Share(found["answered"], found["known"]), unit if answer.unit_id else Share(0, 0)
