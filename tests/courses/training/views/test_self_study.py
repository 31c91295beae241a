"""The pages of self-study: an officer records, a trainer of the unit decides."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.training.models import HourEntry, Session
from courses.training.services import self_study as service
from courses.training.services.self_study import Studied
from lianbing.kit import clock
from lianbing.people.rules import Role
from tests.factories import people, training
from tests.factories.training import DAY, HOUR, NINE

MINE, DESK = "/training/self-study/", "/training/self-study/waiting/"
AFTER = NINE + 8 * HOUR


@pytest.fixture(autouse=True)
def afternoon():
    cache.clear()
    with clock.pinned(AFTER):
        yield


@pytest.fixture
def squad(db):
    unit = people.unit("直属一大队")
    return SimpleNamespace(
        unit=unit,
        officer=people.officer(unit, name="王小明"),
        trainer=people.staff(Role.TRAINER, unit=unit),
        stranger=people.staff(Role.TRAINER, unit=people.unit("西城中队")),
    )


def as_user(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form(**change):
    said = {"topic": "行政处罚法", "category": training.category().pk, "starts_at": "2026-11-20T09:00"}
    return said | {"minutes": "45", "note": "听证程序"} | change


def record(officer, back=0):
    said = Studied("行政处罚法", training.category(), NINE - back * DAY, 45)
    return service.record(studied=said, by=people.actor(officer.user), at=AFTER)


def test_an_officer_records_and_a_trainer_confirms_from_the_desk(squad):
    me, trainer = as_user(squad.officer.user), as_user(squad.trainer)
    assert MINE in me.get("/training/").content.decode()
    assert me.post(f"{MINE}new/", form()).status_code == 302
    assert DESK in trainer.get("/training/manage/").content.decode()
    assert "听证程序" in trainer.get(DESK).content.decode()
    session = Session.objects.get()
    trainer.post(f"{MINE}{session.uid}/decide/", {"confirm": "1"})
    assert HourEntry.objects.get().minutes == 45
    assert "badge-ok" in me.get(MINE).content.decode()


def test_the_page_says_what_the_time_is_taken_by(squad):
    me = as_user(squad.officer.user)
    me.post(f"{MINE}new/", form())
    page = me.post(f"{MINE}new/", form(topic="刑法"))
    assert (page.status_code, Session.objects.count()) == (200, 1)
    assert "行政处罚法" in page.content.decode()


@pytest.mark.parametrize("change", [{"minutes": "0"}, {"minutes": "x"}, {"starts_at": "9999-01-01T00:00"}])
def test_nonsense_comes_back_in_words(squad, change):
    assert as_user(squad.officer.user).post(f"{MINE}new/", form(**change)).status_code == 200
    assert not Session.objects.exists()


def test_a_trainer_of_another_unit_sees_and_decides_nothing(squad):
    session = record(squad.officer)
    stranger = as_user(squad.stranger)
    assert "王小明" not in stranger.get(DESK).content.decode()
    assert stranger.post(f"{MINE}{session.uid}/decide/", {"confirm": "1"}).status_code == 404


def test_an_officer_takes_back_ones_own_alone(squad):
    session = record(squad.officer)
    address = f"{MINE}{session.uid}/take-back/"
    assert as_user(people.officer(squad.unit).user).post(address).status_code == 404
    as_user(squad.officer.user).post(address)
    session.refresh_from_db()
    assert session.state == "cancelled"


def test_a_refusal_shows_its_reason_to_the_officer(squad):
    session = record(squad.officer)
    said = {"refuse": "1", "reason": "缺少笔记"}
    as_user(squad.trainer).post(f"{MINE}{session.uid}/decide/", said)
    assert "缺少笔记" in as_user(squad.officer.user).get(MINE).content.decode()


@pytest.mark.parametrize("page", [MINE, DESK])
def test_the_lists_ask_as_much_for_one_row_as_for_three(squad, page):
    client = as_user(squad.officer.user if page == MINE else squad.trainer)
    client.get(page)
    record(squad.officer)

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(page)
        return len(queries)

    one = asked()
    record(squad.officer, back=1)
    record(squad.officer, back=2)
    assert asked() == one <= 15
