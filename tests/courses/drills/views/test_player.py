"""The player's page and its calls."""

import json
import uuid

import pytest

from courses.drills.models import Bookmark, DrillAnswer
from lianbing.kit import clock
from question_bank.models import Pool
from tests.factories import drills
from tests.factories.drills import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(client):
    """An officer who is signed in."""
    made = drills.learner()
    client.force_login(made.user)
    return made


@pytest.fixture
def made(learner):
    """A set of three questions of whoever is signed in."""
    return drills.drill_set(learner)


def get(client, made, at=NOON, **query):
    with clock.pinned(at):
        return client.get(f"/drills/sets/{made.uid}/", query)


def row(made, place=0, *, right=True, uid=None, **fields):
    version = drills.versions_of(made)[place]
    response = drills.right(version) if right else drills.wrong(version)
    return {"uid": str(uid or uuid.uuid4()), "version": version.pk, "response": response} | fields


def post(client, made, *rows, at=NOON, **fields):
    body = json.dumps({"answers": list(rows)} | fields)
    with clock.pinned(at):
        return client.post(f"/drills/sets/{made.uid}/answers", body, content_type="application/json")


def test_the_page_shows_the_first_question_and_hides_the_rest(client, made):
    page = get(client, made)
    assert page.context["here"] == 1
    assert page.content.decode().count('aria-labelledby="place-') == 3
    assert page.content.decode().count('aria-labelledby="place-1">') == 1


def test_what_is_right_lies_in_inert_templates_until_it_is_answered(client, made):
    text = get(client, made).content.decode()
    for piece in text.split("<template>")[1:4]:
        assert "is-right" in piece.split("</template>")[0]
    outside = "".join(part.split("</template>")[-1] for part in text.split("<template>"))
    assert "is-right" not in outside


def test_nobody_opens_the_set_of_somebody_else(client, learner):
    other = drills.drill_set(drills.learner(name="别人"))
    assert get(client, other).status_code == 404
    assert post(client, other, row(other)).status_code == 404


def test_a_question_reserved_for_exams_since_is_not_shown(client, made):
    question = drills.versions_of(made)[0].question
    type(question).objects.filter(pk=question.pk).update(pool=Pool.EXAM)
    assert len(get(client, made).context["cards"]) == 2
    reply = post(client, made, row(made)).json()
    assert (reply["taken"], len(reply["ignored"])) == ([], 1)


def test_answers_are_taken_and_said_to_be_right_or_wrong(client, made):
    reply = post(client, made, row(made, 0), row(made, 1, right=False)).json()
    assert [one["right"] for one in reply["taken"]] == [True, False]
    assert [float(one["share"]) for one in reply["taken"]] == [1, 0]
    assert all(one["due"] for one in reply["taken"])


def test_the_same_answers_sent_again_get_the_same_reply(client, made):
    sent = row(made), row(made, 1)
    first, second = (post(client, made, *sent).json() for _ in range(2))
    assert [one["uid"] for one in first["taken"]] == [one["uid"] for one in second["taken"]]
    assert DrillAnswer.objects.count() == 2


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        '{"answers": 3}',
        '{"answers": [3]}',
        '{"answers": [{"uid": 5, "version": 1}]}',
        '{"answers": [{"uid": "x", "version": 1}]}',
        '{"answers": [{"uid": "5f0c2b0e-95ac-4d2c-9d11-0b7d5b6b4a01", "version": true}]}',
        '{"answers": [{"uid": "5f0c2b0e-95ac-4d2c-9d11-0b7d5b6b4a01", "version": 1e400}]}',
        "[" * 5000,
    ],
)
def test_what_no_player_sends_is_refused_in_words(client, made, body):
    reply = client.post(f"/drills/sets/{made.uid}/answers", body, content_type="application/json")
    assert reply.status_code == 400
    assert reply.json()["message"]
    assert not DrillAnswer.objects.exists()


@pytest.mark.parametrize(
    "said_at", [5, "yesterday", "2026-13-40T00:00:00Z", "2026-11-20T04:00:00", "9" * 999]
)
def test_a_senseless_moment_of_the_device_is_no_word_at_all(client, made, said_at):
    assert post(client, made, row(made, said_at=said_at)).json()["taken"]
    assert DrillAnswer.objects.get().said_at is None


def test_answered_questions_are_not_asked_again(client, made):
    post(client, made, row(made, 0))
    page = get(client, made)
    assert page.context["here"] == 2
    assert [one["right"] for one in page.context["player"]["questions"]] == [True, None, None]


def test_the_place_asked_for_is_shown_first(client, made):
    assert get(client, made, at=NOON).context["here"] == 1
    assert client.get(f"/drills/sets/{made.uid}/?at=3").context["here"] == 3
    for senseless in ("0", "4", "x", "³", "9" * 50):
        assert client.get(f"/drills/sets/{made.uid}/", {"at": senseless}).context["here"] == 1


def test_a_set_answered_whole_shows_its_result(client, made):
    post(client, made, row(made, 0), row(made, 1, right=False), row(made, 2))
    page = get(client, made)
    assert (page.context["here"], page.context["right"]) == (0, 2)
    assert 'id="drill-done" class="card stack" aria' in page.content.decode()


def plain(client, made, version, **data):
    with clock.pinned(NOON):
        return client.post(f"/drills/sets/{made.uid}/answer/", {"version": version.pk} | data)


def test_without_a_script_a_plain_form_answers_and_explains(client, made):
    version = drills.versions_of(made)[0]
    reply = plain(client, made, version, **{f"q{version.pk}": drills.right(version), "guessed": "1"})
    assert reply.url == f"/drills/sets/{made.uid}/1/"
    text = client.get(reply.url).content.decode()
    assert "见条文" in text
    assert f"/drills/sets/{made.uid}/?at=2" in text
    answer = DrillAnswer.objects.get()
    assert (answer.right, answer.guessed) == (True, True)


def test_an_empty_plain_form_comes_back_with_a_word(client, made):
    version = drills.versions_of(made)[1]
    reply = plain(client, made, version)
    assert reply.url == f"/drills/sets/{made.uid}/?at=2"
    assert not DrillAnswer.objects.exists()


def test_a_plain_form_for_a_question_that_is_gone_says_so(client, made):
    assert (
        client.post(f"/drills/sets/{made.uid}/answer/", {"version": "x"}).url == f"/drills/sets/{made.uid}/"
    )


def test_what_was_not_answered_is_not_explained(client, made):
    for place in (1, 3, 0, 99):
        assert client.get(f"/drills/sets/{made.uid}/{place}/").status_code == 302


def test_a_run_ends_with_the_second_mistake(client, learner):
    made = drills.drill_set(learner, drills.questions(6), kind="challenge")
    post(client, made, row(made, 0, right=False), row(made, 1, right=False))
    page = get(client, made)
    assert (page.context["here"], page.context["run"].over, page.context["run"].passed) == (0, True, 0)
    version = drills.versions_of(made)[2]
    plain(client, made, version, **{f"q{version.pk}": drills.right(version)})
    assert DrillAnswer.objects.count() == 2


def test_what_arrives_after_the_end_of_a_run_is_refused_in_words(client, learner):
    made = drills.drill_set(learner, drills.questions(6), kind="challenge")
    sent = [row(made, 0, right=False), row(made, 1, right=False), row(made, 2)]
    reply = post(client, made, *sent).json()
    assert ([one["right"] for one in reply["taken"]], reply["ignored"]) == ([False, False], [sent[2]["uid"]])
    assert reply["message"]
    again = post(client, made, sent[0], row(made, 3)).json()
    assert (len(again["taken"]), len(again["ignored"]), bool(again["message"])) == (1, 1, True)
    assert DrillAnswer.objects.count() == 2


def test_a_run_that_goes_on_and_another_set_take_every_answer(client, made, learner):
    run = drills.drill_set(learner, drills.questions(6), kind="challenge")
    for one in (run, made):
        wrong_first = [row(one, place, right=place != 0) for place in range(3)]
        reply = post(client, one, *wrong_first).json()
        assert (len(reply["taken"]), reply["ignored"], reply["message"]) == (3, [], "")


def test_a_bookmark_is_kept_once_and_taken_away(client, made):
    version = drills.versions_of(made)[0]
    for on, kept in ((True, 1), (True, 1), (False, 0), (False, 0)):
        body = json.dumps({"version": version.pk, "on": on})
        reply = client.post("/drills/bookmarks/one/", body, content_type="application/json")
        assert reply.json() == {"kept": on}
        assert Bookmark.objects.count() == kept


@pytest.mark.parametrize("count", [1, 3, 10])
def test_the_page_asks_the_database_no_more_for_more_questions(
    client, learner, count, django_assert_max_num_queries
):
    made = drills.drill_set(learner, drills.questions(count))
    with django_assert_max_num_queries(15):
        get(client, made)


def test_the_worker_names_every_script_the_page_needs(client, made):
    text = client.get("/drills/worker.js").content.decode()
    page = get(client, made).content.decode()
    for name in ("store", "wire", "queue", "grading", "player"):
        assert f"drills/{name}" in text
        assert f"drills/{name}" in page
    assert "kit/keeping" in text
    assert "kit/keeping" in page
