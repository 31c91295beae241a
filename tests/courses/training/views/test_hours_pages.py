"""The pages of training hours: mine, the desk, one person, one entry; who reads them, at what cost."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from courses.training.models import HourClaim, HourEntry, YearTarget
from courses.training.services.hours import counter
from lianbing.kit import clock
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import SYSTEM, Role
from tests.factories import learning
from tests.factories.hours import AT, granted, target
from tests.factories.people import grant, officer, staff, unit

pytestmark = pytest.mark.django_db
TODAY = datetime.datetime(2026, 11, 20, 1, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def today():
    with clock.pinned(TODAY):
        yield


@pytest.fixture
def squad():
    return unit("一中队", unit("测试局"))


@pytest.fixture
def hr(client, squad):
    user = staff(Role.HR, name="人事甲")
    client.force_login(user)
    return user


def page(client, name, *args, **query):
    return client.get(reverse(f"training:{name}", args=args), query)


def test_an_officer_reads_target_done_and_missing_in_words(client, squad):
    person = officer(squad)
    target(hours=Decimal(20), law_hours=Decimal(4), law_codes=["legal"])
    granted(person, "session:a:1")
    client.force_login(person.user)
    text = page(client, "hours").content.decode()
    assert "还缺12学时" in text.replace(" ", "")
    assert "其中法律知识4" in text.replace(" ", "")


def test_an_account_without_a_person_keeps_no_hours(client, hr):
    assert page(client, "hours").status_code == 200


def test_every_entry_leads_to_what_stands_behind_it(client, squad):
    enrolment = learning.enrolment()
    person = enrolment.officer
    entry = granted(person, f"course:{enrolment.uid}", evidence="第1版")
    client.force_login(person.user)
    assert reverse("training:hours_entry", args=[entry.uid]) in page(client, "hours").content.decode()
    shown = page(client, "hours_entry", entry.uid).content.decode()
    assert "第1版" in shown
    assert reverse("courses:course", args=[enrolment.course_id]) in shown


def test_a_colleague_reads_neither_my_entry_nor_my_page(client, squad):
    person, colleague = officer(squad), officer(squad)
    entry = granted(person, "session:a:1")
    client.force_login(colleague.user)
    assert page(client, "hours_entry", entry.uid).status_code == 404
    assert page(client, "hours_person", person.pk).status_code == 403


def test_a_leader_reads_their_subtree_and_corrects_nothing(client, squad):
    person, elsewhere = officer(squad), officer(unit("别局"))
    client.force_login(staff(Role.LEADER, unit=squad))
    assert page(client, "hours_person", person.pk).status_code == 200
    assert page(client, "hours_person", elsewhere.pk).status_code == 404
    entry = granted(person, "session:a:1")
    assert page(client, "hours_counter", entry.uid).status_code == 403


def test_the_desk_names_who_lacks_hours(client, hr, squad):
    target(hours=Decimal(8))
    full, short = officer(squad, name="满足"), officer(squad, name="不足")
    granted(full, "session:a:1")
    text = page(client, "hours_manage", standing="lacking").content.decode()
    assert short.name in text
    assert full.name not in text


def test_the_desk_counts_people_where_they_serve_and_hours_where_they_were_earned(client, hr, squad):
    person = officer(squad)
    granted(person, "session:a:1")
    unit_line = page(client, "hours_manage").context["units"][0]
    assert (unit_line.people, unit_line.hours, unit_line.earned_here) == (1, Decimal(8), Decimal(8))


def test_the_desk_reads_as_of_a_day(client, hr, squad):
    person = officer(squad)
    granted(person, "session:a:1")
    rows = page(client, "hours_manage", as_of="2026-11-19").context["rows"]
    assert [row["line"].found.totals.hours for row in rows] == [0]


@pytest.mark.parametrize("query", [{"year": "x"}, {"year": "9" * 40}, {"unit": "zz"}, {"as_of": "nie"}])
def test_nonsense_in_the_address_is_passed_over(client, hr, squad, query):
    officer(squad)
    assert page(client, "hours_manage", **query).status_code == 200
    assert page(client, "hours", **query).status_code == 200


def people(squad, count):
    for number in range(count):
        person = officer(squad)
        entry = granted(person, f"session:{person.pk}:{number}")
        granted(person, f"session:b{person.pk}:{number}")
        counter(entry=entry, reason="错", by=SYSTEM, at=AT)
    return person


@pytest.mark.parametrize(
    "name", ["hours_manage", "hours_claims", "hours_locks", "hours_targets", "hours_tables"]
)
def test_the_lists_cost_the_same_for_one_and_three(client, hr, squad, name):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    target(audience={"categories": ["officer"]}, law_hours=Decimal(4), law_codes=["legal"])
    counts = []
    for more in (1, 2):
        people(squad, more)
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert page(client, name).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1] <= 15


def test_one_person_costs_the_same_for_one_and_three_entries(client, hr, squad):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    person, counts = officer(squad), []
    for number in range(3):
        granted(person, f"session:{number}:1")
        with CaptureQueriesContext(connection) as found:
            page(client, "hours_person", person.pk)
        counts.append(len(found))
    assert counts[0] == counts[2] <= 15


def test_the_workbook_holds_people_and_entries_and_no_formula(client, hr, squad):
    person = officer(squad, name="=cmd|calc")
    target(hours=Decimal(60))
    granted(person, "session:a:1", title="=1+1", evidence="@sum")
    response = page(client, "hours_export")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {"'=cmd|calc", "'=1+1", "'@sum"} <= {str(cell.value) for cell in cells}
    assert AuditRecord.objects.get(action="hours_exported").details["rows"] == 1


def test_hr_counters_an_entry_after_a_yes(client, hr, squad):
    entry = granted(officer(squad), "session:a:1")
    address = reverse("training:hours_counter", args=[entry.uid])
    assert client.post(address, {"reason": "错", "hours": ""}).status_code == 200
    client.post(address, {"reason": "只到半天", "hours": "4", "confirmed": "on"})
    assert entry.replaced_by.hours == Decimal(4)
    again = client.post(address, {"reason": "错", "hours": "", "confirmed": "on"})
    assert "已经" in again.content.decode()


def test_hr_never_corrects_their_own(client, squad):
    person = officer(squad)
    grant(person.user, Role.HR)
    entry = granted(person, "session:a:1")
    client.force_login(person.user)
    assert page(client, "hours_counter", entry.uid).status_code == 404


def claim(client, person, **fields):
    data = {
        "staff_number": person.staff_number,
        "kind": "external",
        "title": "外出学习",
        "hours": "6",
        "earned_on": "2026-06-10",
        "evidence": "结业证书2026-18",
    } | fields
    return client.post(reverse("training:hours_enter"), data)


def test_hours_by_hand_take_two_people(client, hr, squad):
    person = officer(squad)
    assert claim(client, person).status_code == 302
    address = reverse("training:hours_claim", args=[person.hour_claims.get().uid])
    client.post(address, {"accept": "1"})
    assert not HourEntry.objects.exists()
    client.force_login(staff(Role.HR, name="人事乙"))
    client.post(address, {"accept": "1"})
    assert HourEntry.objects.get().hours == Decimal(6)
    client.post(address, {"accept": "1"})
    assert HourEntry.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"staff_number": "??"},
        {"hours": "-1"},
        {"hours": "NaN"},
        {"earned_on": "2099-01-01"},
        {"evidence": " "},
    ],
)
def test_hours_by_hand_refuse_nonsense(client, hr, squad, wrong):
    person = officer(squad)
    assert claim(client, person, **wrong).status_code == 200
    assert not person.hour_claims.exists()


def test_hours_by_hand_are_declined_with_a_reason(client, hr, squad):
    person = officer(squad)
    claim(client, person)
    address = reverse("training:hours_claim", args=[person.hour_claims.get().uid])
    client.post(address, {"decline": "1", "reason": ""})
    assert person.hour_claims.get().accepted is None
    client.post(address, {"decline": "1", "reason": "重复"})
    assert person.hour_claims.get().accepted is False


def test_targets_are_made_from_a_preset_changed_and_removed(client, hr):
    assert "80" in page(client, "hours_target_new", **{"from": "80", "year": "2026"}).content.decode()
    data = {"year": "2026", "title": "全员", "position": "0", "hours": "80", "law_hours": "0", "days": "10"}
    client.post(reverse("training:hours_target_new"), data | {"carry_most": "0"})
    made = YearTarget.objects.get()
    address = reverse("training:hours_target", args=[made.pk])
    client.post(address, data | {"carry_most": "12"})
    assert YearTarget.objects.get().carry_most == Decimal(12)
    client.post(address, {"remove": "1"})
    assert not YearTarget.objects.exists()


def test_a_target_that_contradicts_itself_is_refused(client, hr):
    data = {"year": "2026", "title": "全员", "position": "0", "hours": "8", "law_hours": "9", "days": "0"}
    text = client.post(reverse("training:hours_target_new"), data | {"carry_most": "0"}).content.decode()
    assert "法律" in text
    assert not YearTarget.objects.exists()


def test_rules_for_everybody_are_hr_of_the_whole_bureau(client, squad):
    client.force_login(staff(Role.HR, unit=squad))
    for name in ("hours_target_new", "hours_table_new", "hours_carry"):
        assert page(client, name).status_code == 404


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "x" * 9, "2026-02-30"])
def test_a_day_no_calendar_reaches_is_no_day(client, hr, day):
    for name, args in (("hours", ()), ("hours_manage", ()), ("hours_person", (officer(unit()).pk,))):
        assert page(client, name, *args, as_of=day).status_code in (200, 404)


def test_claims_of_other_units_neither_hide_ones_own_nor_are_counted(client, hr, squad):
    mine, other = officer(squad), officer(unit("二中队", squad.get_parent()))
    claim(client, mine)
    known = HourClaim.objects.get()
    more = [HourClaim(**known_fields(known, other, n)) for n in range(100)]
    HourClaim.objects.bulk_create(more)
    client.force_login(staff(Role.HR, unit=squad))
    found = page(client, "hours_claims").context["waiting"]
    assert [row["claim"].officer for row in found] == [mine]
    assert page(client, "hours_manage").context["waiting"] == 1


def known_fields(known, person, minutes):
    """A later claim like this one, of somebody else."""
    fields = ("kind", "category", "hours", "earned_on", "title", "evidence", "asked_by")
    later = known.asked_at + datetime.timedelta(minutes=minutes + 1)
    return {name: getattr(known, name) for name in fields} | {"officer": person, "asked_at": later}
