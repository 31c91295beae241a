"""Changing the register: one event at a time, by somebody else, on record."""

import datetime

import pytest

from certificates.models import EnforcementCertificate, EnforcementEvent, EnforcementRefusal
from certificates.rules.enforcement import NATIONAL_LAW
from certificates.services.enforcement import words
from certificates.services.enforcement.changing import NotEligible, Oneself, Refused, change, project
from certificates.state.enforcement import GIVING, Illegal, Kind, State, replay
from lianbing.kit.models import AuditRecord, OutboxMessage
from lianbing.people.models import Officer
from lianbing.people.rules import SYSTEM, Role
from tests.factories import enforcement, people

pytestmark = pytest.mark.django_db
TODAY = enforcement.TODAY


def call(officer, kind, at, **fields):
    fields.setdefault("on", TODAY)
    fields.setdefault("reason_code", "investigation")
    return change(officer=officer, kind=kind, by=fields.pop("by", SYSTEM), at=at, **fields)


def test_a_change_moves_the_holding_and_is_on_record(at):
    held = enforcement.entered()
    made = call(held.officer, Kind.SUSPENDED, at, document_no=" 云执〔2026〕3号 ", note="配合调查")
    held.refresh_from_db()
    assert (held.state, held.since, held.event_count) == (State.SUSPENDED, TODAY, 2)
    assert (made.number, made.document_no, made.actor["name"]) == (2, "云执〔2026〕3号", "系统")
    written = AuditRecord.objects.get(stream="enforcement", action="suspended")
    assert written.details["document_no"] == "云执〔2026〕3号"
    payload = OutboxMessage.objects.filter(topic="enforcement_changed").last().payload
    assert (payload["officer"], payload["kind"], payload["state"]) == (
        held.officer_id,
        "suspended",
        "suspended",
    )


def test_the_holding_is_what_its_events_fold_to(at):
    held = enforcement.entered()
    for kind in ("suspended", "reinstated", "lost", "reissued"):
        enforcement.changed(held.officer, kind, certificate_no="YX-R")
    stored = EnforcementCertificate.objects.get()
    folded = EnforcementCertificate(pk=stored.pk, uid=stored.uid, officer=stored.officer)
    project(folded, replay(event.as_event() for event in stored.events.order_by("number")))
    fields = [field.attname for field in EnforcementCertificate._meta.fields]
    assert {name: getattr(stored, name) for name in fields} == {
        name: getattr(folded, name) for name in fields
    }


def test_what_does_not_fit_is_refused_in_words_and_leaves_nothing(at):
    officer = people.officer(people.unit())
    with pytest.raises(Refused) as caught:
        call(officer, Kind.SUSPENDED, at, document_no="1")
    assert (caught.value.code, len(str(caught.value)) > 10) == ("not_now", True)
    assert not EnforcementCertificate.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_nothing_is_recorded_before_its_day(at):
    held = enforcement.entered()
    with pytest.raises(Refused) as caught:
        call(held.officer, Kind.LOST, at, on=TODAY + datetime.timedelta(days=1), reason_code="mislaid")
    assert caught.value.code == "future"


@pytest.mark.parametrize("category", ["auxiliary", "civilian"])
@pytest.mark.parametrize("kind", sorted(GIVING))
def test_who_may_not_hold_one_is_refused_with_the_law_and_on_record(at, category, kind):
    officer = people.officer(people.unit(), category=category)
    enforcement.rules("henan")
    with pytest.raises(NotEligible, match="第四十二条"):
        call(officer, kind, at, reason_code="", note="中队申请")
    written = EnforcementRefusal.objects.get()
    assert (written.code, written.kind, written.note) == (category, kind, "中队申请")
    assert NATIONAL_LAW in written.law
    assert ("河南省" in written.law) is (category == "auxiliary")
    assert AuditRecord.objects.get(action="refused").details["law"] == written.law
    assert not EnforcementEvent.objects.exists()


def test_who_has_left_gets_nothing_but_may_be_cancelled(at):
    held = enforcement.entered()
    Officer.objects.filter(pk=held.officer_id).update(left_on=TODAY)
    officer = Officer.objects.get(pk=held.officer_id)
    with pytest.raises(NotEligible):
        call(officer, Kind.REVIEWED, at, reason_code="periodic", data={"year": 2026, "result": "passed"})
    assert call(officer, Kind.CANCELLED, at, reason_code="retirement").certificate.state == State.CANCELLED


def test_an_officer_who_became_an_auxiliary_can_be_suspended(at):
    held = enforcement.entered()
    Officer.objects.filter(pk=held.officer_id).update(category="auxiliary")
    officer = Officer.objects.get(pk=held.officer_id)
    assert call(officer, Kind.SUSPENDED, at, document_no="1").certificate.state == State.SUSPENDED


def test_nobody_changes_their_own_entry(at):
    officer = people.officer(people.unit())
    people.grant(officer.user, Role.HR)
    with pytest.raises(Oneself):
        call(officer, Kind.APPLIED, at, reason_code="first", by=people.actor(officer.user))


def test_nor_that_of_a_record_merged_with_theirs(at):
    kept, duplicate = people.officer(people.unit()), people.officer()
    Officer.objects.filter(pk=duplicate.pk).update(merged_into=kept)
    duplicate.refresh_from_db()
    with pytest.raises(Oneself):
        call(duplicate, Kind.APPLIED, at, reason_code="first", by=people.actor(kept.user))
    with pytest.raises(Oneself):
        call(kept, Kind.APPLIED, at, reason_code="first", by=people.actor(duplicate.user))


def test_a_merged_record_goes_on_with_the_entry_it_brought(at):
    kept, duplicate = people.officer(people.unit()), people.officer()
    held = enforcement.entered(duplicate)
    Officer.objects.filter(pk=duplicate.pk).update(merged_into=kept)
    assert enforcement.changed(kept, "suspended").pk == held.pk


def test_two_who_act_on_the_same_sight_do_not_both_succeed(at):
    held = enforcement.entered()
    call(held.officer, Kind.SUSPENDED, at, document_no="1", expected=1)
    with pytest.raises(Refused) as caught:
        call(held.officer, Kind.REVOKED, at, reason_code="discipline", document_no="2", expected=1)
    assert caught.value.code == "changed"


def test_a_number_of_somebody_else_is_refused_in_words(at):
    held = enforcement.entered()
    other = people.officer()
    with pytest.raises(Refused, match=held.certificate_no):
        enforcement.entered(other, certificate_no=held.certificate_no)
    assert not EnforcementCertificate.objects.filter(officer=other).exists()


def test_the_rules_fill_in_the_end_and_the_block(at):
    officer = people.officer(people.unit())
    enforcement.rules("zibo")
    for kind in ("applied", "passed"):
        enforcement.changed(officer, kind)
    held = enforcement.changed(officer, "issued", certificate_no="ZB-1")
    assert held.valid_until == datetime.date(2028, 11, 19)
    held = enforcement.changed(officer, "revoked")
    assert held.blocked_until == datetime.date(2028, 11, 20)


@pytest.mark.parametrize("text", ["", "二〇二二年", "9999-12-31", "2026-02-30"])
def test_days_that_are_none_are_refused_not_crashed(at, text):
    officer = people.officer(people.unit())
    for kind in ("applied", "passed"):
        enforcement.changed(officer, kind)
    data = {"certificate_no": "X", "valid_from": text or "0", "valid_until": text}
    with pytest.raises(Refused):
        call(officer, Kind.ISSUED, at, reason_code="first", data=data)


def test_a_past_taken_over_is_not_asked_for_todays_rules(at):
    enforcement.rules("jiangsu")
    held = enforcement.entered()
    day = datetime.date(2024, 12, 1)
    said = {"year": 2024, "result": "passed"}
    made = call(held.officer, Kind.REVIEWED, at, on=day, reason_code="periodic", data=said, taken_over=True)
    assert made.taken_over
    with pytest.raises(Refused):
        call(held.officer, Kind.REVIEWED, at, reason_code="periodic", data={"year": 2025, "result": "passed"})


def test_the_history_cannot_be_rewritten(at):
    enforcement.entered()
    with pytest.raises(Exception, match="official"):
        EnforcementEvent.objects.update(document_no="x")


def test_every_refusal_of_the_state_machine_has_a_sentence():
    codes = {"order", "age", "dates", "first_issue", "blocked", "no_certificate", "too_long", "changed"}
    codes |= {"renewal_early", "renewal_closed", "renewal_shorter", "renewal_gap", "review_year", "future"}
    codes |= {
        "reviewed_already",
        "review_hours",
        "review_exam",
        "review_conduct",
        "specialist",
        "number_taken",
    }
    assert codes == set(words._SENTENCES)
    said = dict.fromkeys(("reason", "kind"), "lost") | {"kind": Kind.LOST}
    assert words.sentence(Illegal("reason", **said))
