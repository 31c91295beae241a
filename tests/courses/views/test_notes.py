"""One's own notes and nobody else's."""

import uuid

import pytest

from courses.models import Note
from courses.services import notes
from tests.factories import courses
from tests.factories.learning import NOON, enrolment, learner

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    officer, by = learner()
    client.force_login(officer.user)
    return by


def note(made, text="先亮证", second=None):
    lesson = made.edition.lessons.get()
    return notes.write(enrolment=made, lesson=lesson, uid=uuid.uuid4(), text=text, second=second, at=NOON)


def test_notes_stand_under_course_and_lesson_with_their_second(client, person):
    note(enrolment(None, person), second=95)
    page = client.get("/courses/notes/").content.decode()
    assert "1:35" in page
    assert "先亮证" in page


def test_nobody_else_reads_them(client, person):
    note(enrolment())
    assert client.get("/courses/notes/").context["groups"] == []


@pytest.mark.parametrize("wanted", ["x", "-1", "9" * 30, "１"])
def test_a_course_that_makes_no_sense_shows_all(client, person, wanted):
    note(enrolment(None, person))
    assert len(client.get("/courses/notes/", {"course": wanted}).context["groups"]) == 1


def test_the_notes_of_one_course(client, person):
    made = enrolment(None, person)
    note(made)
    note(enrolment(courses.edition(courses.course("另一门")), person))
    assert len(client.get("/courses/notes/", {"course": made.course_id}).context["groups"]) == 1


def test_a_note_is_thrown_away_by_its_writer_alone(client, person):
    own, other = note(enrolment(None, person)), note(enrolment())
    assert client.post(f"/courses/notes/{own.uid}/remove").status_code == 302
    assert client.post(f"/courses/notes/{other.uid}/remove").status_code == 404
    assert list(Note.objects.all()) == [other]


def test_the_list_costs_the_same_for_one_and_three(client, person, django_assert_max_num_queries):
    made = enrolment(None, person)
    for _ in (1, 2):
        note(made)
        note(made)
        with django_assert_max_num_queries(7):
            client.get("/courses/notes/")
