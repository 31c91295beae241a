"""The player's page and its two calls."""

import json
import uuid

import pytest

from courses.models import LessonTry, Note, Progress
from lianbing.kit import clock
from tests.factories import courses
from tests.factories.exams import question
from tests.factories.learning import NOON, SECOND, enrolment, learner

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(client):
    """An enrolment of whoever is signed in, in a lesson of a minute with one question."""
    officer, by = learner()
    client.force_login(officer.user)
    edition = courses.edition(lessons=0)
    courses.lesson(edition, versions=[question()], minimum_seconds=60)
    return enrolment(edition, by)


def call(client, made, name, data=None, at=NOON, position=1):
    body = data if isinstance(data, str) else json.dumps(data or {})
    with clock.pinned(at):
        return client.post(
            f"/courses/learning/{made.uid}/{position}/{name}", body, content_type="application/json"
        )


def sync(client, made, at=NOON, **data):
    return call(client, made, "sync", {"lease": 1} | data, at)


def version_of(made):
    return made.edition.lessons.get().check_versions[0]


def test_the_page_asks_and_says_nothing_of_what_is_right(client, made):
    page = client.get(f"/courses/learning/{made.uid}/1/").content.decode()
    assert "题目" in page
    assert "SECRET-EXPLANATION" not in page


def test_the_page_carries_where_one_was(client, made):
    call(client, made, "open")
    sync(client, made, NOON + 15 * SECOND, beats=[{"seq": 1, "active": 15000, "place": [0, 754000, 310]}])
    state = client.get(f"/courses/learning/{made.uid}/1/").context["player"]["state"]
    assert (state["credited"], state["place"]) == (15000, [0, 754000, 310])


def test_opening_takes_the_clock(client, made):
    first, second = (call(client, made, "open").json() for _ in range(2))
    assert (first["lease"], second["lease"]) == (1, 2)
    assert first["state"]["needed"] == 60_000


def test_beats_are_credited_and_confirmed(client, made):
    call(client, made, "open")
    reply = sync(client, made, NOON + 15 * SECOND, beats=[{"seq": 1, "active": 15000}]).json()
    assert (reply["held"], reply["through"], reply["state"]["credited"]) == (True, 1, 15000)


def test_an_older_tab_is_told_that_it_holds_the_clock_no_more(client, made):
    call(client, made, "open")
    call(client, made, "open")
    reply = sync(client, made, NOON + 15 * SECOND, beats=[{"seq": 1, "active": 15000}]).json()
    assert (reply["held"], reply["state"]["credited"]) == (False, 0)


def test_the_key_comes_with_the_try_and_not_before(client, made):
    call(client, made, "open")
    uid = str(uuid.uuid4())
    sent = [{"uid": uid, "answers": {f"q{version_of(made)}": ["b2"]}}]
    (reply,) = sync(client, made, tries=sent).json()["tries"]
    assert (reply["uid"], reply["passed"]) == (uid, False)
    assert "SECRET-EXPLANATION" in reply["html"]
    again = sync(client, made, tries=sent).json()["tries"][0]
    assert (again["html"], LessonTry.objects.count()) == (reply["html"], 1)


@pytest.mark.parametrize("answers", [{}, None, [], {"q1": {"x": 1}}, "a1", {"q0": ["a1"]}])
def test_an_answer_that_cannot_be_read_is_no_answer(client, made, answers):
    call(client, made, "open")
    sent = [{"uid": str(uuid.uuid4()), "answers": answers}]
    assert "problem" in sync(client, made, tries=sent).json()["tries"][0]
    assert not LessonTry.objects.exists()


def test_half_a_character_is_stored_as_a_mark_and_holds_nothing_up(client, made):
    lease = call(client, made, "open").json()["lease"]
    row = {"uid": str(uuid.uuid4()), "text": "笔记\ud83d"}
    answers = {f"q{version_of(made)}": ["\udc00"]}
    tried = {"uid": str(uuid.uuid4()), "answers": answers}
    found = sync(client, made, lease=lease, notes=[row], tries=[tried])
    assert found.status_code == 200
    assert Note.objects.get().text == "笔记?"


def test_the_last_lesson_leads_to_the_statement(client, made):
    call(client, made, "open")
    tries = [{"uid": str(uuid.uuid4()), "answers": {f"q{version_of(made)}": ["a1"]}}]
    reply = sync(client, made, NOON + 60 * SECOND, beats=[{"seq": 1, "active": 60000}], tries=tries).json()
    assert reply["completed"] == f"/courses/learning/{made.uid}/completed/"
    assert reply["state"]["done"] is True


def test_a_note_is_kept_with_its_second(client, made):
    call(client, made, "open")
    row = {"uid": str(uuid.uuid4()), "text": "先亮证", "second": 95}
    for _ in range(2):
        assert sync(client, made, notes=[row]).json()["notes"] == [{"uid": row["uid"]}]
    assert [(note.text, note.second) for note in Note.objects.all()] == [("先亮证", 95)]


BODIES = [
    "",
    "[]",
    "nonsense",
    "[" * 100_000,
    '{"lease": "1"}',
    '{"lease": -1}',
    '{"lease": 1, "beats": [{"seq": 1}]}',
    '{"lease": 1, "tries": [1]}',
    '{"lease": 1, "tries": [{"uid": "x"}]}',
    '{"lease": 1, "notes": {}}',
    json.dumps({"lease": 1, "notes": [{"uid": str(uuid.uuid4())}] * 51}),
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_what_cannot_be_read_changes_nothing(client, made, body):
    call(client, made, "open")
    assert call(client, made, "sync", body).status_code == 400
    assert Progress.objects.get().credited_ms == 0


def test_a_lesson_never_opened_takes_nothing(client, made):
    assert sync(client, made, beats=[{"seq": 1, "active": 15000}]).status_code == 409


def test_a_lesson_that_is_not_there(client, made):
    assert client.get(f"/courses/learning/{made.uid}/9/").status_code == 404
    assert call(client, made, "open", position=9).status_code == 404


def test_whoever_is_signed_out_is_told_in_json(client, made):
    client.logout()
    reply = client.post(f"/courses/learning/{made.uid}/1/sync", HTTP_ACCEPT="application/json")
    assert (reply.status_code, reply.json()) == (401, {"error": "signed_out"})


def test_an_edition_left_is_not_played_any_more(client, made):
    type(made).objects.filter(pk=made.pk).update(left_at=NOON)
    assert client.get(f"/courses/learning/{made.uid}/1/").status_code == 302
    assert call(client, made, "open").status_code == 409


def test_the_page_costs_the_same_for_one_and_three_questions(client, made, django_assert_max_num_queries):
    edition = courses.edition(courses.course("三问"), lessons=3)
    courses.lesson(edition, versions=[question() for _ in range(3)])
    other = enrolment(edition, learner_of(made))
    with django_assert_max_num_queries(14):
        client.get(f"/courses/learning/{made.uid}/1/")
    with django_assert_max_num_queries(14):
        client.get(f"/courses/learning/{other.uid}/4/")


def learner_of(made):
    from tests.factories import people

    return people.actor(made.officer.user)


def test_a_beat_costs_few_statements(client, made, django_assert_max_num_queries):
    call(client, made, "open")
    with django_assert_max_num_queries(15):
        sync(client, made, NOON + 15 * SECOND, beats=[{"seq": 1, "active": 15000}])


def test_the_worker_keeps_files_and_no_page_of_its_own(client, made):
    text = client.get("/courses/worker.js").content.decode()
    assert "courses/learning/player.js" in text
    assert made.officer.name not in text
