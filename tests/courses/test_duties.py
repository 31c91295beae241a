"""Part-time duties: given, ended, listed by unit, exported (R15)."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse

from courses.models import DutyHolder, DutyRole
from courses.services import duties
from courses.services.duties import DutyRefused
from lianbing.kit import clock
from lianbing.kit.due import run_all
from lianbing.kit.models import AuditRecord, OutboxMessage
from lianbing.kit.outbox import deliver
from lianbing.people.rules import SYSTEM, Role
from lianbing.people.services import officers
from tests.factories import people

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 20, 2, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def moment():
    with clock.pinned(AT):
        yield


@pytest.fixture
def duty():
    return DutyRole.objects.get_or_create(code="legal_liaison", defaults={"name": "法制员"})[0]


@pytest.fixture
def squads():
    brigade = people.unit("一大队")
    return [people.unit(name, brigade) for name in ("一中队", "二中队")]


def give(squad, duty, officer=None, **fields):
    hr = people.actor(people.staff(Role.HR))
    officer = officer or people.officer(squad)
    return duties.give(officer=officer, duty=duty, unit=squad, starts_on=DAY, by=hr, at=AT, **fields)


def test_a_duty_is_given_told_and_on_record(squads, duty):
    made = give(squads[0], duty)
    assert OutboxMessage.objects.get(topic="officer_moved").payload["officers"] == [made.officer_id]
    assert AuditRecord.objects.filter(action="duty_given").exists()


def test_nobody_carries_the_same_duty_twice_in_a_unit(squads, duty):
    made = give(squads[0], duty)
    with pytest.raises(DutyRefused, match="held"):
        give(squads[0], duty, made.officer)
    assert give(squads[1], duty, made.officer)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d, o: type(d).objects.filter(pk=d.pk).update(closed=True), "closed"),
        (lambda d, o: type(o).objects.filter(pk=o.pk).update(left_on=DAY), "left"),
        (lambda d, o: o.appointments.update(ends_on=DAY), "nowhere"),
    ],
)
def test_what_cannot_be_is_refused(squads, duty, change, code):
    officer = people.officer(squads[0])
    change(duty, officer)
    duty.refresh_from_db()
    officer.refresh_from_db()
    with pytest.raises(DutyRefused, match=code):
        give(squads[0], duty, officer)


def test_a_trainer_of_one_squad_gives_none_in_another(squads, duty):
    trainer = people.actor(people.staff(Role.TRAINER, unit=squads[0]))
    officer = people.officer(squads[1])
    with pytest.raises(DutyRefused, match="not_allowed"):
        duties.give(officer=officer, duty=duty, unit=squads[1], starts_on=DAY, by=trainer, at=AT)


def test_a_duty_ends_once(squads, duty):
    made = give(squads[0], duty)
    hr = people.actor(people.staff(Role.HR))
    day = datetime.date(2026, 12, 1)
    duties.end(holder=made, ends_on=day, by=hr, at=AT)
    with pytest.raises(DutyRefused, match="ended"):
        duties.end(holder=made, ends_on=day, by=hr, at=AT)
    assert DutyHolder.objects.get().ends_on == day


def test_the_presets_come_once_and_stay_as_the_bureau_left_them(db):
    DutyRole.objects.all().delete()
    duties.install_after_migrate("default")
    DutyRole.objects.filter(code="legal_liaison").update(name="法制联络员")
    duties.install_after_migrate("default")
    assert DutyRole.objects.get(code="legal_liaison").name == "法制联络员"
    assert DutyRole.objects.filter(name="信息员").count() == 1


def test_the_list_is_exported_with_every_holder(client, squads, duty):
    for squad in squads:
        give(squad, duty)
    client.force_login(people.staff(Role.HR))
    response = client.get(reverse("courses:duties"), {"file": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values)
    assert [row[:2] for row in rows[1:]] == [("一大队/一中队", "法制员"), ("一大队/二中队", "法制员")]


def test_a_leader_sees_their_own_units_and_changes_nothing(client, squads, duty):
    shown, hidden = give(squads[0], duty), give(squads[1], duty)
    client.force_login(people.staff(Role.LEADER, unit=squads[0]))
    page = client.get(reverse("courses:duties")).content.decode()
    assert shown.officer.name in page
    assert hidden.officer.staff_number not in page
    assert client.get(reverse("courses:duty_give")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(
    client, squads, duty, count, django_assert_max_num_queries
):
    for _ in range(count):
        give(squads[0], duty)
    client.force_login(people.staff(Role.HR))
    with django_assert_max_num_queries(10):
        assert client.get(reverse("courses:duties")).status_code == 200


def test_duties_are_given_and_ended_in_the_browser(client, squads, duty):
    officer = people.officer(squads[0])
    client.force_login(people.staff(Role.TRAINER))
    data = {"duty": duty.pk, "unit": squads[0].pk, "starts_on": "2026-11-01"}
    assert client.post(reverse("courses:duty_give"), data | {"staff_number": "nobody"}).status_code == 200
    client.post(reverse("courses:duty_give"), data | {"staff_number": officer.staff_number})
    holder = DutyHolder.objects.get()
    client.post(reverse("courses:duty_end", args=[holder.pk]), {"ends_on": "2026-11-30"})
    holder.refresh_from_db()
    assert holder.ends_on == datetime.date(2026, 11, 30)


def test_kinds_of_duties_are_added_and_closed_by_the_whole_bureau_alone(client, squads, duty):
    client.force_login(people.staff(Role.HR))
    client.post(reverse("courses:duty_roles"), {"name": "普法员"})
    made = DutyRole.objects.get(name="普法员")
    assert "普法员" in client.post(reverse("courses:duty_roles"), {"name": "普法员"}).content.decode()
    client.post(reverse("courses:duty_roles"), {"role": made.pk, "closed": "1"})
    made.refresh_from_db()
    assert made.closed
    client.force_login(people.staff(Role.HR, unit=squads[0]))
    assert client.post(reverse("courses:duty_roles"), {"name": "x"}).status_code == 403


def test_the_number_of_an_audience_is_told_within_ones_own_units(client, squads):
    people.officer(squads[0])
    client.force_login(people.staff(Role.TRAINER, unit=squads[0]))
    address = reverse("courses:audience_count")
    assert "1" in client.post(address, {"audience-units": squads[0].path}).json()["text"]
    assert "1" not in client.post(address, {}).json()["text"]


def test_the_duties_of_somebody_who_leaves_end_with_their_last_day_and_on_record(squads, duty):
    made = give(squads[0], duty)
    left = DAY + datetime.timedelta(days=5)
    officers.leave(officer=made.officer, left_on=left, reason="调离", by=SYSTEM, at=AT)
    deliver(at=AT)
    made.refresh_from_db()
    assert made.ends_on is None
    run_all(at=AT + datetime.timedelta(days=5))
    made.refresh_from_db()
    assert made.ends_on == left
    assert AuditRecord.objects.filter(action="duty_ended", subject_id=str(made.officer_id)).count() == 1
