"""Run beside a site: what a journey of training begins with: `move`, `plan` or `nomination`.

Output: one JSON object, the session keys of its people and what the journey must name.
"""

import datetime
import json
import sys

import django

django.setup()

from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import transaction  # noqa: E402

from courses.rules.audience import Audience  # noqa: E402
from courses.services.tasks import settle  # noqa: E402
from lianbing.kit import clock  # noqa: E402
from lianbing.people.rules import Role  # noqa: E402
from tests.factories import assignments, people, plans, training  # noqa: E402
from tests.journeys import exam_seed  # noqa: E402

DAY = datetime.timedelta(days=1)
MONTH = 30 * 86400


def session_for(user):
    """A signed-in session that outlives a moved clock."""
    store = SessionStore(exam_seed.session_for(user))
    store.set_expiry(MONTH)
    store.save()
    return store.session_key


def _assigned(kind, audience, *titles):
    """A published path or list of texts to confirm."""
    at = clock.now()
    made = assignments.draft(kind, items=0, audience=audience, at=at, due_on=clock.today() + 10 * DAY)
    for title in titles:
        assignments.add(made, title=title, text=f"{title}的要点。", at=at, due_days=14)
    assignments.publish(made, at=at)


def move(bureau, squad):
    """Somebody in one squad with its list; the other squad has a list of its own, the other post a path."""
    patrol, review = people.PostFactory(), people.PostFactory(name="法制审核岗")
    other = people.unit("古城中队", bureau)
    officer = people.officer(squad, post=patrol, name="陈小满")
    people.officer(other, post=patrol, name="周先到")
    _assigned("list", Audience(units=(squad.path,)), "滨河辖区情况", "夜市管理要点")
    _assigned("list", Audience(units=(other.path,)), "古城保护条例")
    _assigned("path", Audience(posts=(review.pk,)), "审核意见怎么写")
    settle(officers=None, at=clock.now())
    keeper = people.staff(Role.HR, unit=bureau)
    return {
        "officer": session_for(officer.user),
        "keeper": session_for(keeper),
        "pk": officer.pk,
        "unit": other.pk,
        "post": review.pk,
    }


def plan(bureau, squad):
    """The trainer of a squad, a leader over the bureau, and who will be responsible."""
    training.category()
    people.officer(squad, name="陈小满")
    return {
        "trainer": session_for(people.staff(Role.TRAINER, unit=squad)),
        "leader": session_for(people.staff(Role.LEADER, unit=bureau)),
        "squad": squad.pk,
        "path": squad.path,
    }


def nomination(bureau, squad):
    """A class of the superior in three days, and everybody who has a say in who goes."""
    training.category()
    first, second = (people.officer(squad, name=name) for name in ("陈小满", "周未去"))
    start = clock.today() + 3 * DAY
    course = plans.superior_class(bureau, starts_on=start, ends_on=start + DAY)
    training.batch(course)
    return {
        "sharer": session_for(people.staff(Role.TRAINER, unit=bureau)),
        "nominator": session_for(people.staff(Role.TRAINER, unit=squad)),
        "office": session_for(people.staff(Role.HR, unit=bureau)),
        "officer": session_for(first.user),
        "second": second.staff_number,
        "squad": squad.pk,
        "course": str(course.uid),
        "days": [start.isoformat(), (start + DAY).isoformat()],
    }


if __name__ == "__main__":
    with transaction.atomic():
        above = people.unit("云汐市城管局")
        told = {"move": move, "plan": plan, "nomination": nomination}[sys.argv[1]](
            above, people.unit("滨河中队", above)
        )
    print(json.dumps(told))
