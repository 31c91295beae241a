"""Drills for tests: an officer of a unit, questions open to drills, sets, answers."""

import datetime
import uuid

from courses.drills.models import DrillSet
from courses.drills.services.answering import Given, take
from question_bank.models import QuestionVersion
from tests.factories import people
from tests.factories.question_bank import BankFactory, published

MADE = datetime.datetime(2026, 11, 20, 0, 0, tzinfo=datetime.UTC)
NOON = datetime.datetime(2026, 11, 20, 4, 0, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)


def learner(unit=None, **fields):
    """An officer who serves in a unit of the tree."""
    return people.officer(unit or people.unit(), **fields)


def actor(officer):
    """The actor of an officer, as services take it."""
    return people.actor(officer.user)


def questions(count=3, bank=None, **fields):
    """So many published questions open to drills."""
    bank = bank or BankFactory()
    return [published(bank, stem=f"第{number + 1}道练习题（　）", **fields) for number in range(count)]


def drill_set(officer, asked=None, *, kind="topic", made_at=MADE, **fields):
    """A set of these questions (default: three new ones)."""
    asked = questions() if asked is None else asked
    return DrillSet.objects.create(
        officer=officer,
        kind=kind,
        on=fields.pop("on", made_at.date()),
        versions=[one.published_version_id for one in asked],
        made_at=made_at,
        **fields,
    )


def versions_of(drilled):
    """The versions a set asks, in its order."""
    found = QuestionVersion.objects.select_related("question").in_bulk(drilled.versions)
    return [found[pk] for pk in drilled.versions]


def right(version):
    """The right response to a question with options."""
    return version.key["options"]


def wrong(version):
    """A wrong response to a question with one right option."""
    return [next(one["id"] for one in version.content["options"] if one["id"] not in version.key["options"])]


def given(question, *, is_right=True, **fields):
    """An answer of a device to a question: right, or wrong."""
    version = question.published_version
    response = right(version) if is_right else wrong(version)
    return Given(**({"uid": uuid.uuid4(), "version": version.pk, "response": response} | fields))


def take_all(drilled, *, is_right=True, at=NOON, **fields):
    """Answer all of a set at once, a minute apart, as a phone that was without network sends it."""
    found = QuestionVersion.objects.select_related("question__published_version").in_bulk(drilled.versions)
    answers = [
        given(found[pk].question, is_right=is_right, said_at=at - MINUTE * (len(drilled.versions) - place))
        for place, pk in enumerate(drilled.versions)
    ]
    return take(drill_set=drilled, answers=answers, by=actor(drilled.officer), at=at, **fields)
