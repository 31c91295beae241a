"""The catalogue, a course, and what stands at its end."""

import uuid

import pytest
from django.urls import reverse

from courses.models import Enrolment
from lianbing.kit import clock
from tests.factories import courses, people
from tests.factories.learning import NOON, enrolment, learner, study

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    """An officer who is signed in: (officer, actor)."""
    officer, by = learner()
    client.force_login(officer.user)
    return officer, by


def titles(response):
    return [edition.title for edition in response.context["page_obj"]]


def test_the_catalogue_shows_what_can_be_begun(client, person):
    courses.edition(courses.course("城市管理执法程序"))
    courses.course("没有发布的课程")
    assert titles(client.get("/courses/")) == ["城市管理执法程序"]


def test_my_courses_stand_first_with_a_button_to_go_on(client, person):
    made = enrolment(courses.edition(courses.course("程序"), lessons=2), person[1])
    response = client.get("/courses/")
    assert [one for one, _due in response.context["learning"]] == [made]
    assert titles(response) == []
    assert f'action="/courses/{made.course_id}/begin"' in response.content.decode()


def test_what_is_assigned_stands_with_its_day(client, person):
    edition = courses.edition(courses.course("必修"))
    task(person[0], edition, "2026-12-01")
    with clock.pinned(NOON):
        response = client.get("/courses/")
    assert [one.edition for one in response.context["assigned"]] == [edition]
    assert "2026-12-01" in response.content.decode()


def task(officer, edition, due_on):
    from courses.models import Assignment, AssignmentItem, LearningTask

    wish = Assignment.objects.create(kind="list", title="必修清单", made_at=NOON)
    item = AssignmentItem.objects.create(
        assignment=wish, position=1, kind="course", title=edition.title, course=edition.course
    )
    return LearningTask.objects.create(
        officer=officer, key=item.key, item=item, assigned_at=NOON, due_on=due_on
    )


@pytest.mark.parametrize("words", ["程序", "执法 程序", "先行登记"])
def test_a_course_is_found_by_its_words(client, person, words):
    courses.edition(courses.course("执法程序"), summary="证据先行登记保存")
    courses.edition(courses.course("队列训练"))
    assert titles(client.get("/courses/", {"q": words})) == ["执法程序"]


def test_a_category_finds_what_lies_below_it(client, person):
    above = courses.category("work", "业务")
    below = courses.category("case", "案卷")
    type(below).objects.filter(pk=below.pk).update(parent=above)
    courses.edition(courses.course("案卷制作", category=below))
    courses.edition(courses.course("宗旨教育", category=courses.category("purpose", "宗旨")))
    assert titles(client.get("/courses/", {"category": "work"})) == ["案卷制作"]


def test_a_category_nobody_knows_finds_everything(client, person):
    courses.edition(courses.course("程序"))
    assert titles(client.get("/courses/", {"category": "nope"})) == ["程序"]


def test_beginning_leads_to_the_first_lesson(client, person):
    edition = courses.edition()
    response = client.post(f"/courses/{edition.course_id}/begin")
    made = Enrolment.objects.get()
    assert response["Location"] == f"/courses/learning/{made.uid}/1/"


def test_going_on_leads_to_the_first_lesson_that_is_not_done(client, person):
    made = enrolment(courses.edition(lessons=2), person[1])
    study(made, person[1])
    response = client.post(f"/courses/{made.course_id}/begin")
    assert response["Location"] == f"/courses/learning/{made.uid}/2/"


def test_what_must_come_before_is_named_and_nothing_begins(client, person):
    before = courses.edition(courses.course("入门"))
    after = courses.edition(courses.course("进阶"), prerequisites=[before.course_id])
    page = client.get(f"/courses/{after.course_id}/").content.decode()
    assert "入门" in page
    assert "/begin" not in page
    refused = client.post(f"/courses/{after.course_id}/begin", follow=True)
    assert "《入门》" in refused.content.decode()
    assert not Enrolment.objects.exists()


def test_a_newer_edition_is_offered_and_not_forced(client, person):
    old = courses.edition()
    made = enrolment(old, person[1])
    new = courses.edition(old.course)
    response = client.get(f"/courses/{old.course_id}/")
    assert (response.context["edition"], response.context["newer"]) == (old, True)
    client.post(f"/courses/learning/{made.uid}/newer")
    assert client.get(f"/courses/{old.course_id}/").context["edition"] == new


def test_a_course_nobody_published_is_not_there(client, person):
    assert client.get(f"/courses/{courses.course().pk}/").status_code == 404
    assert client.post(f"/courses/{courses.course().pk}/begin").status_code == 404


def test_the_statement_is_a_pdf_with_chinese_text(client, person):
    pypdf = pytest.importorskip("pypdf")
    import io

    made = enrolment(courses.edition(courses.course("执法程序")), person[1])
    study(made, person[1])
    response = client.get(f"/courses/learning/{made.uid}/statement.pdf")
    words = pypdf.PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
    assert "执法程序" in words
    assert made.number in words
    assert str(made.uid) in words
    assert client.get(f"/courses/learning/{made.uid}/completed/").status_code == 200


def test_before_the_end_there_is_no_statement(client, person):
    made = enrolment(None, person[1])
    assert client.get(f"/courses/learning/{made.uid}/statement.pdf").status_code == 404
    assert client.get(f"/courses/learning/{made.uid}/completed/").status_code == 302


@pytest.mark.parametrize("name", ["completed", "statement", "lesson"])
def test_anybody_elses_learning_is_not_there(client, person, name):
    made = enrolment()
    study(made, people.actor(made.officer.user))
    where = [made.uid, 1] if name == "lesson" else [made.uid]
    assert client.get(reverse(f"courses:{name}", args=where)).status_code == 404


@pytest.mark.parametrize("name", ["begin", "newer", "lesson_open", "lesson_sync"])
def test_what_changes_something_is_never_a_get(client, person, name):
    where = {"begin": [1], "newer": [uuid.uuid4()]}.get(name, [uuid.uuid4(), 1])
    assert client.get(reverse(f"courses:{name}", args=where)).status_code == 405


def test_the_catalogue_costs_the_same_for_one_and_three(client, person, django_assert_max_num_queries):
    for count in (1, 2):
        for nth in range(count):
            courses.edition(courses.course(f"课程{count}{nth}"))
            enrolment(courses.edition(courses.course(f"在学{count}{nth}")), person[1])
            task(person[0], courses.edition(courses.course(f"必修{count}{nth}")), "2026-12-01")
        with django_assert_max_num_queries(15):
            client.get("/courses/")


def test_a_course_costs_the_same_for_one_and_three_lessons(client, person, django_assert_max_num_queries):
    for lessons in (1, 3):
        made = enrolment(courses.edition(courses.course(f"{lessons}课"), lessons=lessons), person[1])
        study(made, person[1])
        with django_assert_max_num_queries(13):
            client.get(f"/courses/{made.course_id}/")


def test_the_front_page_offers_to_go_on(client, person):
    made = enrolment(courses.edition(courses.course("执法程序"), lessons=2), person[1])
    assert f'href="/courses/{made.course_id}/"' in client.get("/").content.decode()


def test_going_over_refused_is_said(client, person):
    made = enrolment(None, person[1])
    response = client.post(f"/courses/learning/{made.uid}/newer", follow=True)
    assert [str(one.level_tag) for one in response.context["messages"]] == ["error"]
