"""The day of the exam in the browser: who may watch whom, and acts that need a reason."""

import pytest
from django.urls import reverse

from exams.models import Attempt, Candidate
from lianbing.kit import clock
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import Role
from tests.factories import exams, people
from tests.factories.exams import MINUTE, NOON

pytestmark = pytest.mark.django_db
REASON = {"reason": "停电五分钟"}


@pytest.fixture(autouse=True)
def noon():
    with clock.pinned(NOON + MINUTE):
        yield


@pytest.fixture
def bureau():
    return people.unit("某局")


@pytest.fixture
def sitting(bureau):
    return exams.sitting(bureau)


@pytest.fixture
def attempt(sitting):
    return exams.attempt(exams.candidate(sitting))


@pytest.fixture
def invigilator(client, bureau):
    client.force_login(people.staff(Role.INVIGILATOR, unit=bureau))
    return client


def at(name, thing):
    return reverse(f"exams:{name}", args=[thing.uid])


def in_squad(sitting, bureau):
    """A candidate of a unit below the bureau, and the unit."""
    squad = people.unit("一中队", bureau)
    made = exams.candidate(sitting)
    Candidate.objects.filter(pk=made.pk).update(unit=squad)
    return Candidate.objects.get(pk=made.pk), squad


def test_the_board_shows_who_is_where(invigilator, sitting, attempt):
    exams.candidate(sitting)
    board = invigilator.get(at("board", sitting)).context["board"]
    assert (board.not_started, board.writing, board.submitted) == (1, 1, 0)
    assert [row.state for row in board.only("open")] == ["open"]


def test_the_poll_brings_only_what_moves(invigilator, sitting, attempt):
    page = invigilator.get(at("board", sitting), headers={"HX-Request": "true"})
    assert b"<html" not in page.content
    assert b'hx-trigger="every 10s"' in page.content


def test_an_invigilator_below_watches_only_their_own_people(client, sitting, bureau, attempt):
    own, squad = in_squad(sitting, bureau)
    client.force_login(people.staff(Role.INVIGILATOR, unit=squad))
    rows = client.get(at("board", sitting)).context["rows"]
    assert [row.candidate for row in rows] == [own]
    assert client.get(at("extend", own)).status_code == 200
    assert client.get(at("extend", attempt.candidate)).status_code == 404
    assert client.get(at("extend_all", sitting)).status_code == 404


@pytest.mark.parametrize("name", ["board", "room_list", "extend_all"])
def test_an_invigilator_elsewhere_finds_nothing(client, sitting, attempt, name):
    client.force_login(people.staff(Role.INVIGILATOR, unit=people.unit("别局")))
    assert client.get(at(name, sitting)).status_code == 404


@pytest.mark.parametrize("name", ["freeze", "release", "close", "latecomer", "results", "sitting_edit"])
def test_an_invigilator_does_not_set_exams(invigilator, sitting, name):
    assert invigilator.get(at(name, sitting)).status_code == 403


def test_time_is_given_with_a_reason(invigilator, attempt):
    address = at("extend", attempt.candidate)
    assert invigilator.post(address, {"minutes": 5, "reason": "短"}).status_code == 200
    assert not AuditRecord.objects.exists()
    assert invigilator.post(address, {"minutes": 5, **REASON}).status_code == 302
    assert Attempt.objects.get().deadline == attempt.deadline + 5 * MINUTE


@pytest.mark.parametrize("minutes", ["0", "x", "99999999999999999999", "-5"])
def test_impossible_times_come_back_with_a_word(invigilator, attempt, minutes):
    page = invigilator.post(at("extend", attempt.candidate), {"minutes": minutes, **REASON})
    assert page.status_code == 200
    assert page.context["form"].errors


def test_nobody_acts_on_their_own_exam(client, sitting, attempt, bureau):
    people.grant(attempt.user, Role.INVIGILATOR, unit=bureau)
    client.force_login(attempt.user)
    for name in ("extend", "force_submit"):
        assert client.post(at(name, attempt.candidate), {"minutes": 5, **REASON}).status_code == 404


def test_time_for_everybody(invigilator, sitting, attempt):
    assert invigilator.post(at("extend_all", sitting), {"minutes": 5, **REASON}).status_code == 302
    assert Attempt.objects.get().extra_seconds == 300


def test_handing_in_for_somebody(invigilator, attempt):
    assert invigilator.post(at("force_submit", attempt.candidate), REASON).status_code == 302
    assert Attempt.objects.get().submitted_how == "staff"
    page = invigilator.post(at("force_submit", attempt.candidate), REASON)
    assert page.context["form"].non_field_errors()


def test_handing_in_for_who_has_not_begun_does_not_exist(invigilator, sitting):
    assert invigilator.get(at("force_submit", exams.candidate(sitting))).status_code == 404


def test_closing_and_admitting_are_the_administrators(client, sitting, attempt, bureau):
    client.force_login(people.staff(Role.EXAM_ADMINISTRATOR, unit=bureau))
    late = people.officer(bureau)
    exams.question(sitting.blueprint.bank)
    form = {"staff_number": late.staff_number, **REASON}
    assert client.post(at("latecomer", sitting), {**form, "staff_number": "nobody"}).status_code == 200
    assert client.post(at("latecomer", sitting), form).status_code == 302
    assert Candidate.objects.filter(officer=late).exists()
    assert client.post(at("close", sitting), REASON).status_code == 302
    assert Attempt.objects.get().submitted_how == "staff"
