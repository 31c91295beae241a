"""The public roster: name, badge, status; nothing else, and only where HR switched it on."""

import uuid

import pytest

from certificates.models import PublicRoster
from certificates.queries.roster import Status, entry, serving
from certificates.services.rosters import switch
from certificates.views import gate
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import SYSTEM
from tests.factories import enforcement, people


@pytest.fixture
def squad(bureau, at):
    """The eastern squad, public, with one officer on duty and one suspended."""
    for name, badge in (("张在岗", "E001"), ("李暂停", "E002")):
        one = people.officer(bureau.east, name=name, badge_number=badge, id_number_masked="440101********12")
        enforcement.entered(one)
        if badge == "E002":
            enforcement.changed(one, "suspended")
    bureau.roster = switch(unit=bureau.east, on=True, by=SYSTEM, at=at)
    return bureau


def read(client, roster, **query):
    return client.get(f"/roster/{roster.uid}/", query)


def told(squad):
    """Name and status of everybody on the roster."""
    people = [entry(row) for row in serving(squad.east, enforcement.TODAY)]
    return {one.name: one.status for one in people}


def test_it_says_who_may_enforce_and_nothing_else(squad, as_user):
    page = read(as_user(None), squad.roster).content.decode()
    for word in ("张在岗", "E001", "李暂停", "E002"):
        assert word in page
    staff = list(type(squad.officer).objects.values_list("staff_number", flat=True))
    for secret in (*staff, "440101", "王小明", "一线执法岗"):
        assert secret not in page


def test_a_suspension_shows_the_same_moment(squad, as_user):
    assert told(squad) == {"张在岗": Status.ON_DUTY, "李暂停": Status.SUSPENDED}
    one = squad.officer.__class__.objects.get(badge_number="E001")
    enforcement.changed(one, "suspended")
    page = read(as_user(None), squad.roster, badge="E001")
    assert page.context["rows"][0]["tone"] == "bad"


@pytest.mark.parametrize(
    ("kind", "status"),
    [("withdrawn", Status.OFF_DUTY), ("lost", Status.OFF_DUTY), ("revoked", None), ("cancelled", None)],
)
def test_whoever_holds_none_any_more_is_not_on_it(squad, kind, status):
    one = squad.officer.__class__.objects.get(badge_number="E001")
    enforcement.changed(one, kind)
    assert told(squad).get("张在岗") == status


def test_auxiliaries_and_whoever_has_left_are_not_on_it(squad):
    one = squad.officer.__class__.objects.get(badge_number="E001")
    one.category = "auxiliary"
    one.save()
    squad.officer.__class__.objects.filter(badge_number="E002").update(left_on=enforcement.TODAY)
    assert told(squad) == {}


def test_what_is_not_public_does_not_exist(squad, as_user, at):
    client = as_user(None)
    switch(unit=squad.east, on=False, by=SYSTEM, at=at)
    hidden, unknown = read(client, squad.roster), client.get(f"/roster/{uuid.uuid4()}/")
    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert squad.east.name not in client.get("/roster/").content.decode()
    switch(unit=squad.east, on=True, by=SYSTEM, at=at)
    assert read(client, squad.roster).status_code == 200


def test_a_badge_that_nobody_wears_is_not_found_and_counted(squad, as_user):
    client = as_user(None)
    codes = [read(client, squad.roster, badge=f"X{n}").status_code for n in range(gate.MISSES + 1)]
    assert codes == [404] * gate.MISSES + [429]


@pytest.mark.parametrize("badge", ["E001'--", "<b>", "%00", "中" * 100, "E001 "])
def test_any_badge_may_be_asked_for(squad, as_user, badge):
    page = read(as_user(None), squad.roster, badge=badge)
    assert page.status_code == (200 if badge == "E001 " else 404)
    assert "<b>" not in page.content.decode()


def test_a_long_roster_costs_no_more_than_a_short_one(squad, as_user, django_assert_max_num_queries):
    for n in range(8):
        enforcement.entered(people.officer(squad.east, badge_number=f"N{n}"))
    with django_assert_max_num_queries(8):
        assert len(read(as_user(None), squad.roster).context["rows"]) == 10


def test_hr_switches_it_on_for_its_own_units(bureau, as_user):
    address = f"/certificates/roster/{bureau.east.pk}/switch"
    assert as_user(bureau.hr_west).post(address).status_code == 404
    assert as_user(bureau.leader).post(address).status_code == 403
    assert as_user(bureau.hr).get(address).status_code == 200
    assert not PublicRoster.objects.filter(is_open=True).exists()
    assert as_user(bureau.hr).post(address).status_code == 302
    assert PublicRoster.objects.get().is_open
    assert AuditRecord.objects.get(action="roster_opened").subject_name == "东城中队"


def test_switching_twice_is_recorded_once(bureau, at):
    for _ in range(2):
        switch(unit=bureau.east, on=True, by=SYSTEM, at=at)
    assert AuditRecord.objects.filter(action="roster_opened").count() == 1


def test_the_desk_shows_ones_own_units(squad, as_user, django_assert_max_num_queries):
    client = as_user(squad.hr)
    client.get("/certificates/roster/")
    with django_assert_max_num_queries(15):
        page = client.get("/certificates/roster/").content.decode()
    assert "东城中队" in page
    assert "西城中队" not in page


def test_codes_can_be_printed_for_each_badge(squad, as_user):
    page = as_user(squad.hr).get(f"/certificates/roster/{squad.roster.uid}/sheet/")
    assert page.content.decode().count('class="qr"') == 3
    assert as_user(squad.hr_west).get(f"/certificates/roster/{squad.roster.uid}/sheet/").status_code == 404


@pytest.mark.parametrize("pk", ["0", "987654321", "99999999999999999999999"])
def test_a_unit_that_is_none_is_not_found(bureau, as_user, pk):
    assert as_user(bureau.hr_all).get(f"/certificates/roster/{pk}/switch").status_code == 404
