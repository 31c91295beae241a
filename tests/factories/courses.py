"""Courses for tests: one being written, a published edition, and single lessons."""

import datetime
import uuid

from courses.models import ContentCategory, CourseEdition, CoursePage, Lesson, LessonArticle
from courses.services import authoring
from lianbing.people.rules import SYSTEM

AT = datetime.datetime(2026, 11, 1, 1, 0, tzinfo=datetime.UTC)
MINUTES = 5


def category(code="practice", name="执法业务", main="professional"):
    """A content category."""
    return ContentCategory.objects.get_or_create(code=code, defaults={"name": name, "main": main})[0]


def block(kind, value):
    """One block as raw stream data."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def lesson_block(title="第一课", body=(), check=(), key="", **facts):
    """A lesson as raw stream data: `body` raw blocks (a paragraph where none is given), `check` pks of questions."""
    body = list(body) or [block("text", "<p>执法时出示执法证件。</p>")]
    value = {"title": title, "minimum_minutes": MINUTES, "body": body, "check": [], "check_needed": None}
    asked = [{"type": "item", "value": pk, "id": str(uuid.uuid4())} for pk in check]
    return {"type": "lesson", "id": key or str(uuid.uuid4()), "value": value | {"check": asked} | facts}


def course(title="测试课程", lessons=None, by=SYSTEM, at=AT, **facts) -> CoursePage:
    """A course being written, with one lesson where none is given."""
    facts = {"category": category()} | facts
    lessons = [lesson_block()] if lessons is None else lessons
    return authoring.write_course(title=title, lessons=lessons, by=by, at=at, **facts)


def edition(of=None, number=None, lessons=1, at=AT, **facts) -> CourseEdition:
    """A published edition with so many lessons, straight in the tables."""
    of = of or course()
    number = number or of.editions.count() + 1
    minutes = facts.pop("minutes", MINUTES * lessons)
    facts = {"title": of.title, "category": of.category, "minutes": minutes} | facts
    made = CourseEdition.objects.create(course=of, number=number, published_at=at, **facts)
    for position in range(1, lessons + 1):
        lesson(made, position=position)
    return made


def lesson(of=None, position=None, articles=(), versions=(), **facts) -> Lesson:
    """A lesson of a published edition. `versions`: question versions of its check, all of which must be right."""
    of = of or edition(lessons=0)
    position = position or of.lessons.count() + 1
    told = {
        "key": str(uuid.uuid4()),
        "title": f"第{position}课",
        "minimum_seconds": MINUTES * 60,
        "body": [{"kind": "text", "id": "a", "html": "<p>执法时出示执法证件。</p>"}],
        "check_versions": [one.pk for one in versions],
        "check_needed": len(versions),
    }
    made = Lesson.objects.create(edition=of, position=position, **(told | facts))
    for article in articles:
        LessonArticle.objects.create(lesson=made, article=article)
    return made
