"""The demo's must-know lists, the rota of one squad, and two self-tests: one passed, one not."""

import datetime
import uuid

from courses.drills.models import DrillSet
from courses.drills.queries.subjects import Subject
from courses.drills.services import answering, must_know, rest
from courses.drills.services.answering import Given
from lianbing.kit.demo import Story, chapter
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import actor_for, day_of, place_of
from lianbing.people.rules import Role
from question_bank.models import KnowledgePoint, QuestionVersion

COMMON = ("总则与职责", "行为规范")
LISTS = {
    "一线执法岗": ("市容管理", "环境卫生", "户外广告", "建筑垃圾与施工", "执法记录"),
    "案件审核岗": ("执法程序", "调查取证", "法律责任"),
    "法制员": ("执法程序", "法律责任"),
    "中队长": ("市容管理", "执法程序", "执法记录"),
    "协管巡查岗": ("市容管理", "环境卫生"),
}
WITH_CARDS = ("一线执法岗", "协管巡查岗")
DAY = datetime.timedelta(days=1)


@chapter(42)
def must_know_lists(story: Story) -> None:
    """What everybody and five posts must know, since two months."""
    trainer, at = story.data["actors"][Role.TRAINER], story.now - 60 * DAY
    points = dict(KnowledgePoint.objects.values_list("name", "pk"))
    for name in COMMON:
        must_know.add(post=None, subject=Subject("point", points[name]), by=trainer, at=at)
    for post, names in LISTS.items():
        for name in names:
            subject = Subject("point", points[name])
            must_know.add(post=story.data["posts"][post], subject=subject, by=trainer, at=at)
    for post in WITH_CARDS:
        must_know.add_cards(post=story.data["posts"][post], by=trainer, at=at)


@chapter(44)
def self_tests_and_rota(story: Story) -> None:
    """The first officer passed the self-test ten days ago, a colleague did not; their squad works in three turns."""
    first, second, *_ = story.data["officers"]
    at = (story.now - 10 * DAY).replace(hour=9, minute=0, second=0, microsecond=0)
    _test(first, wrong=2, at=at)
    _test(second, wrong=7, at=at)
    squad = Unit.objects.get(path=place_of(first, story.today))
    rest.set_for_unit(
        unit=squad,
        first=story.today + DAY,
        last=story.today + 14 * DAY,
        every=3,
        reason="三班轮值",
        by=story.data["actors"][Role.TRAINER],
        at=story.now - DAY,
    )


def _test(officer: Officer, *, wrong: int, at: datetime.datetime) -> DrillSet:
    """A self-test with so many left blank."""
    by = actor_for(officer.user, day_of(at))
    begun = must_know.begin_self_test(officer=officer, by=by, at=at)
    found = QuestionVersion.objects.in_bulk(begun.versions)
    answers = [
        Given(
            uuid.uuid5(begun.uid, str(pk)),
            pk,
            (found[pk].key.get("options") or found[pk].key.get("order") or []) if place >= wrong else [],
            said_at=at + (place + 1) * datetime.timedelta(seconds=30),
        )
        for place, pk in enumerate(begun.versions)
    ]
    answering.take(drill_set=begun, answers=answers, by=by, at=at + datetime.timedelta(minutes=15))
    return begun
