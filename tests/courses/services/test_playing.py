"""The player's calls: one clock for each person, tries that are kept, lessons that count."""

import uuid

import pytest

from courses.demo.learning import right_answer
from courses.models import LearningClock, LessonTry, Progress
from courses.services import playing
from courses.services.learning import CannotLearn
from courses.services.playing import CannotTry
from lianbing.kit.models import OutboxMessage
from tests.factories import courses
from tests.factories.exams import question
from tests.factories.learning import NOON, SECOND, beat, enrolment, learner, opened, study

pytestmark = pytest.mark.django_db


def hear(made, progress, lease, by, at, *beats):
    return playing.hear(enrolment=made, lesson=progress.lesson, lease=lease, beats=beats, by=by, at=at)


def asking(*versions, **facts):
    """A learner before a lesson of a minute with these questions."""
    by = learner()[1]
    edition = courses.edition(lessons=0)
    courses.lesson(edition, versions=versions, minimum_seconds=60, **facts)
    return enrolment(edition, by), by


def try_it(made, by, *ticked, uid=None, at=NOON):
    versions = made.edition.lessons.get().check_versions
    sent = {f"q{pk}": list(one) for pk, one in zip(versions, ticked, strict=False)}
    uid = uid or uuid.uuid4()
    return playing.try_check(
        enrolment=made, lesson=made.edition.lessons.get(), uid=uid, sent=sent, by=by, at=at
    )


def test_time_is_credited_beat_by_beat():
    by = learner()[1]
    made = enrolment(None, by)
    progress, lease = opened(made, by)
    hear(made, progress, lease, by, NOON + 15 * SECOND, beat(1))
    heard = hear(made, progress, lease, by, NOON + 30 * SECOND, beat(2, place=(0, 0, 640)))
    assert (heard.held, heard.through, heard.progress.credited_ms) == (True, 2, 30_000)
    assert Progress.objects.get().place == [0, 0, 640]


def test_a_beat_sent_again_is_heard_once():
    by = learner()[1]
    made = enrolment(None, by)
    progress, lease = opened(made, by)
    hear(made, progress, lease, by, NOON + 15 * SECOND, beat(1))
    again = hear(made, progress, lease, by, NOON + 30 * SECOND, beat(1))
    assert (again.held, again.through, again.progress.credited_ms) == (True, 1, 15_000)


def test_an_older_tab_earns_nothing_and_is_told_so():
    by = learner()[1]
    made = enrolment(None, by)
    progress, old = opened(made, by)
    _, new = opened(made, by, at=NOON + 10 * SECOND)
    heard = hear(made, progress, old, by, NOON + 15 * SECOND, beat(1))
    assert (new > old, heard.held, heard.added) == (True, False, 0)
    assert Progress.objects.get().credited_ms == 0


def test_a_lesson_of_another_course_takes_the_clock():
    by = learner()[1]
    first, second = enrolment(None, by), enrolment(courses.edition(courses.course("另一门")), by)
    progress, lease = opened(first, by)
    opened(second, by, at=NOON + 5 * SECOND)
    assert hear(first, progress, lease, by, NOON + 15 * SECOND, beat(1)).held is False
    assert LearningClock.objects.count() == 1


def test_a_merged_record_shares_the_clock_of_the_person():
    old, by_old = learner()
    before = enrolment(None, by_old)
    person, by = learner(unit=old.appointments.get().unit)
    type(old).objects.filter(pk=old.pk).update(merged_into=person)
    after = enrolment(courses.edition(courses.course("另一门")), by)
    progress, lease = opened(before, by)
    opened(after, by, at=NOON + 5 * SECOND)
    assert hear(before, progress, lease, by, NOON + 15 * SECOND, beat(1)).held is False
    assert LearningClock.objects.get().officer == person


def test_a_lesson_never_opened_hears_nothing():
    by = learner()[1]
    made = enrolment(None, by)
    with pytest.raises(CannotLearn, match="nothing"):
        playing.hear(
            enrolment=made, lesson=made.edition.lessons.get(), lease=1, beats=[beat(1)], by=by, at=NOON
        )


def test_a_lesson_of_another_edition_is_not_opened():
    by = learner()[1]
    made, other = enrolment(None, by), courses.edition(courses.course("另一门"))
    with pytest.raises(CannotLearn, match="nothing"):
        playing.open_lesson(enrolment=made, lesson=other.lessons.get(), by=by, at=NOON)


def test_films_must_run_before_a_lesson_is_done():
    film = {"pk": 1, "name": "a.mp4", "type": "video/mp4", "seconds": 120}
    made, by = asking(body=[{"kind": "video", "id": "v", "title": "", "file": film}])
    progress, lease = opened(made, by)
    assert progress.films == [120_000]
    for minute in (1, 2):
        hear(made, progress, lease, by, NOON + minute * 60 * SECOND, beat(minute, 60))
    assert Progress.objects.get().done_at is None
    for minute in (3, 4):
        start = (minute - 3) * 60_000
        shown = beat(minute, 60, playing=60_000, ranges=((0, start, start + 60_000),))
        hear(made, progress, lease, by, NOON + minute * 60 * SECOND, shown)
    assert Progress.objects.get().done_at == NOON + 240 * SECOND


def test_time_without_the_check_is_not_done():
    made, by = asking(question())
    study(made, by, minutes=2)
    assert Progress.objects.get().done_at is None
    assert try_it(made, by, ["a1"], at=NOON + 300 * SECOND).passed
    assert Progress.objects.get().done_at == NOON + 300 * SECOND


def test_the_check_without_the_time_is_not_done():
    made, by = asking(question())
    opened(made, by)
    assert try_it(made, by, ["a1"]).passed
    assert Progress.objects.get().done_at is None
    end = study(made, by, minutes=1, at=NOON + 300 * SECOND)
    assert Progress.objects.get().done_at == end
    assert OutboxMessage.objects.get(topic="course_completed").payload["test_passed"] is True


def test_every_try_is_kept_and_the_first_that_passes_counts():
    made, by = asking(question())
    opened(made, by)
    tries = [
        try_it(made, by, [letter], at=NOON + nth * SECOND) for nth, letter in enumerate(["b2", "a1", "c3"])
    ]
    assert [(one.right, one.passed) for one in tries] == [(0, False), (1, True), (0, False)]
    assert Progress.objects.get().checked_at == NOON + SECOND


def test_a_try_sent_twice_is_one_try():
    made, by = asking(question())
    opened(made, by)
    uid = uuid.uuid4()
    assert try_it(made, by, ["b2"], uid=uid) == try_it(made, by, ["a1"], uid=uid, at=NOON + SECOND)
    assert LessonTry.objects.count() == 1


def test_enough_right_answers_pass():
    made, by = asking(question(), question(), question(), check_needed=2)
    opened(made, by)
    assert try_it(made, by, ["a1"], ["b2"], ["a1"]).passed


def test_a_blank_is_no_try():
    made, by = asking(question(), question())
    opened(made, by)
    with pytest.raises(CannotTry) as refused:
        try_it(made, by, ["a1"])
    assert (refused.value.code, len(refused.value.names)) == ("blank", 1)
    assert not LessonTry.objects.exists()


def test_a_question_taken_out_of_the_draw_is_not_needed_any_more():
    first, second = question(), question()
    made, by = asking(first, second)
    opened(made, by)
    type(first.question).objects.filter(pk=second.question_id).update(pool="exam")
    assert try_it(made, by, ["a1"]).passed


def test_somebody_elses_try_number_is_refused():
    made, by = asking(question())
    other, other_by = asking(question())
    opened(made, by)
    opened(other, other_by)
    uid = try_it(made, by, ["a1"]).uid
    with pytest.raises(CannotTry, match="closed"):
        try_it(other, other_by, ["a1"], uid=uid)


def test_a_completed_course_takes_no_more_tries():
    made, by = asking(question())
    opened(made, by)
    try_it(made, by, ["a1"])
    study(made, by, minutes=1)
    made.refresh_from_db()
    with pytest.raises(CannotTry, match="closed"):
        try_it(made, by, ["a1"])


SENT = {
    "true_false": ["a1"],
    "multiple_choice": ["a1", "b2"],
    "fill_blank": None,
    "ordering": None,
}


@pytest.mark.parametrize("kind", SENT)
def test_every_kind_a_form_can_ask_is_marked(kind):
    version = question(kind=kind)
    made, by = asking(version)
    opened(made, by)
    answer = SENT[kind] or right_answer(version)
    lesson = made.edition.lessons.get()
    sent = {f"q{version.pk}": answer}
    found = playing.try_check(enrolment=made, lesson=lesson, uid=uuid.uuid4(), sent=sent, by=by, at=NOON)
    assert found.passed


def test_a_kind_that_no_form_can_ask_is_not_needed():
    made, by = asking(question(kind="short_answer"), question())
    opened(made, by)
    sent = {f"q{made.edition.lessons.get().check_versions[1]}": ["a1"]}
    lesson = made.edition.lessons.get()
    found = playing.try_check(enrolment=made, lesson=lesson, uid=uuid.uuid4(), sent=sent, by=by, at=NOON)
    assert (found.asked, found.passed) == (1, True)
