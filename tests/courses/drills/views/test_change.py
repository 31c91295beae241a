"""The pages of change-training."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.drills.models import ChangeTraining
from lianbing.kit import clock
from lianbing.people.rules import Role
from tests.factories import amendments as laws
from tests.factories import changes, drills, people

pytestmark = pytest.mark.django_db
STREET = "市容岗"


@pytest.fixture(autouse=True)
def noon():
    with clock.pinned(drills.NOON):
        yield


@pytest.fixture
def crew():
    return changes.crew(STREET, STREET, STREET)


def test_an_officer_finds_the_change_and_begins_the_test(client, crew):
    changes.law_changed([changes.post(STREET)], questions=2)
    client.force_login(crew[0].user)
    page = client.get("/drills/changes/")
    assert laws.TITLE in page.text
    cause = html.unescape(re.search(r'href="(/library/[^"]+/diff/[^"]*)"', page.text)[1])
    assert client.get(cause, follow=True).status_code == 200
    begun = client.post(f"/drills/changes/{changes.task_of(crew[0]).pk}/")
    assert begun.url.startswith("/drills/sets/")
    assert client.get(begun.url).status_code == 200


def test_what_was_repealed_leads_to_the_text_that_held(client, crew):
    training = changes.law_changed([changes.post(STREET)], questions=1, event="repealed")
    client.force_login(crew[0].user)
    assert f'href="{training.edition.get_absolute_url()}"' in client.get("/drills/changes/").text
    assert client.get(training.edition.get_absolute_url()).status_code == 200


def test_the_front_page_of_drills_leads_there_while_there_is_any(client, crew):
    client.force_login(crew[0].user)
    assert 'href="/drills/changes/"' not in client.get("/drills/").text
    changes.law_changed([changes.post(STREET)], questions=2)
    page = client.get("/drills/")
    assert ('href="/drills/changes/"' in page.text, page.context["changes"]) == (True, (1, 1))
    changes.tried(crew[0], is_right=True)
    assert client.get("/drills/").context["changes"] == (1, 0)


def test_without_questions_the_page_says_so(client, crew):
    changes.law_changed([changes.post(STREET)])
    client.force_login(crew[0].user)
    page = client.post(f"/drills/changes/{changes.task_of(crew[0]).pk}/", follow=True)
    assert page.redirect_chain == [("/drills/changes/", 302)]
    assert len(page.context["messages"]) == 1


def test_somebody_elses_task_is_not_found(client, crew):
    changes.law_changed([changes.post(STREET)], questions=1)
    client.force_login(crew[0].user)
    assert client.post(f"/drills/changes/{changes.task_of(crew[1]).pk}/").status_code == 404


def test_nothing_to_learn_is_said_kindly(client, crew):
    client.force_login(crew[0].user)
    assert "empty-title" in client.get("/drills/changes/").text


def test_who_failed_shows_to_hr(client, crew):
    training = changes.law_changed([changes.post(STREET)], questions=2)
    changes.tried(crew[0], is_right=False)
    changes.tried(crew[1], is_right=True)
    client.force_login(people.staff(Role.HR))
    (row,) = client.get("/drills/manage/changes/").context["page_obj"]
    assert (row.asked, row.passed, row.failed, row.late) == (3, 1, 1, 0)
    page = client.get(f"/drills/manage/changes/{training.pk}/?state=failed")
    assert [task.officer for task, _state, _unit in page.context["lines"]] == [crew[0]]
    assert "tile-warn" in page.text


def test_front_pages_say_it_to_both(client, crew):
    changes.law_changed([changes.post(STREET)], questions=2)
    changes.tried(crew[0], is_right=False)
    client.force_login(crew[0].user)
    assert "/drills/changes/" in client.get("/").text
    client.force_login(people.staff(Role.HR))
    assert "/drills/manage/changes/" in client.get("/").text


def test_a_leader_sees_the_people_of_the_own_units_only(client, crew):
    training = changes.law_changed([changes.post(STREET)])
    other = people.unit("二中队")
    changes.crew(STREET, unit=other)
    client.force_login(people.staff(Role.LEADER, unit=other))
    page = client.get(f"/drills/manage/changes/{training.pk}/")
    assert page.context["lines"] == []
    assert crew[0].name not in page.text


def test_a_day_past_shows_as_overdue(client, crew):
    training = changes.law_changed([changes.post(STREET)])
    client.force_login(people.staff(Role.TRAINER))
    with clock.pinned(drills.NOON + drills.DAY * 15):
        page = client.get(f"/drills/manage/changes/{training.pk}/?state=overdue")
    assert [state for _task, state, _unit in page.context["lines"]] == ["overdue"] * 3
    assert page.context["counts"].late == 3


def test_a_training_is_withdrawn_with_a_reason(client, crew):
    training = changes.law_changed([changes.post(STREET)])
    client.force_login(people.staff(Role.HR))
    where = f"/drills/manage/changes/{training.pk}/withdraw/"
    client.post(where, {"reason": ""})
    assert ChangeTraining.objects.get().withdrawn_at is None
    client.post(where, {"reason": "与本局无关"})
    assert ChangeTraining.objects.get().reason == "与本局无关"
    client.force_login(crew[0].user)
    assert client.get("/drills/changes/").context["lines"] == []


def test_leaders_withdraw_nothing_and_officers_see_no_desk(client, crew):
    training = changes.law_changed([changes.post(STREET)])
    client.force_login(people.staff(Role.LEADER))
    assert client.post(f"/drills/manage/changes/{training.pk}/withdraw/").status_code == 403
    client.force_login(crew[0].user)
    assert client.get("/drills/manage/changes/").status_code == 403
    assert client.post("/drills/changes/").status_code == 405


@pytest.mark.parametrize("where", ["mine", "desk", "people"])
def test_more_rows_ask_no_more_statements(client, where):
    counts = []
    for number in (1, 3):
        for turn in range(number):
            edition = laws.old(f"第{number}{turn}号办法") if where != "people" or turn == 0 else None
            if edition is not None:
                article = laws.article(edition, 2)
                changes.must_know(changes.post(STREET), article=article)
            changes.crew(STREET, unit=people.unit(f"队{number}{turn}"))
        training = changes.change.of_law(
            edition=edition or article.edition, event="amended", articles=[article.pk], at=changes.AT
        )
        pages = {"mine": "/drills/changes/", "desk": "/drills/manage/changes/"}
        reader = people.staff(Role.HR)
        if where == "mine":
            reader = training.tasks.first().officer.user
        client.force_login(reader)
        address = pages.get(where, f"/drills/manage/changes/{training.pk}/")
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[1] <= 15
