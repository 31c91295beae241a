"""The desk of reviews: evidence, proposal, a person decides, whoever fails may not enforce."""

from decimal import Decimal

import pytest
from django.urls import reverse

from certificates import ports
from certificates.models import EnforcementEvent, EnforcementRules
from certificates.ports import Conduct
from certificates.queries.duty import standings
from certificates.rules.enforcement import PRESETS
from certificates.state.enforcement import State
from lianbing.people.rules import Role
from tests.factories import certificates, hours, people, register, training

pytestmark = pytest.mark.django_db
DOCUMENT = {"on": "2026-11-20", "document_no": "云城执〔2026〕40号"}


@pytest.fixture
def jiangsu(at):
    spec = PRESETS["jiangsu"].as_json()
    return EnforcementRules.objects.create(
        number=1, preset="jiangsu", spec=spec, adopted_at=at, actor={}, reason="测试"
    )


@pytest.fixture
def due(bureau):
    """Two officers whose last review was a year ago."""
    return [register.held(one, reviewed="2025-11-01") for one in (bureau.officer, bureau.other)]


def rows(client, **asked):
    return client.get(reverse("certificates:reviews"), asked).context["rows"]


def decide(client, *holdings, passed=True, **said):
    form = {"year": "2026", "entry": [f"{one.uid}:{one.event_count}" for one in holdings], **said}
    if passed:
        form["passed"] = "on"
    return client.post(reverse("certificates:reviews_decide"), form, follow=True)


def test_hr_sees_who_is_due_in_their_units_and_confirms_a_list(bureau, as_user, due, at):
    client = as_user(bureau.hr)
    assert [row["line"].holding for row in rows(client)] == [due[0]]
    page = decide(client, due[0])
    assert "云A" in page.content.decode()
    assert not EnforcementEvent.objects.filter(kind="reviewed").exists()
    decide(client, due[0], on="2026-11-20")
    event = EnforcementEvent.objects.get(kind="reviewed")
    assert (event.data["year"], event.data["result"], event.data["conduct"]) == (2026, "passed", True)
    assert standings([bureau.officer.pk], at)[bureau.officer.pk].state is State.ACTIVE
    assert not rows(client)


def test_the_evidence_of_the_year_makes_the_proposal(bureau, as_user, due, jiangsu):
    sitting = certificates.released(bureau.east)
    certificates.result(sitting, bureau.officer, score=80)
    hours.table()
    hours.granted(bureau.officer, "session:1", hours=Decimal(30))
    (row,) = rows(as_user(bureau.hr))
    assert (row["line"].evidence.exam, row["line"].evidence.hours) == ("passed", 30)
    assert [str(one) for one in row["line"].lacks] == ["hours"]
    hours.granted(bureau.officer, "session:2", hours=Decimal(10))
    (row,) = rows(as_user(bureau.hr))
    assert not row["line"].lacks


def test_a_closed_session_of_the_unit_or_above_it_is_training(bureau, as_user, due, jiangsu):
    client = as_user(bureau.hr)
    assert client.get(reverse("certificates:reviews")).context["units"]
    held = training.session(unit=bureau.root)
    assert client.get(reverse("certificates:reviews")).context["units"]
    held.state = "closed"
    held.held_from, held.held_to = held.starts_at, held.ends_at
    held.save()
    assert not client.get(reverse("certificates:reviews")).context["units"]


def test_a_pass_that_the_evidence_does_not_bear_is_refused(bureau, as_user, due, jiangsu):
    page = decide(as_user(bureau.hr), due[0], on="2026-11-20")
    assert bureau.officer.name in page.content.decode()
    assert not EnforcementEvent.objects.filter(kind="reviewed").exists()


def test_whoever_fails_is_withdrawn_and_that_needs_a_document(bureau, as_user, due, at):
    client = as_user(bureau.hr)
    decide(client, due[0], passed=False, on="2026-11-20", confirmed="on")
    decide(client, due[0], passed=False, **DOCUMENT)
    assert not EnforcementEvent.objects.filter(kind="reviewed").exists()
    decide(client, due[0], passed=False, confirmed="on", **DOCUMENT)
    duty = standings([bureau.officer.pk], at)[bureau.officer.pk]
    assert (duty.state, duty.on_duty) == (State.WITHDRAWN, False)


def test_nobody_reaches_beyond_their_units_or_themselves(bureau, as_user, due):
    decide(as_user(bureau.hr), due[1], on="2026-11-20")
    people.grant(bureau.officer.user, Role.HR, unit=bureau.east)
    decide(as_user(bureau.officer.user), due[0], on="2026-11-20")
    assert not EnforcementEvent.objects.filter(kind="reviewed").exists()


def test_an_entry_that_changed_since_it_was_seen_is_left_alone(bureau, as_user, due):
    client = as_user(bureau.hr)
    register.changed(bureau.officer, "passed", "2026-11-19", "exam")
    decide(client, due[0], on="2026-11-20")
    assert not EnforcementEvent.objects.filter(kind="reviewed").exists()


def test_grave_conduct_speaks_against_a_pass(bureau, as_user, due, at, monkeypatch):
    found = {bureau.officer.pk: [Conduct(at.date(), "警告处分", "/x/")]}
    monkeypatch.setattr(ports, "_sources", {"test": lambda ids, first, last: found})
    client = as_user(bureau.hr)
    page = client.get(reverse("certificates:reviews"))
    assert "警告处分" in page.content.decode()
    decide(client, due[0], on="2026-11-20")
    assert not EnforcementEvent.objects.filter(kind="reviewed").exists()


def test_a_unit_without_training_is_withdrawn_as_a_whole(bureau, as_user, due, jiangsu, at):
    client, url = as_user(bureau.hr), reverse("certificates:reviews_unit", args=[bureau.east.pk])
    assert url in client.get(reverse("certificates:reviews")).content.decode()
    assert bureau.officer.name in client.get(url).content.decode()
    assert client.post(url, {"on": "2026-11-20", "confirmed": "on"}).status_code == 200
    client.post(url, {**DOCUMENT, "confirmed": "on"})
    event = EnforcementEvent.objects.get(kind="withdrawn")
    assert (event.reason_code, event.certificate) == ("unit_without_training", due[0])
    assert client.get(url).status_code == 404
    assert client.get(reverse("certificates:reviews_unit", args=[bureau.west.pk])).status_code == 404


def test_units_are_left_alone_where_the_rules_ask_for_no_hours(bureau, as_user, due):
    url = reverse("certificates:reviews_unit", args=[bureau.east.pk])
    assert as_user(bureau.hr).get(url).status_code == 404


def test_an_empty_or_twisted_choice_is_answered_in_words(bureau, as_user, due):
    client = as_user(bureau.hr)
    for entry in ([], ["x"], ["x:1"], [f"{due[0].uid}:zz"]):
        page = client.post(
            reverse("certificates:reviews_decide"), {"year": "2026", "entry": entry}, follow=True
        )
        assert page.status_code == 200
    assert client.post(reverse("certificates:reviews_decide"), {"year": "x"}, follow=True).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_asks_the_same_for_one_and_for_three(
    bureau, as_user, jiangsu, count, django_assert_num_queries
):
    for _ in range(count):
        register.held(people.officer(bureau.east), reviewed="2025-11-01")
    client = as_user(bureau.hr)
    client.get(reverse("certificates:reviews"))
    with django_assert_num_queries(15):
        client.get(reverse("certificates:reviews"))
