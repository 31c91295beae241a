"""Public quizzes for tests: a bank, an open quiz, guests with attempts, a closed quiz that is drawn."""

import datetime
from types import SimpleNamespace

from exams.contests.models import Campaign
from exams.contests.queries import quiz as queries
from exams.contests.services import lottery, quiz_setting, quiz_taking
from exams.contests.services.quiz_setting import QuizDraft
from lianbing.people.rules import Actor, Grant, Role
from question_bank.models import Pool, Question, QuestionVersion
from tests.factories import exams, people

OPENS = datetime.datetime(2026, 12, 4, 1, 0, tzinfo=datetime.UTC)
CLOSES = OPENS + datetime.timedelta(days=3)
SECOND = datetime.timedelta(seconds=1)
MINUTE = datetime.timedelta(minutes=1)
BEFORE = OPENS - datetime.timedelta(days=10)
AFTER = CLOSES + MINUTE
ORGANISER = Actor(None, "T1", "组织者", grants=(Grant(Role.TRAINER),))
KEEPER = Actor(None, "T2", "考务员", grants=(Grant(Role.EXAM_ADMINISTRATOR),))


def stock(count=6, pool=Pool.DRILL, about=None, bank=None):
    """So many published questions of a pool; the first option is right."""
    made = [exams.question(bank or exams.bank("quiz"), about=about, n=n) for n in range(count)]
    rows = [one if isinstance(one, Question) else one.question for one in made]
    Question.objects.filter(pk__in=[row.pk for row in rows]).update(pool=pool)
    return rows


def values(**told):
    """The fields of a quiz of four questions that opens on 12.4."""
    given = {
        "title": "宪法知识有奖答题",
        "intro": "",
        "organiser": "云汐市城市管理局",
        "unit": told.pop("unit", None) or people.unit("测试局"),
        "campaign": None,
        "bank": exams.bank("quiz"),
        "uses_drill_pool": True,
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "attempts": 3,
        "minutes": 10,
        "certificate_at": 90,
        "reveal": "handed_in",
        "codes_only": False,
        "target": 20,
        "draw_from": 60,
        "asks_contact": False,
        "answer_days": 7,
        "contact_days": 30,
    }
    return given | told


def draft(*, lines=((None, 4),), groups=(), prizes=(("一等奖", 1), ("二等奖", 2)), **told):
    return QuizDraft(values(**told), lines, groups, prizes)


def saved(**told):
    """A draft with six questions in stock."""
    if not Question.objects.exists():
        stock()
    return quiz_setting.save_quiz(draft=draft(**told), by=ORGANISER, at=BEFORE)


def published(**told):
    """A published quiz, as the public gets it."""
    made = quiz_setting.publish(quiz=saved(**told), by=ORGANISER, at=BEFORE)
    return queries.public_quiz(made.uid)


def fresh(quiz):
    """The same quiz as the next request reads it."""
    return queries.public_quiz(quiz.uid)


def join(quiz, nickname="小明", at=OPENS, group=None, code=""):
    return quiz_taking.join(quiz=quiz, nickname=nickname, group=group, code=code, consents=True, at=at)


def guest(quiz, nickname="小明", at=OPENS, group=None):
    return join(quiz, nickname, at, group).guest


def key(attempt, place):
    """The right response of an item."""
    return QuestionVersion.objects.get(pk=attempt.items[place - 1][0]).key["options"]


def said(attempt, right=4, count=1):
    """Answers to all of an attempt, so many of them right."""
    return [
        quiz_taking.Said(place, count, key(attempt, place) if place <= right else ["b2"])
        for place in range(1, len(attempt.items) + 1)
    ]


def attempt(quiz, who, *, right=4, at=OPENS, seconds=60):
    """An attempt handed in after so many seconds."""
    begun = quiz_taking.start(quiz=quiz, guest=who, at=at)
    return quiz_taking.hand_in(
        guest=who, number=begun.number, answers=said(begun, right), at=at + seconds * SECOND
    )


def drawn(guests=6, **told):
    """A quiz that closed with so many guests, all with everything right, and was drawn."""
    quiz = published(**told)
    joined = [join(quiz, f"居民{n}") for n in range(guests)]
    for one in joined:
        attempt(quiz, one.guest)
    draw = lottery.draw(quiz=quiz, by=ORGANISER, at=AFTER)
    return SimpleNamespace(quiz=fresh(quiz), draw=draw, joined=joined)


def campaign(**told):
    """A published campaign of the first week of December."""
    given = {
        "title": "宪法宣传周",
        "organiser": "云汐市城市管理局",
        "starts_on": datetime.date(2026, 12, 1),
        "ends_on": datetime.date(2026, 12, 7),
        "created_at": BEFORE,
        "published_at": BEFORE,
        "by_name": "组织者",
    }
    unit = told.pop("unit", None) or people.unit("测试局")
    return Campaign.objects.create(unit=unit, **(given | told))
