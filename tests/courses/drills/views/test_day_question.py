"""The question of the day on the pages: its tile, its answer, what is told of the others."""

import json
import uuid

import pytest

from courses.drills.models import DrillAnswer, DrillSet
from courses.drills.services import sets
from lianbing.kit import clock
from tests.factories import changes, drills
from tests.factories.drills import NOON

pytestmark = pytest.mark.django_db
POST = "市容岗"


@pytest.fixture(autouse=True)
def noon():
    with clock.pinned(NOON):
        yield


@pytest.fixture
def crew():
    return changes.crew(*[POST] * 5)


def opened(client, officer):
    client.force_login(officer.user)
    reply = client.post("/drills/open/question/")
    return DrillSet.objects.get(uid=reply.url.split("/")[3])


def all_answer(crew):
    for place, officer in enumerate(crew):
        made = sets.of_period(kind="question", officer=officer, by=drills.actor(officer), at=NOON)
        drills.take_all(made, is_right=place > 0)


def sent(client, made):
    version = drills.versions_of(made)[0]
    row = {"uid": str(uuid.uuid4()), "version": version.pk, "response": drills.right(version)}
    body = json.dumps({"answers": [row]})
    return client.post(f"/drills/sets/{made.uid}/answers", body, content_type="application/json").json()


def test_the_front_page_offers_it_and_makes_it_only_when_wanted(client, crew):
    drills.questions(3)
    client.force_login(crew[0].user)
    assert 'action="/drills/open/question/"' in client.get("/drills/").text
    assert not DrillSet.objects.filter(kind="question").exists()
    made = opened(client, crew[0])
    page = client.get("/drills/")
    assert f'/drills/sets/{made.uid}/"' in page.text
    assert page.context["home"]["carried"][1:] == [f"/drills/sets/{made.uid}/"]


def test_answered_it_is_not_carried_any_more(client, crew):
    drills.questions(1)
    made = opened(client, crew[0])
    drills.take_all(made)
    page = client.get("/drills/")
    assert page.context["standing"].periods["question"].done == 1
    assert (page.context["today"], page.context["home"]["carried"]) == (None, [])
    assert f'href="/drills/sets/{made.uid}/"' in page.text


def test_where_nothing_is_open_to_drills_it_is_not_offered(client, crew):
    client.force_login(crew[0].user)
    assert "/drills/open/question/" not in client.get("/drills/").text


def test_nothing_is_told_of_others_before_one_has_answered(client, crew):
    drills.questions(1)
    all_answer(crew[1:])
    assert client.get(f"/drills/sets/{opened(client, crew[0]).uid}/").context["shared"] == []


@pytest.mark.parametrize(("others", "lines"), [(3, 1), (4, 2)])
def test_the_reply_tells_how_the_post_did_once_five_answered(client, crew, others, lines):
    drills.questions(1)
    all_answer(crew[1 : 1 + others])
    reply = sent(client, opened(client, crew[0]))
    assert len(reply["shared"]) == lines
    assert ("80%" in reply["shared"][0]) is (lines == 2)


def test_the_pages_tell_the_same_as_the_reply(client, crew):
    drills.questions(1)
    all_answer(crew)
    made = opened(client, crew[0])
    for path in ("", "1/"):
        page = client.get(f"/drills/sets/{made.uid}/{path}")
        assert page.context["shared"][0] in page.text
        assert "5 人已作答，答对率 80%" in page.context["shared"][0]


def test_other_sets_tell_nothing_of_others(client, crew):
    client.force_login(crew[0].user)
    made = drills.drill_set(crew[0], drills.questions(1))
    assert sent(client, made)["shared"] == []
    assert 'id="drill-shared"' not in client.get(f"/drills/sets/{made.uid}/").text


@pytest.mark.parametrize("count", [1, 5])
def test_its_pages_ask_the_database_no_more_for_more_people(
    client, crew, count, django_assert_max_num_queries
):
    drills.questions(2)
    all_answer(crew[:count])
    made = opened(client, crew[0])
    client.get("/drills/")
    for path in (f"sets/{made.uid}/", f"sets/{made.uid}/1/", ""):
        with django_assert_max_num_queries(15):
            assert client.get(f"/drills/{path}").status_code == 200
    assert DrillAnswer.objects.count() == count
