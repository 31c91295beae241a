"""Signing in and out: once, with a code of the room, by one's own phone, by the server's clock."""

import datetime

import pytest

from courses.training.models import AttendanceEvent, RollEntry, Session
from courses.training.services import sign_in
from courses.training.services.sign_in import SignInRefused
from tests.factories import people
from tests.factories.attendance import code_at, expect, long_code_at, open_session, tap

pytestmark = pytest.mark.django_db
SECOND = datetime.timedelta(seconds=1)
MINUTE = datetime.timedelta(minutes=1)


def first(session):
    return RollEntry.objects.filter(session=session).first()


def refused(*arguments, **more):
    with pytest.raises(SignInRefused) as caught:
        tap(*arguments, **more)
    return caught.value


@pytest.mark.parametrize(
    ("minutes", "state", "late_by"), [(-2, "present", 0), (5, "present", 0), (6, "late", 6)]
)
def test_the_servers_receipt_decides_who_is_late(at, minutes, state, late_by):
    session = open_session(count=1)
    entry = first(session)
    receipt = tap(session, entry.officer, at + minutes * MINUTE)
    entry.refresh_from_db()
    assert (receipt.state, entry.state, entry.late_by) == (state, state, late_by)
    assert entry.signed_in_at == at + minutes * MINUTE


def test_a_double_scan_is_told_when_and_writes_nothing(at):
    session = open_session(count=1)
    officer = first(session).officer
    tap(session, officer, at - 2 * MINUTE)
    again = tap(session, officer, at + 9 * MINUTE)
    assert (again.again, again.at, again.state) == (True, at - 2 * MINUTE, "present")
    assert AttendanceEvent.objects.count() == 1


def test_one_phone_signs_one_person_and_the_trainer_is_told(at):
    session = open_session(count=2)
    one, other = (entry.officer for entry in RollEntry.objects.order_by("pk"))
    tap(session, one, at, device="phone")
    assert refused(session, other, at, device="phone").code == "device"
    event = AttendanceEvent.objects.get(kind="refused")
    assert (event.officer, event.reason) == (other, "device")
    assert tap(session, other, at, device="own").state == "present"


def test_a_phone_serves_another_person_at_another_session(at):
    session, other = open_session(count=1), open_session(count=1)
    tap(session, first(session).officer, at, device="shared")
    assert tap(other, first(other).officer, at, device="shared").state == "present"


def test_a_stranger_is_refused_and_stands_at_the_door(at):
    session = open_session(count=1)
    guest = people.officer(people.unit())
    assert refused(session, guest, at).code == "not_on_roll"
    assert AttendanceEvent.objects.get().reason == "not_on_roll"
    assert not RollEntry.objects.filter(officer=guest).exists()


@pytest.mark.parametrize(("steps", "code"), [(-2, "old"), (-40, "old"), (1, "foreign")])
def test_a_code_of_another_time_is_refused(at, steps, code):
    session = open_session(count=1)
    assert refused(session, first(session).officer, at, steps=steps).code == code
    assert AttendanceEvent.objects.count() == 0


def test_a_code_of_another_session_is_refused(at):
    session, other = open_session(count=1), open_session(count=1)
    officer = first(session).officer
    assert refused(session, officer, at, code=long_code_at(other, at)).code == "foreign"
    assert refused(session, officer, at, code=code_at(other, at)).code == "foreign"


def test_an_account_without_a_person_or_a_browser_without_cookies_is_refused(at):
    session = open_session(count=1)
    attempt = sign_in.Attempt(session=session.uid, device="x", code=code_at(session, at))
    with pytest.raises(SignInRefused, match="no_officer"):
        sign_in.sign_in(attempt=attempt, by=people.actor(people.staff("trainer")), at=at)
    by = people.actor(first(session).officer.user)
    with pytest.raises(SignInRefused, match="no_device"):
        sign_in.sign_in(attempt=sign_in.Attempt(session=session.uid, device=""), by=by, at=at)


@pytest.mark.parametrize("state", ["planned", "closed", "cancelled"])
def test_only_an_open_session_takes_sign_ins(at, state):
    session = open_session(count=1)
    session.state = state
    session.save()
    assert refused(session, first(session).officer, at).code == "not_open"


def test_nobody_signs_in_after_the_end(at):
    session = open_session(count=1)
    assert refused(session, first(session).officer, at + 91 * MINUTE).code == "over"


def kept(session, officer, opened, received, shown):
    """A tap a phone kept: page opened, code shown, tap received at these moments."""
    ticket = sign_in.issue_ticket(session=session.uid, officer_id=officer.pk, at=opened)
    return {"code": code_at(session, shown), "ticket": ticket}


def test_a_phone_without_signal_for_a_minute_still_signs_in(at):
    session = open_session(count=1)
    entry = first(session)
    said = kept(session, entry.officer, at - 10 * MINUTE, None, at)
    receipt = tap(session, entry.officer, at + 75 * SECOND, **said)
    entry.refresh_from_db()
    assert (receipt.delay, entry.delivered_late, entry.method) == (60, 60, "code")
    assert entry.signed_in_at == at + 75 * SECOND


@pytest.mark.parametrize(("opened", "received", "code"), [(-600, 106, "old"), (16, 60, "forwarded")])
def test_what_comes_too_late_or_was_passed_on_is_refused(at, opened, received, code):
    session = open_session(count=1)
    officer = first(session).officer
    said = kept(session, officer, at + opened * SECOND, None, at)
    assert refused(session, officer, at + received * SECOND, **said).code == code


def test_a_ticket_is_for_one_person_and_one_session(at):
    session, other = open_session(count=2), open_session(count=1)
    one, two = (entry.officer for entry in RollEntry.objects.filter(session=session).order_by("pk"))
    for said in (kept(session, two, at, None, at), kept(other, one, at, None, at), {"ticket": "made.up"}):
        said["code"] = code_at(session, at)
        assert refused(session, one, at, **said).code == "ticket"


@pytest.mark.parametrize(("seconds", "code"), [(119, None), (121, "old")])
def test_a_proof_of_a_scan_lasts_two_minutes(at, seconds, code):
    session = open_session(count=1)
    officer = first(session).officer
    proof = sign_in.issue_proof(session=session.uid, officer_id=officer.pk, at=at)
    moment = at + seconds * SECOND
    if code:
        assert refused(session, officer, moment, proof=proof).code == code
    else:
        assert tap(session, officer, moment, proof=proof).kind == "in"


def test_signing_out_counts_the_last_time(at):
    session = open_session(count=1)
    entry = first(session)
    assert refused(session, entry.officer, at, act=sign_in.sign_out).code == "not_in"
    tap(session, entry.officer, at)
    tap(session, entry.officer, at + 30 * MINUTE, act=sign_in.sign_out)
    assert tap(session, entry.officer, at + 30 * MINUTE + SECOND, act=sign_in.sign_out).again
    tap(session, entry.officer, at + 88 * MINUTE, act=sign_in.sign_out)
    entry.refresh_from_db()
    assert entry.signed_out_at == at + 88 * MINUTE


def test_signing_out_takes_ones_own_phone_too(at):
    session = open_session(count=2)
    one, other = (entry.officer for entry in RollEntry.objects.order_by("pk"))
    tap(session, one, at)
    tap(session, other, at, device="others")
    assert refused(session, one, at + MINUTE, device="others", act=sign_in.sign_out).code == "device"


def test_a_sign_in_costs_seven_statements(at, django_assert_max_num_queries):
    session = open_session(count=1)
    officer = first(session).officer
    by = people.actor(officer.user)
    attempt = sign_in.Attempt(session=session.uid, device="x", code=code_at(session, at))
    with django_assert_max_num_queries(8):
        sign_in.sign_in(attempt=attempt, by=by, at=at)


def test_who_has_leave_and_comes_is_present(at):
    session = open_session(count=0)
    entry = expect(session, people.officer(session.unit))
    RollEntry.objects.update(state="leave", by_hand=True)
    tap(session, entry.officer, at)
    entry.refresh_from_db()
    assert (entry.state, entry.by_hand) == ("present", False)


@pytest.mark.parametrize("act", [sign_in.sign_in, sign_in.sign_out])
def test_a_roll_closed_while_a_sign_in_was_under_way_stays_as_it_was_closed(at, monkeypatch, act):
    session = open_session(count=1)
    entry = first(session)
    if act is sign_in.sign_out:
        tap(session, entry.officer, at)
    before = RollEntry.objects.values().get()
    known = sign_in._check

    def closing_meanwhile(*arguments):
        Session.objects.update(state="closed")
        return known(*arguments)

    monkeypatch.setattr(sign_in, "_check", closing_meanwhile)
    assert refused(session, entry.officer, at + 2 * MINUTE, act=act).code == "not_open"
    assert RollEntry.objects.values().get() == before
