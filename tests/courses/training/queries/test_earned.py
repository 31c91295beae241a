"""From hours to what earned them: only what the reader may open, and it opens."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from courses.training.models import HourEntry
from courses.training.services.hours import counter
from lianbing.people.rules import SYSTEM, Role
from tests.factories import hours, learning, plans, training
from tests.factories import study as make
from tests.factories.people import officer, staff, unit

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 20)


@pytest.fixture
def squad():
    hours.table()
    return unit("一中队", unit("测试局"))


@pytest.fixture
def person(squad):
    return officer(squad)


def attended(squad, person, **fields):
    """An entry earned at a closed session."""
    session = make.held(squad, DAY, officers=[person], **fields)
    return session, hours.granted(person, f"session:{session.uid}:{person.pk}", hours.session(DAY))


def external(person, unit):
    """A record of external training that was entered."""
    record = plans.external(person, unit=unit, entered_at=hours.AT, entered_by={}, enterer=person.user)
    record.save()
    return record


def source_of(client, user, entry):
    """The address an entry's page leads to, "" where to none; it must open."""
    client.force_login(user)
    url = client.get(reverse("training:hours_entry", args=[entry.uid])).context["source_url"]
    assert not url or client.get(url).status_code == 200
    return url


def listed(client, user, address):
    """The addresses in a personal file by kind; each must open."""
    client.force_login(user)
    found = {entry.kind: url for entry, _name, url in client.get(address).context["entries"]}
    assert all(client.get(url).status_code == 200 for url in found.values() if url)
    return found


def test_an_officer_opens_their_own_page_of_a_session(client, squad, person):
    session, entry = attended(squad, person)
    assert source_of(client, person.user, entry) == reverse("training:sign_in_session", args=[session.uid])
    page = client.get(reverse("training:sign_in_session", args=[session.uid])).content.decode()
    assert session.topic in page
    assert "90" in page


def test_who_looks_after_the_unit_opens_the_roll(client, squad, person):
    session, entry = attended(squad, person)
    assert source_of(client, staff(Role.HR), entry) == reverse("training:roll", args=[session.uid])


def test_a_leader_elsewhere_gets_no_link_to_the_roll(client, squad, person):
    _session, entry = attended(unit("别局"), person)
    assert source_of(client, staff(Role.LEADER, unit=squad), entry) == ""


def test_a_course_opens_for_its_learner_and_its_learners_for_personnel(client, squad):
    made = learning.enrolment()
    entry = hours.granted(made.officer, f"course:{made.uid}", hours.session(DAY))
    assert source_of(client, made.officer.user, entry) == reverse("courses:course", args=[made.course_id])
    assert source_of(client, staff(Role.HR), entry) == reverse("courses:learners", args=[made.course_id])


def test_external_training_opens_for_both(client, squad, person):
    record = external(person, squad)
    entry = hours.granted(person, f"external:{record.uid}:2026", hours.session(DAY))
    page = reverse("training:external", args=[record.uid])
    assert source_of(client, person.user, entry) == page
    assert source_of(client, staff(Role.HR), entry) == page
    assert source_of(client, staff(Role.LEADER), entry) == ""


def test_a_counter_entry_and_a_correction_open_what_earned_the_first(client, squad, person):
    session, entry = attended(squad, person)
    counter(entry=entry, hours=Decimal(2), reason="错", by=SYSTEM, at=hours.AT)
    counter(entry=HourEntry.objects.get(replaces=entry), reason="又错", by=SYSTEM, at=hours.AT)
    pages = {source_of(client, staff(Role.HR), one) for one in HourEntry.objects.all()}
    assert pages == {reverse("training:roll", args=[session.uid])}


def test_what_was_taken_over_or_is_unknown_opens_nothing(client, squad, person):
    for source in ("import:abc", "session:a:1", "course:00000000-0000-4000-8000-000000000001", "manual:x"):
        assert source_of(client, staff(Role.HR), hours.granted(person, source, hours.session(DAY))) == ""


def test_a_surplus_opens_the_year_it_comes_from(client, squad, person):
    entry = hours.granted(person, "carry:x:1", hours.session(DAY))
    assert source_of(client, person.user, entry) == f"{reverse('training:hours')}?year=2025"
    assert source_of(client, staff(Role.HR), entry).endswith(f"people/{person.pk}/?year=2025")


def test_everything_in_a_file_opens_for_whoever_reads_it(client, squad, person):
    batch = training.batch(training.training_class(squad, starts_on=DAY, ends_on=DAY))
    training.trainee(batch, person)
    make.held(squad, DAY, officers=[person], in_batch=batch)
    attended(squad, person)
    external(person, squad)
    hours.granted(person, "manual:x", hours.session(DAY))
    mine = listed(client, person.user, "/training/file/")
    theirs = listed(client, staff(Role.HR), f"/training/file/{person.pk}/")
    for found in (mine, theirs):
        assert all(found[kind] for kind in ("class", "session", "external", "hours"))
    assert mine["session"] != theirs["session"]


def test_a_trainer_gets_no_link_to_the_ledger(client, squad, person):
    hours.granted(person, "manual:x", hours.session(DAY))
    found = listed(client, staff(Role.TRAINER), f"/training/file/{person.pk}/")
    assert found["hours"] == ""


def test_a_colleague_sees_nothing_of_a_closed_session(client, squad, person):
    session, _entry = attended(squad, person)
    client.force_login(officer(squad).user)
    assert client.get(reverse("training:sign_in_session", args=[session.uid])).status_code == 404
