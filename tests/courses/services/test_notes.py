"""Notes: one's own, kept once however often they are sent."""

import uuid

import pytest

from courses.models import Note
from courses.services import notes
from courses.services.notes import CannotNote
from tests.factories.learning import NOON, SECOND, enrolment

pytestmark = pytest.mark.django_db


def write(made, text, uid, at=NOON, second=None):
    lesson = made.edition.lessons.get()
    return notes.write(enrolment=made, lesson=lesson, uid=uid, text=text, second=second, at=at)


def test_a_note_sent_twice_is_one_note():
    made, uid = enrolment(), uuid.uuid4()
    assert write(made, "先亮证", uid, second=95) == write(made, "先亮证", uid, NOON + SECOND)
    assert (Note.objects.get().second, Note.objects.get().changed_at) == (95, NOON)


def test_a_note_takes_new_words():
    made, uid = enrolment(), uuid.uuid4()
    write(made, "先亮证", uid)
    write(made, "先亮证，再询问", uid, NOON + SECOND)
    assert (Note.objects.get().text, Note.objects.get().changed_at) == ("先亮证，再询问", NOON + SECOND)


def test_half_a_character_at_the_end_is_left_out():
    assert write(enrolment(), "先亮证𠮷\ud842", uuid.uuid4()).text == "先亮证𠮷"


@pytest.mark.parametrize(
    ("text", "code"), [("  ", "empty"), ("\x00", "empty"), ("\ud842", "empty"), ("长" * 2001, "long")]
)
def test_what_is_no_note_is_refused(text, code):
    with pytest.raises(CannotNote, match=code):
        write(enrolment(), text, uuid.uuid4())


def test_the_number_of_somebody_elses_note_changes_nothing():
    uid = uuid.uuid4()
    first = enrolment()
    write(first, "我的", uid)
    with pytest.raises(CannotNote, match="theirs"):
        write(enrolment(first.edition), "他的", uid)
    assert Note.objects.get().text == "我的"


def test_a_note_is_thrown_away():
    note = write(enrolment(), "先亮证", uuid.uuid4())
    notes.remove(note=note)
    notes.remove(note=note)
    assert not Note.objects.exists()
