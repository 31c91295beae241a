"""The trainers' desk: the list, one course, and what can be done with it."""

import pytest
from django.urls import reverse

from courses.models import CoursePage, CourseRule
from courses.services import authoring, publishing
from lianbing.people.rules import Role
from tests.factories import exams, kinds, question_bank
from tests.factories.courses import block, course, edition, lesson_block
from tests.factories.people import actor, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(client):
    user = staff(Role.TRAINER)
    client.force_login(user)
    return user


def full_course(title="测试课程", by=None):
    question = question_bank.published()
    shown = block("questions", [{"type": "item", "value": question.pk, "id": "q"}])
    text = block("text", "<p>先亮证。</p>")
    return course(
        title, lessons=[lesson_block(body=[text, shown], check=[question.pk])], **({"by": by} if by else {})
    )


def test_the_desk_lists_courses_with_their_state(client, trainer, at):
    edition(course("甲课程"))
    course("乙课程")
    page = client.get(reverse("courses:manage")).content.decode()
    assert "甲课程" in page
    assert "乙课程" in page
    assert "/cms/pages/" in page


@pytest.mark.parametrize(
    ("state", "found"), [("draft", {"乙"}), ("in_review", {"丙"}), ("published", {"甲"})]
)
def test_the_desk_is_narrowed_by_state(client, trainer, at, state, found):
    made = edition(course("甲"))
    CoursePage.objects.filter(pk=made.course_id).update(has_unpublished_changes=False)
    course("乙")
    writer = actor(staff(Role.TRAINER))
    publishing.submit(course=course("丙", by=writer), by=writer, at=at)
    page = client.get(reverse("courses:manage"), {"state": state})
    assert {one.title for one in page.context["page_obj"].object_list} == found


@pytest.mark.parametrize("rows", [1, 3])
def test_the_statements_of_the_desk_do_not_grow(client, trainer, django_assert_max_num_queries, rows):
    for number in range(rows):
        edition(course(f"课程{number}"))
    client.get(reverse("courses:manage"))
    with django_assert_max_num_queries(15):
        client.get(reverse("courses:manage"))


def test_learners_do_not_see_the_desk(client):
    client.force_login(staff(Role.HR))
    assert client.get(reverse("courses:manage")).status_code == 403


def test_writing_leads_straight_into_the_editor(client, trainer):
    page = client.get(reverse("courses:write"))
    assert page.status_code == 302
    editor = client.get(page.url)
    assert editor.status_code == 200
    assert "action-submit" in editor.content.decode()
    assert "action-publish" not in editor.content.decode()


def test_a_course_is_handed_in_reviewed_and_published(client, trainer, at):
    page = full_course(by=actor(trainer))
    handed = client.post(reverse("courses:submit", args=[page.pk]))
    assert handed.url == reverse("courses:review", args=[page.pk])
    client.force_login(staff(Role.TRAINER))
    done = client.post(handed.url, {"decision": "approve", "comment": "好"})
    assert done.url == reverse("courses:manage_course", args=[page.pk])
    assert page.editions.get().note == "好"


def test_the_author_who_posts_a_decision_is_refused(client, trainer, at):
    page = full_course(by=actor(trainer))
    publishing.submit(course=page, by=actor(trainer), at=at)
    told = client.post(reverse("courses:review", args=[page.pk]), {"decision": "approve", "comment": ""})
    assert told.status_code == 200
    assert not page.editions.exists()


def test_sending_back_without_a_reason_is_asked_again(client, trainer, at):
    writer = actor(staff(Role.TRAINER))
    page = full_course(by=writer)
    publishing.submit(course=page, by=writer, at=at)
    told = client.post(reverse("courses:review", args=[page.pk]), {"decision": "send_back", "comment": ""})
    assert told.context["form"].errors["comment"]
    sent = client.post(
        reverse("courses:review", args=[page.pk]), {"decision": "send_back", "comment": "不全"}
    )
    assert sent.url == reverse("courses:manage")


def test_what_is_amiss_is_said_in_the_editor(client, trainer):
    page = course(lessons=[], category=None, by=actor(trainer))
    told = client.post(reverse("courses:submit", args=[page.pk]), follow=True)
    assert told.status_code == 200
    assert len(list(told.context["messages"])) == 2


def test_a_way_leads_only_where_one_may_go(client, trainer):
    assert reverse("courses:paths") in client.get(reverse("courses:manage")).content.decode()
    client.force_login(staff(Role.LEGAL))
    assert reverse("courses:paths") not in client.get(reverse("courses:manage")).content.decode()


def test_the_review_says_what_changed_against_the_last_edition(client, trainer, at):
    writer = actor(staff(Role.TRAINER))
    page = course(lessons=[lesson_block("旧课", key="k1"), lesson_block("不动", key="k2")], by=writer)
    publishing.submit(course=page, by=writer, at=at)
    publishing.approve(course=page, by=actor(trainer), at=at)

    page = authoring.rewrite_course(
        course=page,
        lessons=[lesson_block("新课", key="k1"), lesson_block("不动", key="k2")],
        by=writer,
        at=at,
    )
    publishing.submit(course=page, by=writer, at=at)
    shown = client.get(reverse("courses:review", args=[page.pk]))
    assert [(one.title, one.tone) for one in shown.context["changes"]] == [
        ("新课", "info"),
        ("不动", "muted"),
    ]
    assert "<del>" in shown.content.decode()


def test_a_course_is_copied_withdrawn_and_opened_again(client, trainer, at):
    made = edition(course("甲")).course
    assert client.post(reverse("courses:copy", args=[made.pk])).status_code == 302
    assert CoursePage.objects.count() == 2
    client.post(reverse("courses:withdraw", args=[made.pk]), {"reason": "过时"})
    made.refresh_from_db()
    assert made.withdrawn_at is not None
    client.post(reverse("courses:restore", args=[made.pk]))
    made.refresh_from_db()
    assert made.withdrawn_at is None


def test_only_the_legal_section_sets_the_rule(client, trainer):
    assert client.post(reverse("courses:rule"), {"alone": "on"}).status_code == 403
    client.force_login(staff(Role.LEGAL))
    client.post(reverse("courses:rule"), {"alone": "on"})
    assert CourseRule.objects.get().alone


def test_the_preview_beside_the_editor_shows_the_lesson_and_no_key(client, trainer):
    page = full_course(by=actor(trainer))
    shown = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()
    assert "先亮证。" in shown
    assert "执法时不得少于" in shown
    assert "见条文" not in shown


def test_the_page_of_a_course_and_of_an_edition_open(client, trainer, at):
    made = edition(course("甲"))
    for name, pk in (("manage_course", made.course_id), ("edition", made.pk), ("review", made.course_id)):
        assert client.get(reverse(f"courses:{name}", args=[pk])).status_code == 200


def test_questions_are_found_by_words_and_reserved_ones_never(client, trainer):
    question_bank.published(stem="听证的期限是（　）。")
    hidden = question_bank.published(stem="听证保留题（　）。")
    type(hidden).objects.filter(pk=hidden.pk).update(pool="exam")
    found = client.get(reverse("course_questions:choose_results"), {"q": "听证"}).content.decode()
    assert "听证的期限" in found
    assert "保留题" not in found
    assert client.get(reverse("course_questions:chosen", args=[hidden.pk])).status_code == 404
    assert client.get(reverse("course_questions:chosen", args=["x"])).status_code == 404


def test_a_check_is_offered_only_what_it_can_ask(client, trainer):
    exams.question()
    for kind in ("short_answer", "essay", "case_analysis"):
        exams.question(kind=kind)
    exams.question(of=kinds.of("reasoned_true_false"))
    found = client.get(reverse("course_check_questions:choose_results")).context["results"].object_list
    assert {one.published_version.kind for one in found} == {"single_choice"}
    every = client.get(reverse("course_questions:choose_results")).context["results"].object_list
    assert len(every) == 5
    other = next(one for one in every if one.published_version.kind == "short_answer")
    assert client.get(reverse("course_check_questions:chosen", args=[other.pk])).status_code == 404


def test_the_second_person_reads_the_questions_of_the_check(client, trainer):
    page = full_course()
    shown = client.get(reverse("courses:review", args=[page.pk]))
    ((_lesson, _pieces, asked),) = shown.context["lessons"]
    assert asked == ["执法时不得少于（　）。"]
    assert f"<li>{asked[0]}</li>" in shown.content.decode()
