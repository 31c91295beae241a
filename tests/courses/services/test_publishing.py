"""From a draft to a frozen edition: by two people, or by one where the bureau says so."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from wagtail.documents.models import Document

from courses.models import CourseEdition, CourseFile, CourseFlag, CourseRule, Lesson
from courses.services import authoring, publishing
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import Role
from tests.factories import library, question_bank
from tests.factories.courses import block, category, course, lesson_block
from tests.factories.films import film
from tests.factories.people import actor, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return actor(staff(Role.TRAINER))


@pytest.fixture
def second():
    return actor(staff(Role.TRAINER))


def submitted(author, at, **facts):
    page = course(by=author, at=at, **facts)
    publishing.submit(course=page, by=author, at=at)
    return page


def test_a_second_person_publishes_and_the_edition_holds_everything(author, second, at):
    article = library.article("云汐市测试条例", number=2)
    question = question_bank.published()
    body = [block("article", {"citation": "《云汐市测试条例》第二条", "note": ""})]
    page = submitted(author, at, lessons=[lesson_block("调查", body=body, check=[question.pk], key="k1")])
    edition = publishing.approve(course=page, note="可以", by=second, at=at)
    lesson = edition.lessons.get()
    assert (edition.number, edition.minutes, edition.note) == (1, 5, "可以")
    assert (lesson.key, lesson.check_versions, lesson.check_needed) == (
        "k1",
        [question.published_version_id],
        1,
    )
    assert [one.article for one in lesson.cited.all()] == [article]
    assert edition.written_by[0]["user"] == author.user_id
    assert edition.reviewed_by == second.snapshot()


def test_the_author_does_not_approve_alone(author, at):
    page = submitted(author, at)
    with pytest.raises(authoring.Refused, match="author"):
        publishing.approve(course=page, by=author, at=at)
    assert not CourseEdition.objects.exists()


def test_a_bureau_with_one_trainer_publishes_alone_when_the_rule_says_so(author, at):
    authoring.set_rule(alone=True, by=actor(staff(Role.LEGAL)), at=at)
    edition = publishing.approve(course=submitted(author, at), by=author, at=at)
    assert edition.reviewed_by == {}
    assert AuditRecord.objects.get(action="course_published").details["alone"] is True


def test_a_trainer_does_not_set_the_rule_for_themselves(author, at):
    with pytest.raises(authoring.Refused, match="role"):
        authoring.set_rule(alone=True, by=author, at=at)
    assert not CourseRule.objects.exists()


def test_what_is_unfinished_is_not_handed_in(author, at):
    page = course(by=author, lessons=[lesson_block(title="")])
    with pytest.raises(publishing.Unfinished) as problem:
        publishing.submit(course=page, by=author, at=at)
    assert [one.code for one in problem.value.troubles] == ["no_title"]


def test_a_course_goes_back_with_a_reason_and_is_written_on(author, second, at):
    page = submitted(author, at)
    with pytest.raises(authoring.Refused, match="reason"):
        publishing.send_back(course=page, reason=" ", by=second, at=at)
    publishing.send_back(course=page, reason="条文写错了", by=second, at=at)
    page = authoring.rewrite_course(course=page, title="改好的课程", by=author, at=at)
    publishing.submit(course=page, by=author, at=at)
    assert publishing.approve(course=page, by=second, at=at).title == "改好的课程"


def test_nobody_writes_while_it_is_in_review(author, at):
    with pytest.raises(authoring.Refused, match="in_review"):
        authoring.rewrite_course(course=submitted(author, at), title="别的", by=author, at=at)


def test_the_author_takes_it_back(author, second, at):
    page = submitted(author, at)
    publishing.take_back(course=page, by=author, at=at)
    with pytest.raises(authoring.Refused, match="not_waiting"):
        publishing.approve(course=page, by=second, at=at)


def test_it_is_published_once_even_if_two_approve(author, second, at):
    page = submitted(author, at)
    publishing.approve(course=page, by=second, at=at)
    with pytest.raises(authoring.Refused, match="not_waiting"):
        publishing.approve(course=page, by=actor(staff(Role.LEGAL)), at=at)
    assert CourseEdition.objects.count() == 1


def test_an_edition_is_never_rewritten(author, second, at):
    edition = publishing.approve(course=submitted(author, at), by=second, at=at)
    for change in (CourseEdition.objects.filter(pk=edition.pk), Lesson.objects.filter(edition=edition)):
        with pytest.raises(DatabaseError), transaction.atomic():
            change.update(title="别的")


def test_the_next_edition_leaves_the_first_as_it_was(author, second, at):
    page = submitted(author, at)
    first = publishing.approve(course=page, by=second, at=at)
    with pytest.raises(authoring.Refused, match="nothing_new"):
        publishing.submit(course=page, by=author, at=at)
    page = authoring.rewrite_course(course=page, title="第二版", by=second, at=at)
    publishing.submit(course=page, by=second, at=at)
    again = publishing.approve(course=page, by=author, at=at)
    assert (again.number, again.title) == (2, "第二版")
    assert CourseEdition.objects.get(pk=first.pk).title == "测试课程"


def test_wagtail_cannot_publish_past_the_review(author, at):
    page = course(by=author, at=at)
    with pytest.raises(PermissionDenied):
        page.get_latest_revision().publish()
    page.refresh_from_db()
    assert not page.live


def test_a_film_is_kept_as_it_was_and_once(author, second, at, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    authoring.ensure_courses()
    kept = Document.objects.create(title="取证", file=ContentFile(film(90), name="q.mp4"))
    lessons = [lesson_block(body=[block("video", {"title": "", "film": kept.pk})]) for _ in range(2)]
    edition = publishing.approve(course=submitted(author, at, lessons=lessons), by=second, at=at)
    kept.file.delete(save=False)
    file = CourseFile.objects.get()
    assert (file.seconds, file.content_type, file.file.read()) == (90, "video/mp4", film(90))
    assert [one.media_seconds for one in edition.lessons.all()] == [90, 90]
    assert edition.lessons.first().body[0]["file"]["pk"] == file.pk


def test_a_new_edition_settles_the_flags_of_the_old_one(author, second, at):
    article = library.article("云汐市测试条例", number=2)
    body = [block("article", {"citation": "《云汐市测试条例》第二条", "note": ""})]
    page = submitted(author, at, lessons=[lesson_block(body=body)])
    first = publishing.approve(course=page, by=second, at=at)
    CourseFlag.objects.create(
        lesson=first.lessons.get(),
        article=article,
        law_edition=article.edition,
        event="amended",
        raised_at=at,
    )
    page = authoring.rewrite_course(course=page, title="新", by=author, at=at)
    publishing.submit(course=page, by=author, at=at)
    again = publishing.approve(course=page, by=second, at=at)
    assert CourseFlag.objects.get().settled_in == again


def test_prerequisites_do_not_run_in_a_circle(author, second, at):
    first = submitted(author, at, title="甲")
    publishing.approve(course=first, by=second, at=at)
    last = submitted(author, at, title="乙", prerequisites=[first])
    assert publishing.approve(course=last, by=second, at=at).prerequisites == [first.pk]
    first = authoring.rewrite_course(course=first, prerequisites=[last], by=author, at=at)
    with pytest.raises(publishing.Unfinished) as problem:
        publishing.submit(course=first, by=author, at=at)
    assert [one.code for one in problem.value.troubles] == ["prerequisite_circle"]


def test_a_withdrawn_course_comes_back(author, second, at):
    page = course(by=author, at=at)
    with pytest.raises(authoring.Refused, match="no_edition"):
        authoring.withdraw(course=page, reason="过时", by=author, at=at)
    publishing.submit(course=page, by=author, at=at)
    publishing.approve(course=page, by=second, at=at)
    authoring.withdraw(course=page, reason="过时", by=author, at=at)
    page.refresh_from_db()
    assert page.withdrawn_at == at
    assert page.get_latest_revision_as_object().withdrawn_at == at
    authoring.restore(course=page, by=author, at=at)
    page.refresh_from_db()
    assert page.withdrawn_at is None


def test_a_copy_is_a_draft_with_the_same_lessons(author, at):
    page = course(by=author, lessons=[lesson_block("甲课"), lesson_block("乙课")], summary="说明")
    copied = authoring.copy_course(course=page, by=author, at=at)
    assert [one.value["title"] for one in copied.lessons] == ["甲课", "乙课"]
    assert (copied.summary, copied.category, copied.live) == ("说明", category(), False)
    assert copied.slug != page.slug
