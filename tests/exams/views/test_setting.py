"""From blueprint to result in the browser, and who may not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exams.models import Attempt, Blueprint, Paper, Sitting
from exams.services import saving
from lianbing.kit import clock
from lianbing.kit.models import OutboxMessage
from lianbing.people.rules import Role
from tests.factories import exams, people
from tests.factories.exams import MINUTE, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with clock.pinned(NOON):
        yield


@pytest.fixture
def unit():
    return people.unit()


@pytest.fixture
def admin(client, unit):
    client.force_login(people.staff(Role.EXAM_ADMINISTRATOR, unit=unit))
    return client


def blueprint_form(bank, /, **changes):
    return {
        "title": "第一季度",
        "bank": bank.pk,
        "sections-count": 1,
        "sections-0-title": "单项选择题",
        "sections-0-rule": "exact",
        "sections-0-lines-count": 2,
        "sections-0-lines-0-kind": "single_choice",
        "sections-0-lines-0-count": 3,
        "sections-0-lines-0-marks": "2",
        **changes,
    }


def sitting_form(blueprint, unit, /, **changes):
    return {
        "title": "上岗考试",
        "blueprint": blueprint.pk,
        "unit": unit.pk,
        "units": [unit.pk],
        "opens_at": "2026-11-20T12:00",
        "closes_at": "2026-11-20T14:00",
        "duration_minutes": 60,
        "pass_mark": 4,
        "grace_seconds": 60,
        "shows_review": "on",
        **changes,
    }


def test_the_whole_road(admin, unit, client):
    bank = exams.bank()
    for _ in range(5):
        exams.question(bank)
    officer = people.officer(unit)
    admin.post(reverse("exams:blueprint_new"), blueprint_form(bank))
    blueprint = Blueprint.objects.get()
    admin.post(reverse("exams:sitting_new"), sitting_form(blueprint, unit))
    sitting = Sitting.objects.get()
    admin.post(reverse("exams:freeze", args=[sitting.uid]))
    assert len(Paper.objects.get().items) == 3

    client.force_login(officer.user)
    assert client.get(reverse("exams:home")).context["due"][0].sitting == sitting
    assert client.get(reverse("exams:rules", args=[sitting.uid])).status_code == 200
    client.post(reverse("exams:start", args=[sitting.uid]))
    attempt = Attempt.objects.get()
    pen = exams.pen(attempt)
    events = [{"seq": n, "item": n, "value": ["a1"]} for n in (1, 2, 3)]
    reply = saving.save(
        uid=attempt.uid, ticket=pen.ticket, client=pen.client, lease=1, events=events, at=NOON + MINUTE
    )
    with clock.pinned(NOON + 3 * 60 * MINUTE):
        admin_user = people.staff(Role.EXAM_ADMINISTRATOR, unit=unit)
        client.force_login(admin_user)
        assert client.post(reverse("exams:release", args=[sitting.uid])).status_code == 302
        rows = client.get(reverse("exams:results", args=[sitting.uid])).context["rows"]
        assert [(row.state, row.score) for row in rows] == [("passed", 6)]
        client.force_login(officer.user)
        page = client.get(reverse("exams:result", args=[attempt.uid]))
    assert reply.acked_through == 3
    assert b"SECRET-EXPLANATION" in page.content
    assert OutboxMessage.objects.get(topic="results_published").payload == {"sitting": str(sitting.uid)}


def test_the_shortfall_is_told_exactly(admin):
    bank = exams.bank()
    exams.question(bank)
    page = admin.post(reverse("exams:blueprint_new"), blueprint_form(bank), follow=True)
    stock = page.context["sections"][0]["rows"][0][1]
    assert (stock.wanted, stock.available, stock.missing) == (3, 1, 2)
    assert page.context["missing"] == 2


def test_the_stock_beside_each_line_follows_the_form(admin):
    page = admin.post(reverse("exams:blueprint_stock"), blueprint_form(exams.bank()))
    assert b'id="stock-0-0" hx-swap-oob' in page.content


@pytest.mark.parametrize(
    "change",
    [
        {"sections-0-lines-0-count": "x"},
        {"sections-0-lines-0-marks": "NaN"},
        {"sections-count": "x"},
        {"title": ""},
        {"bank": "9999999999999999"},
    ],
)
def test_a_broken_blueprint_form_comes_back(admin, change):
    page = admin.post(reverse("exams:blueprint_new"), blueprint_form(exams.bank(), **change))
    assert page.status_code == 200
    assert not Blueprint.objects.exists()
    assert (
        admin.post(reverse("exams:blueprint_stock"), blueprint_form(exams.bank(), **change)).status_code
        == 200
    )


@pytest.mark.parametrize(
    "change", [{"closes_at": "2026-11-20T12:00"}, {"pass_mark": 9999}, {"duration_minutes": 0}, {"units": []}]
)
def test_a_broken_sitting_form_comes_back(admin, unit, change):
    page = admin.post(reverse("exams:sitting_new"), sitting_form(exams.blueprint(), unit, **change))
    assert page.status_code == 200
    assert not Sitting.objects.exists()


def test_freezing_without_stock_names_the_lines(admin, unit):
    people.officer(unit)
    sitting = exams.sitting(unit, frozen=False)
    page = admin.post(reverse("exams:freeze", args=[sitting.uid]))
    assert page.status_code == 409
    assert page.context["short"][0][1].missing == 1


def test_a_sitting_of_another_unit_does_not_exist(admin):
    sitting = exams.sitting(people.unit("别局"))
    for name in ("sitting", "sitting_edit", "freeze", "results", "release", "close", "latecomer", "board"):
        assert admin.get(reverse(f"exams:{name}", args=[sitting.uid])).status_code == 404, name


@pytest.mark.parametrize("name", ["blueprint_list", "blueprint_new", "sitting_list", "sitting_new"])
def test_an_officer_may_not_set_exams(client, name):
    client.force_login(people.officer(people.unit()).user)
    assert client.get(reverse(f"exams:{name}")).status_code == 403


def test_wrong_methods_are_refused(admin, unit):
    sitting = exams.sitting(unit)
    assert admin.get(reverse("exams:start", args=[sitting.uid])).status_code in {403, 405}
    assert admin.post(reverse("exams:sitting_list")).status_code == 405
    assert admin.post(reverse("exams:board", args=[sitting.uid])).status_code == 405


@pytest.mark.parametrize("name", ["board", "room_list", "results"])
def test_lists_of_candidates_cost_the_same_however_many(admin, unit, name):
    sitting = exams.sitting(unit)
    exams.attempt(exams.candidate(sitting))
    _same_cost(
        admin, reverse(f"exams:{name}", args=[sitting.uid]), lambda: exams.attempt(exams.candidate(sitting))
    )


@pytest.mark.parametrize("name", ["sitting_list", "blueprint_list"])
def test_lists_cost_the_same_however_many(admin, unit, name):
    exams.sitting(unit)
    _same_cost(admin, reverse(f"exams:{name}"), lambda: exams.sitting(unit))


def test_ones_own_list_costs_the_same_however_many(client, unit):
    officer = people.officer(unit)
    client.force_login(officer.user)
    exams.candidate(exams.sitting(unit), officer)
    _same_cost(client, reverse("exams:home"), lambda: exams.candidate(exams.sitting(unit), officer))


def _same_cost(client, address, more):
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        counts.append(len(caught))
        more()
        more()
    assert counts[0] == counts[1]
    assert counts[1] <= 15
