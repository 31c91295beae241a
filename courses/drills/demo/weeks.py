"""The demo's weeks of drills: some drill nearly every day, some now and then, most have not begun.

Everything goes through the services a phone would use, at past moments. The first officer, whom most
visitors are, has drilled for more than two weeks and finds today's set still open.
"""

import datetime
import uuid
from random import Random

from courses.drills.models import DrillSet, Mistake
from courses.drills.services import answering, sets
from courses.drills.services.answering import Given
from courses.drills.services.practice import bookmark
from lianbing.kit.demo import Story, chapter
from lianbing.people.models import Officer
from lianbing.people.queries import actor_for, day_of
from question_bank.models import QuestionVersion

DAYS, FIRST_DAYS = 9, 18
KEEN, NOW_AND_THEN = 4, 4
CHANCES = (0.9, 0.4)
DAY = datetime.timedelta(days=1)
MINUTE = datetime.timedelta(minutes=1)
GUESSED = 0.08


@chapter(43)
def weeks_of_drills(story: Story) -> None:
    """Daily sets of the last weeks and their answers; leaves the first officer two bookmarks."""
    people: list[Officer] = story.data["officers"]
    drilling = people[: 1 + KEEN + NOW_AND_THEN]
    skills = {one.pk: 0.5 + 0.3 * story.rng.random() for one in drilling}
    skills[people[0].pk] = 0.72
    for back in range(FIRST_DAYS, 0, -1):
        morning = story.now.replace(hour=0, minute=0, second=0, microsecond=0) - back * DAY
        there = [one for place, one in enumerate(drilling) if _drills(story.rng, place, back)]
        sets.prepare_daily(officers=[one.pk for one in there], at=morning)
        made = DrillSet.objects.filter(officer__in=there, kind="daily", on=day_of(morning))
        for drilled in made.select_related("officer__user").order_by("pk"):
            # Who has drilled longer knows more.
            skill = skills[drilled.officer_id] + 0.01 * (FIRST_DAYS - back)
            _answer(story.rng, drilled, skill)
    _bookmark(people[0], story.now)


def _drills(rng: Random, place: int, back: int) -> bool:
    """Whether the officer at a place drills on a day so many days back. The first left out one day only."""
    if place == 0:
        return back != 9
    chance = CHANCES[0] if place <= KEEN else CHANCES[1]
    return rng.random() < chance and back <= DAYS


def _answer(rng: Random, drilled: DrillSet, skill: float) -> None:
    """All of a set, some of it wrong, between breakfast and the end of the shift."""
    found = QuestionVersion.objects.in_bulk(drilled.versions)
    begun = drilled.made_at + rng.randrange(20, 9 * 60) * MINUTE
    answers = []
    for place, pk in enumerate(drilled.versions):
        known = rng.random() < skill
        answers.append(
            Given(
                uuid.UUID(int=rng.getrandbits(128), version=4),
                pk,
                _response(rng, found[pk], known=known),
                guessed=known and rng.random() < GUESSED,
                said_at=begun + (place + 1) * MINUTE / 2,
            )
        )
    at = begun + (len(answers) + 1) * MINUTE / 2
    by = actor_for(drilled.officer.user, day_of(at))
    answering.take(drill_set=drilled, answers=answers, by=by, at=at)


def _response(rng: Random, version: QuestionVersion, *, known: bool) -> list[str]:
    """What somebody says who knows it, or does not. Blank where there is neither an option nor an order."""
    right: list[str] = version.key.get("options") or version.key.get("order") or []
    if known or not right:
        return right
    others = [one["id"] for one in version.content["options"] if one["id"] not in right]
    return [rng.choice(others)] if others else right[::-1]


def _bookmark(officer: Officer, at: datetime.datetime) -> None:
    """The two questions that were wrong last."""
    by = actor_for(officer.user, day_of(at))
    for wrong in Mistake.objects.filter(officer=officer, cleared_at=None).select_related("question")[:2]:
        version = wrong.question.published_version_id
        if version is not None:
            bookmark(officer=officer, version=version, on=True, by=by, at=at)
