"""Run beside a site: a public quiz that is open, one that closed yesterday, their organiser.

Output: one JSON object {"open": uid, "over": uid, "session": key}.
"""

import datetime
import json

import django

django.setup()

from django.db import transaction  # noqa: E402

from exams.contests.services import quiz_setting  # noqa: E402
from lianbing.kit import clock  # noqa: E402
from lianbing.people.rules import Role  # noqa: E402
from tests.factories import people, quizzes  # noqa: E402
from tests.journeys.exam_seed import session_for  # noqa: E402

DAY = datetime.timedelta(days=1)


def _quiz(unit, title, opens, closes):
    """A quiz of four questions, published a day before it opens."""
    told = quizzes.draft(
        unit=unit, title=title, opens_at=opens, closes_at=closes, groups=[("001", "滨河社区", 20)]
    )
    quiz = quiz_setting.save_quiz(draft=told, by=quizzes.ORGANISER, at=opens - DAY)
    quiz_setting.publish(quiz=quiz, by=quizzes.ORGANISER, at=opens - DAY)
    return quizzes.fresh(quiz)


if __name__ == "__main__":
    with transaction.atomic():
        now, bureau = clock.now(), people.unit("云汐市城市管理局")
        quizzes.stock(8)
        running = _quiz(bureau, "宪法知识有奖答题", now - DAY / 2, now + DAY)
        over = _quiz(bureau, "垃圾分类有奖答题", now - 3 * DAY, now - DAY)
        for n in range(5):
            who = quizzes.guest(over, f"居民{n}", at=over.opens_at, group=over.groups.get())
            quizzes.attempt(over, who, at=over.opens_at)
        user = people.staff(Role.TRAINER, unit=bureau)
    print(json.dumps({"open": str(running.uid), "over": str(over.uid), "session": session_for(user)}))
