"""The question of the day: drawn for a whole post when the first of it wants it.

Like sets it asks and changes nothing, and stands in no audit trail.
"""

import datetime

from courses.drills.models import DayQuestion
from courses.drills.queries import day_question as queries
from courses.drills.queries.reach import open_versions
from courses.drills.queries.sets import all_on_offer, narrowed
from courses.drills.rules.day_question import choose
from lianbing.people.queries import day_of


def of_post(*, post: int | None, at: datetime.datetime) -> DayQuestion | None:
    """What a post (None: those without one) is asked on the day of a moment; None where nothing is on offer.

    The database lets there be one: of two who come first at once, both get the same. What went out of the
    reach of drills during the day gives way to another.
    """
    on = day_of(at)
    there = queries.of_day(post, on)
    if there is not None and _is_open(there, at):
        return there
    offered = [one.question_id for one in narrowed(all_on_offer(at), post, on)]
    chosen = choose(offered, asked=queries.asked_before(post, on), post=post or 0, on=on)
    if chosen is None:
        return None
    if there is None:
        fresh = DayQuestion(post_id=post, on=on, question_id=chosen, made_at=at)
        DayQuestion.objects.bulk_create([fresh], ignore_conflicts=True)
    else:
        gone = DayQuestion.objects.filter(pk=there.pk, question=there.question_id)
        gone.update(question=chosen, made_at=at)
    return queries.of_day(post, on)


def _is_open(row: DayQuestion, at: datetime.datetime) -> bool:
    version = row.question.published_version_id
    return version is not None and version in open_versions([version], at)
