"""The pages of people, units, roles, slips and the trail: happy, forbidden, wrong method, few statements."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianbing.kit import audit, spreadsheets
from lianbing.kit.spreadsheets import OutSheet
from lianbing.people.models import Appointment, Officer, PasswordReset, RoleGrant, Unit, User
from lianbing.people.queries import duplicates
from lianbing.people.roster.columns import COLUMNS
from lianbing.people.rules import SYSTEM, Role
from lianbing.people.services import accounts
from lianbing.people.services.officers import OfficerRefused, leave, merge, move
from lianbing.people.tasks import departures
from tests.factories.people import PostFactory, UserFactory, actor, grant, officer, staff, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return unit("云汐局")


@pytest.fixture
def squad(bureau):
    return unit("滨河中队", bureau)


@pytest.fixture
def as_(client):
    def enter(*roles, unit=None):
        user = staff(*roles, unit=unit)
        client.force_login(user)
        return client

    return enter


GETS = [
    ("people:officer_list", Role.HR),
    ("people:officer_list", Role.LEADER),
    ("people:duplicates", Role.HR),
    ("people:unit_tree", Role.SYSTEM_ADMINISTRATOR),
    ("people:unit_add", Role.HR),
    ("people:roster_upload", Role.HR),
    ("people:roster_template", Role.HR),
    ("people:slips", Role.HR),
    ("people:door", Role.INVIGILATOR),
    ("people:role_list", Role.SECURITY_ADMINISTRATOR),
    ("people:access_matrix", Role.AUDIT_ADMINISTRATOR),
    ("people:audit_trail", Role.AUDIT_ADMINISTRATOR),
]


@pytest.mark.parametrize(("name", "role"), GETS)
def test_the_page_opens_for_its_role_and_not_for_a_marker(as_, squad, name, role):
    assert as_(role).get(reverse(name)).status_code == 200
    assert as_(Role.MARKER).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ["officer_list", "duplicates", "unit_tree", "access_matrix", "audit_trail"])
def test_reading_pages_take_no_post(as_, name):
    client = as_(Role.HR, Role.AUDIT_ADMINISTRATOR)
    assert client.post(reverse(f"people:{name}")).status_code == 405


def _more_people(squad, at, count):
    for _n in range(count):
        person = officer(squad, id_number_digest="same", user__must_change_password=True)
        grant(UserFactory(name=person.name), Role.TRAINER)
        audit.record(stream="people", action="x", by=actor(person.user), at=at)


@pytest.mark.parametrize(("name", "role"), [g for g in GETS if g[0] != "people:roster_template"])
def test_lists_take_the_same_few_statements(as_, squad, at, name, role):
    client = as_(role)
    counts = []
    for more in (2, 3):
        _more_people(squad, at, more)
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse(name), {"q": "测试", "unit": squad.pk})
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 15


def test_the_page_of_a_person_takes_the_same_few_statements(as_, bureau, squad, at):
    person, client = officer(squad), as_(Role.HR)
    counts = []
    for month in (2, 3, 4):
        place = bureau if month % 2 else squad
        if month > 2:
            start = datetime.date(2026, month, 1)
            move(
                officer=person, unit=place, post=PostFactory(), starts_on=start, reason="x", by=SYSTEM, at=at
            )
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("people:officer", args=[person.pk]))
        counts.append(len(caught))
    assert counts[0] == counts[2] <= 15


def names(response):
    return {row[0].name for row in response.context["rows"]}


def test_officers_are_filtered_and_searched(as_, bureau, squad):
    officer(squad, user__name="林知远", user__staff_number="L1", badge_number="B7")
    officer(bureau, post=PostFactory(name="法制员"), category="civilian", user__name="马远波")
    client = as_(Role.HR)
    address = reverse("people:officer_list")
    post = Appointment.objects.get(post__name="法制员").post_id
    for query in ({"q": "知远"}, {"q": "L1"}, {"q": "B7"}, {"unit": squad.pk}, {"category": "officer"}):
        assert names(client.get(address, query)) == {"林知远"}
    assert names(client.get(address, {"post": post})) == {"马远波"}
    assert names(client.get(address, {"left": "on"})) == set()


@pytest.mark.parametrize(
    "query", [{"unit": "x"}, {"post": "9" * 40}, {"page": "zz"}, {"q": "\x00"}, {"category": "?"}]
)
def test_odd_filters_do_no_harm(as_, squad, query):
    assert as_(Role.HR).get(reverse("people:officer_list"), query).status_code == 200


def test_a_grant_over_one_unit_shows_that_unit_only(as_, bureau, squad):
    mine = officer(squad, user__name="我的")
    other = officer(bureau, user__name="别的")
    client = as_(Role.HR, unit=squad)
    assert names(client.get(reverse("people:officer_list"))) == {"我的"}
    assert client.get(reverse("people:officer", args=[mine.pk])).status_code == 200
    assert client.get(reverse("people:officer", args=[other.pk])).status_code == 404
    assert client.get(reverse("people:roster_upload")).status_code == 403


def test_a_backdated_move(as_, bureau, squad):
    person = officer(squad)
    data = {"unit": bureau.pk, "post": PostFactory().pk, "starts_on": "2026-03-01", "reason": "补录"}
    response = as_(Role.HR).post(reverse("people:officer_move", args=[person.pk]), data)
    assert response.url == reverse("people:officer", args=[person.pk])
    spans = [(a.unit.name, a.ends_on) for a in person.appointments.order_by("starts_on")]
    assert spans == [("滨河中队", datetime.date(2026, 3, 1)), ("云汐局", None)]


@pytest.mark.parametrize(
    "change",
    [{"reason": ""}, {"starts_on": "soon"}, {"unit": "999"}, {"unit": ""}, {"post": "x"}, {"same": 1}],
)
def test_a_wrong_move_changes_nothing(as_, bureau, squad, change):
    person = officer(squad)
    data = {"unit": bureau.pk, "post": PostFactory().pk, "starts_on": "2026-03-01", "reason": "补录"} | change
    if "same" in change:
        data["unit"] = squad.pk
    response = as_(Role.HR).post(reverse("people:officer_move", args=[person.pk]), data)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert person.appointments.count() == 1


def test_leaving_closes_the_account_and_the_roles(as_, squad):
    person = officer(squad)
    grant(person.user, Role.TRAINER)
    data = {"left_on": "2026-01-01", "reason": "辞职"}
    as_(Role.HR).post(reverse("people:officer_leave", args=[person.pk]), data)
    person.refresh_from_db()
    assert person.left_on == datetime.date(2026, 1, 1)
    assert not User.objects.get(pk=person.user_id).is_active
    assert not RoleGrant.objects.filter(user=person.user, ends_on=None).exists()
    assert person.appointments.get().ends_on == datetime.date(2026, 1, 1)


def test_merging_needs_the_other_record(as_, squad):
    duplicate, keep = officer(squad, badge_number="7"), officer(squad)
    client, address = as_(Role.HR), reverse("people:officer_merge", args=[duplicate.pk])
    assert client.post(address, {"keep": "nobody", "reason": "x"}).context["form"].errors
    assert client.post(address, {"keep": duplicate.staff_number, "reason": "x"}).context["form"].errors
    client.post(address, {"keep": keep.staff_number, "reason": "同一人"})
    duplicate.refresh_from_db()
    keep.refresh_from_db()
    assert (duplicate.merged_into, keep.badge_number) == (keep, "7")
    assert client.post(address, {"keep": keep.staff_number, "reason": "again"}).context["form"].errors


def test_duplicates_are_found_by_identity_number(as_, squad):
    for _n in range(2):
        officer(squad, id_number_digest="d" * 64)
    officer(squad)
    assert len(as_(Role.HR).get(reverse("people:duplicates")).context["groups"]) == 1


def test_units_are_added_renamed_and_closed(as_, bureau, squad):
    client = as_(Role.HR)
    client.post(reverse("people:unit_add") + f"?parent={squad.pk}", {"name": "一班"})
    added = Unit.objects.get(name="一班")
    assert added.depth == 3
    client.post(reverse("people:unit_edit", args=[added.pk]), {"name": "二班"})
    client.post(reverse("people:unit_edit", args=[added.pk]), {"close": "1"})
    added.refresh_from_db()
    assert (added.name, bool(added.closed_on)) == ("二班", True)


@pytest.mark.parametrize("name", ["", "a/b", "滨河中队", "x" * 101])
def test_wrong_unit_names_are_refused(as_, bureau, squad, name):
    response = as_(Role.HR).post(reverse("people:unit_add") + f"?parent={bureau.pk}", {"name": name})
    assert response.context["form"].errors
    assert Unit.objects.count() == 2


def test_a_unit_with_people_stays_open(as_, squad):
    officer(squad)
    as_(Role.HR).post(reverse("people:unit_edit", args=[squad.pk]), {"close": "1"})
    squad.refresh_from_db()
    assert squad.closed_on is None


def roster_file(*rows):
    headings = [c.heading for c in COLUMNS]
    data = spreadsheets.write_workbook([OutSheet("人员", headings, rows)])
    return SimpleUploadedFile("名册.xlsx", data)


GOOD = ["007", "林知远", "云汐局/滨河中队", "一线执法岗", "执法人员", "", "", "2020-01-01", ""]


def test_a_roster_is_checked_then_confirmed_then_printed_once(as_, squad):
    client = as_(Role.HR)
    checked = client.post(reverse("people:roster_upload"), {"file": roster_file(GOOD)})
    assert checked.context["report"].created == 1
    assert not Officer.objects.exists()
    printed = client.post(reverse("people:roster_confirm"))
    (slip,) = printed.context["groups"][0][1]
    assert slip.password in printed.content.decode()
    assert printed["Cache-Control"].startswith("max-age=0")
    assert User.objects.get(staff_number="007").check_password(slip.password)
    assert client.post(reverse("people:roster_confirm")).status_code == 302


def test_a_bad_roster_shows_its_errors_and_offers_nothing(as_, squad):
    bad = [*GOOD[:2], "没有的队", *GOOD[3:]]
    page = as_(Role.HR).post(reverse("people:roster_upload"), {"file": roster_file(GOOD, bad)})
    assert not page.context["usable"]
    assert "没有的队" in page.content.decode()


@pytest.mark.parametrize(
    "file", [None, SimpleUploadedFile("a.xlsx", b"x"), SimpleUploadedFile("b.csv", b"\xff\x00")]
)
def test_a_file_that_is_no_roster_is_a_form_error(as_, file):
    data = {"file": io.BytesIO(file.read()) if file else ""}
    if file:
        data["file"].name = file.name
    assert as_(Role.HR).post(reverse("people:roster_upload"), data).context["form"].errors


def test_slips_for_those_without_an_own_password(as_, squad):
    waiting, chosen, trainer = officer(squad), officer(squad), officer(squad)
    User.objects.filter(pk__in=[waiting.user_id, trainer.user_id]).update(must_change_password=True)
    grant(trainer.user, Role.TRAINER)
    client = as_(Role.HR)
    assert len(client.get(reverse("people:slips"), {"unit": squad.pk}).context["waiting"]) == 1
    page = client.post(reverse("people:slips"), {"unit": squad.pk})
    ((unit_name, slips),) = page.context["groups"]
    assert (unit_name, [s.staff_number for s in slips]) == ("云汐局/滨河中队", [waiting.staff_number])
    assert PasswordReset.objects.get().user == waiting.user
    assert chosen.user.password == User.objects.get(pk=chosen.user_id).password


def test_a_password_at_the_door_is_shown_once_and_recorded(as_, squad):
    person = officer(squad)
    client = as_(Role.INVIGILATOR)
    found = client.get(reverse("people:door"), {"q": person.staff_number})
    assert names(found) == {person.name}
    page = client.post(reverse("people:door"), {"staff_number": person.staff_number, "reason": "忘记"})
    assert User.objects.get(pk=person.user_id).check_password(page.context["code"])
    assert PasswordReset.objects.get().reason == "忘记"


def test_the_door_does_not_open_for_other_units_or_without_a_reason(as_, bureau, squad):
    person, outsider = officer(squad), officer(unit("别的局"))
    client = as_(Role.INVIGILATOR, unit=bureau)
    post = {"staff_number": outsider.staff_number, "reason": "忘记"}
    assert client.post(reverse("people:door"), post).status_code == 404
    page = client.post(reverse("people:door"), {"staff_number": person.staff_number, "reason": " "})
    assert "code" not in page.context
    assert not PasswordReset.objects.exists()


def test_the_door_refuses_an_account_with_a_role(as_, squad):
    person = officer(squad)
    grant(person.user, Role.HR)
    page = as_(Role.INVIGILATOR).post(
        reverse("people:door"), {"staff_number": person.staff_number, "reason": "忘记"}
    )
    assert page.context["refused"]


def granting(client, user, role, unit=""):
    data = {"staff_number": user.staff_number, "role": str(role), "unit": unit}
    return client.post(reverse("people:role_list"), data)


def test_a_role_is_granted_over_a_unit_and_withdrawn(as_, squad):
    client, user = as_(Role.SECURITY_ADMINISTRATOR), UserFactory()
    granting(client, user, Role.TRAINER, squad.pk)
    made = RoleGrant.objects.get(user=user)
    assert (made.role, made.unit) == ("trainer", squad)
    client.post(reverse("people:role_withdraw", args=[made.pk]))
    assert actor(user, datetime.date(2099, 1, 1)).roles == frozenset()


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR])
def test_the_three_administrators_stay_three(as_, role):
    user = staff(Role.AUDIT_ADMINISTRATOR)
    assert granting(as_(Role.SECURITY_ADMINISTRATOR), user, role).context["form"].errors


@pytest.mark.parametrize("case", ["oneself", "nobody", "twice", "learner", "unit"])
def test_wrong_grants_are_refused(as_, client, squad, case):
    as_(Role.SECURITY_ADMINISTRATOR)
    me = User.objects.get(pk=client.session["_auth_user_id"])
    user = me if case == "oneself" else UserFactory.build() if case == "nobody" else staff(Role.TRAINER)
    role = Role.OFFICER if case == "learner" else Role.AUDIT_ADMINISTRATOR if case == "unit" else Role.TRAINER
    before = RoleGrant.objects.count()
    assert granting(client, user, role, squad.pk if case == "unit" else "").context["form"].errors
    assert RoleGrant.objects.count() == before


def test_an_account_is_disabled_with_a_reason(as_):
    client, user = as_(Role.SECURITY_ADMINISTRATOR), UserFactory()
    address = reverse("people:account_active", args=[user.pk])
    client.post(address, {"active": "0"})
    assert User.objects.get(pk=user.pk).is_active
    client.post(address, {"active": "0", "reason": "调查"})
    assert not User.objects.get(pk=user.pk).is_active
    client.post(address, {"active": "1", "reason": "查清"})
    assert User.objects.get(pk=user.pk).is_active


def test_nobody_disables_themselves(as_, client):
    as_(Role.SECURITY_ADMINISTRATOR)
    me = client.session["_auth_user_id"]
    client.post(reverse("people:account_active", args=[me]), {"active": "0", "reason": "x"})
    assert User.objects.get(pk=me).is_active


def test_the_trail_is_filtered(as_, at):
    who = actor(staff(Role.HR))
    audit.record(stream="people", action="officer_moved", by=who, at=at, reason="轮岗")
    audit.record(stream="exams", action="released", by=who, at=at)
    client, address = as_(Role.AUDIT_ADMINISTRATOR), reverse("people:audit_trail")
    for query in ({"stream": "people"}, {"action": "moved"}):
        (record,) = client.get(address, query).context["page_obj"]
        assert record.reason == "轮岗"
    assert len(client.get(address, {"actor": who.staff_number}).context["page_obj"]) == 2
    assert len(client.get(address, {"until": "2020-01-01"}).context["page_obj"]) == 0
    assert client.get(address, {"since": "soon"}).status_code == 200


def test_the_trail_shows_an_act_with_a_detail_called_items(as_, at):
    audit.record(stream="exams", action="handed_in", by=actor(staff(Role.HR)), at=at, items=18)
    page = as_(Role.AUDIT_ADMINISTRATOR).get(reverse("people:audit_trail"))
    assert "items: 18" in page.content.decode()


def test_codes_are_not_in_the_audit_trail(as_, squad, at):
    person = officer(squad)
    code = accounts.reset_password(user=person.user, reason="x", by=actor(staff(Role.HR)), at=at)
    trail = as_(Role.AUDIT_ADMINISTRATOR).get(reverse("people:audit_trail")).content.decode()
    assert code not in trail


ACTS = {
    "move": lambda one, other, unit, rest: move(
        officer=one, unit=unit, post=PostFactory(), starts_on=datetime.date(2026, 5, 1), **rest
    ),
    "leave": lambda one, other, unit, rest: leave(officer=one, left_on=datetime.date(2026, 5, 1), **rest),
    "merge": lambda one, other, unit, rest: merge(duplicate=one, keep=other, **rest),
}


@pytest.mark.parametrize("act", ACTS)
def test_services_keep_to_the_units_of_the_actor(bureau, squad, at, act):
    rest = {"reason": "x", "by": actor(staff(Role.HR, unit=squad)), "at": at}
    one, other = officer(bureau), officer(bureau)
    with pytest.raises(OfficerRefused, match="not_allowed"):
        ACTS[act](one, other, squad, rest)


def test_the_same_name_and_day_of_joining_is_a_candidate_too(squad):
    same = {"user__name": "林知远", "joined_on": datetime.date(2020, 1, 1)}
    pair = [officer(squad, **same), officer(squad, **same)]
    officer(squad, user__name="林知远", joined_on=datetime.date(2021, 1, 1))
    assert duplicates() == [pair]


def test_departures_of_the_future_close_the_account_on_their_day(squad, at):
    person = officer(squad)
    leave(officer=person, left_on=datetime.date(2026, 12, 1), reason="退休", by=SYSTEM, at=at)
    assert User.objects.get(pk=person.user_id).is_active
    assert departures(at) == 0
    assert departures(at + datetime.timedelta(days=20)) == 1
    assert not User.objects.get(pk=person.user_id).is_active
