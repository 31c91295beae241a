"""An amended article flags the lessons that teach it; a person or a new edition settles that."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from courses.models import CourseFlag, LessonArticle
from courses.queries.lessons import prepare
from courses.receivers import courses_whose_law_changed
from courses.services import authoring, flags
from lianbing.kit import clock, ticker
from lianbing.kit.models import AuditRecord
from lianbing.library import ports
from lianbing.people.rules import Role
from tests.factories import amendments, library
from tests.factories.courses import block, course, edition, lesson, lesson_block
from tests.factories.people import actor, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return library.article("云汐市测试条例", number=2)


def told(article, at):
    law = article.edition
    payload = {"law": law.law.slug, "edition": law.slug, "event": "amended", "changed": [article.pk]}
    courses_whose_law_changed(payload, at)


def test_lessons_of_the_newest_edition_are_flagged_once(article, at):
    made = course()
    lesson(edition(made, lessons=0), articles=[article])
    newest = lesson(edition(made, lessons=0), articles=[article])
    told(article, at)
    told(article, at)
    assert CourseFlag.objects.get().lesson == newest
    assert AuditRecord.objects.filter(action="course_flagged").count() == 1


def test_a_withdrawn_course_is_not_flagged(article, at):
    of = lesson(articles=[article]).edition.course
    type(of).objects.filter(pk=of.pk).update(withdrawn_at=at)
    told(article, at)
    assert not CourseFlag.objects.exists()


def test_the_library_learns_who_teaches_an_article(article, at):
    taught = lesson(articles=[article])
    (one,) = [found for found in ports.all_citing([article.pk]) if found.code == "lesson"]
    assert (one.title, one.note) == (taught.title, taught.edition.title)
    assert ports.citations_of(article.edition_id) == 1


def test_a_person_settles_a_flag_with_a_reason_and_once(article, at):
    lesson(articles=[article])
    told(article, at)
    flag, by = CourseFlag.objects.get(), actor(staff(Role.LEGAL))
    with pytest.raises(authoring.Refused, match="flag_reason"):
        flags.settle(flag=flag, reason=" ", by=by, at=at)
    flags.settle(flag=flag, reason="只改了标点", by=by, at=at)
    with pytest.raises(authoring.Refused, match="settled"):
        flags.settle(flag=flag, reason="再说一次", by=by, at=at)
    assert CourseFlag.objects.get().reason == "只改了标点"
    with pytest.raises(DatabaseError), transaction.atomic():
        CourseFlag.objects.update(reason="别的")


def test_the_page_names_lesson_and_article_and_takes_the_reason(client, article, at):
    taught = lesson(articles=[article])
    told(article, at)
    client.force_login(staff(Role.TRAINER))
    page = client.get(reverse("courses:flags")).content.decode()
    assert taught.title in page
    assert "第二条" in page
    flag = CourseFlag.objects.get()
    client.post(reverse("courses:flags_settle", args=[flag.pk]), {"reason": ""})
    assert CourseFlag.objects.get().settled_at is None
    client.post(reverse("courses:flags_settle", args=[flag.pk]), {"reason": "不影响"})
    assert CourseFlag.objects.get().settled_at is not None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_statements_of_the_page_do_not_grow(client, article, at, django_assert_max_num_queries, rows):
    for _ in range(rows):
        lesson(edition(course(), lessons=0), articles=[article])
    told(article, at)
    client.force_login(staff(Role.TRAINER))
    client.get(reverse("courses:flags"))
    with django_assert_max_num_queries(15):
        client.get(reverse("courses:flags"))


def _turn(at):
    failed = []
    with clock.pinned(at):
        ticker.turn(at=at, failed=failed)
    assert failed == []


def test_an_article_amended_tomorrow_is_taught_as_it_holds_and_flags_the_course_when_its_day_comes():
    cited = block("article", {"citation": f"《{amendments.TITLE}》第二条", "note": ""})
    amendments.old()
    amendments.amended(at=amendments.EARLY)
    eve = amendments.MIDNIGHT - amendments.MINUTE
    page = course(lessons=[lesson_block(body=[cited])], at=eve)
    (found,) = prepare(page, eve).lessons
    assert "五百元" in found.body[0]["articles"][0]["text"]
    taught = lesson(edition(page, lessons=0), title=found.title)
    LessonArticle.objects.create(lesson=taught, article_id=found.articles[0])
    _turn(eve)
    assert not CourseFlag.objects.exists()
    _turn(amendments.MIDNIGHT + amendments.MINUTE)
    assert CourseFlag.objects.get().lesson == taught
    assert "一千元" in prepare(page, amendments.MIDNIGHT).lessons[0].body[0]["articles"][0]["text"]
