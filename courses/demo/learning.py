"""The demo's chapter of learning: some have completed a course, some are half way, most have not begun.

Everything goes through the services a phone would use, at past moments: opening, beats, answers, notes.
"""

import datetime
import uuid
from typing import Any

from courses.models import CoursePage, Enrolment
from courses.queries import checks
from courses.queries import learning as queries
from courses.rules.accrual import MINUTE, MOST_BEATS, Beat
from courses.services import learning, notes, playing
from courses.services.learning import CannotLearn
from lianbing.kit.demo import Story, chapter
from lianbing.people.models import Officer
from lianbing.people.queries import actor_for
from lianbing.people.rules import Actor
from question_bank.models import QuestionVersion

COMPLETED, HALF_WAY, BEGUN = 14, 8, 5
DAYS = 21
SECOND = datetime.timedelta(seconds=1)
NOTES = (
    "执法前先亮证、报身份。",
    "不少于两人，注意执法记录仪全程开启。",
    "先行登记保存须经负责人批准，七日内处理。",
)


@chapter(36)
def learning_of_courses(story: Story) -> None:
    """Learners of the published courses. The first officer, whom most visitors are, is in the middle of one."""
    courses = [one for one in story.data["courses"].values() if queries.newest_edition_of(one.pk)]
    people: list[Officer] = story.data["officers"]
    if not courses or len(people) < COMPLETED + HALF_WAY + BEGUN:
        return
    ahead = courses[1:] or courses
    _learn(story, people[0], courses[0])
    _learn(story, people[0], ahead[0], share=0.5)
    for number, officer in enumerate(people[1:COMPLETED]):
        _learn(story, officer, courses[0])
        if number % 3 == 0:
            _learn(story, officer, ahead[number % len(ahead)], share=0.5)
    for officer in people[COMPLETED : COMPLETED + HALF_WAY]:
        _learn(story, officer, courses[0], share=0.5)
    for officer in people[COMPLETED + HALF_WAY : COMPLETED + HALF_WAY + BEGUN]:
        _learn(story, officer, courses[0], share=0)


def _learn(story: Story, officer: Officer, course: CoursePage, share: float = 1) -> None:
    """Begin a course and do so much of its lessons, on a day of the last weeks."""
    edition = queries.newest_edition_of(course.pk)
    assert edition is not None
    earliest = max(edition.published_at, story.now - DAYS * datetime.timedelta(days=1))
    length = datetime.timedelta(minutes=2 * edition.minutes + 30)
    latest = max(earliest, story.now - length)
    at = earliest + (latest - earliest) * story.rng.random()
    by = actor_for(officer.user, at.date())
    try:
        enrolment = learning.begin(course=course, by=by, at=at)
    except CannotLearn:  # a course before it is still missing, or the officer came later
        return
    lessons = list(edition.lessons.all())
    for lesson in lessons[: round(len(lessons) * share)]:
        at = _sit_through(enrolment, lesson.position, by, at, story)


def _sit_through(
    enrolment: Enrolment, position: int, by: Actor, at: datetime.datetime, story: Story
) -> datetime.datetime:
    """One lesson from opening to its questions. Returns the moment afterwards."""
    lesson = queries.lesson_at(enrolment.edition_id, position)
    assert lesson is not None
    progress, lease = playing.open_lesson(enrolment=enrolment, lesson=lesson, by=by, at=at)
    need = queries.need_of(progress)
    films = [(place, start) for place, length in enumerate(need.videos) for start in range(0, length, MINUTE)]
    minutes = max(1, -(-need.minimum // MINUTE), len(films))
    for minute in range(1, min(minutes, MOST_BEATS) + 1):
        at += 60 * SECOND
        shown = films[minute - 1 : minute]
        ranges = tuple((film, start, start + MINUTE) for film, start in shown)
        beat = Beat(minute, MINUTE, MINUTE if shown else 0, ranges, (0, 0, 900))
        playing.hear(enrolment=enrolment, lesson=lesson, lease=lease, beats=[beat], by=by, at=at)
    if story.rng.random() < 0.3:
        notes.write(
            enrolment=enrolment,
            lesson=lesson,
            uid=uuid.UUID(int=story.rng.getrandbits(128)),
            text=story.rng.choice(NOTES),
            second=None,
            at=at,
        )
    versions = checks.versions_of(lesson)
    if versions:
        at += 40 * SECOND
        answers = {f"q{one.pk}": right_answer(one) for one in versions}
        uid = uuid.UUID(int=story.rng.getrandbits(128))
        playing.try_check(enrolment=enrolment, lesson=lesson, uid=uid, sent=answers, by=by, at=at)
    return at + 20 * SECOND


def right_answer(version: QuestionVersion) -> Any:
    """What is right, as a form sends it."""
    key = version.key
    if "blanks" in key:
        return {blank: accepted[0] for blank, accepted in key["blanks"].items()}
    return key["order"] if "order" in key else key["options"]
