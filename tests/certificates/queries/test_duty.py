"""Who is on duty: live, in constant statements, and the same in SQL as in the state machine."""

import datetime

import pytest

from certificates.models import EnforcementCertificate
from certificates.queries import duty
from certificates.queries.enforcement_rules import in_force
from certificates.rules.enforcement import PRESETS, stops_for_review
from certificates.state.enforcement import State, on_duty, replay, standing
from lianbing.people.models import Officer
from tests.factories import enforcement, people

pytestmark = pytest.mark.django_db
TODAY = enforcement.TODAY
WAYS = (
    [],
    ["suspended"],
    ["suspended", "reinstated"],
    ["withdrawn"],
    ["lost"],
    ["lost", "reissued"],
    ["revoked"],
    ["cancelled"],
    ["cancelled", "applied"],
    ["cancelled", "applied", "passed"],
)
DATES = (
    {},
    {"valid_until": "2026-11-20"},
    {"valid_until": "2026-11-19"},
    {"valid_from": "2026-11-20", "on": TODAY},
    {"valid_from": "2026-12-01", "on": TODAY},
    {"last_review_on": "2025-11-20"},
    {"last_review_on": "2024-01-01"},
    {"last_review_on": "2025-09-20"},
)


def call(officer, at):
    return duty.standings([officer.pk], at)[officer.pk]


@pytest.fixture
def many():
    """One person on an enforcement post for every way and every set of dates."""
    squad, post = people.unit(), enforcement.duty_post()
    for way in WAYS:
        enforced = enforcement.entered(people.officer(squad, post))
        for kind in way:
            enforcement.changed(enforced.officer, kind)
    for said in DATES:
        enforcement.entered(people.officer(squad, post), **said)
    people.officer(squad, post)
    return squad


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("later", [0, 1, 59, 366, 1500])
def test_sql_and_state_machine_say_the_same(many, preset, later):
    enforcement.rules(preset)
    day, rules = TODAY + datetime.timedelta(days=later), in_force()
    for row in duty.with_state(day, rules):
        folded = replay(event.as_event() for event in row.events.order_by("number"))
        state = standing(folded, day, rules)
        assert (row.standing, not row.why) == (state, on_duty(state, folded.review_base_on, day, rules))
        assert duty.state_of(row, day, rules) is state


@pytest.mark.parametrize("base", ["2025-08-19", "2025-08-20", "2025-08-21", "2025-08-31", "2025-07-31"])
@pytest.mark.parametrize("day", ["2026-11-20", "2026-11-30", "2027-02-28", "2026-10-31"])
def test_sql_counts_the_months_of_an_overdue_review_as_the_rule_does(base, day):
    asked, on = PRESETS["jiangsu"], datetime.date.fromisoformat(day)
    enforcement.rules("jiangsu")
    row = enforcement.entered(last_review_on=base, valid_until="2028-11-20")
    wanted = stops_for_review(row.review_base_on, on, asked)
    assert bool(duty.with_state(on, asked).get().why) is wanted
    assert bool(duty.with_state(on, None).get().why) is wanted


@pytest.mark.parametrize("preset", ["standard", "jiangsu"])
def test_the_alarm_and_the_standings_agree(many, at, preset):
    enforcement.rules(preset)
    found = {row.officer_id: row.why for row in duty.on_enforcement([many.path], TODAY)}
    said = duty.standings(found, at)
    assert found == {pk: one.why for pk, one in said.items()}
    assert {row.officer_id for row in duty.posted_without([many.path], TODAY)} == {
        pk for pk, one in said.items() if not one.on_duty
    }


def test_who_holds_one_in_force_is_on_duty(at):
    held = enforcement.entered()
    one = call(held.officer, at)
    assert (one.on_duty, one.why, one.state) == (True, "", State.ACTIVE)
    assert (one.certificate_no, one.valid_until) == (held.certificate_no, datetime.date(2028, 11, 20))


def test_a_suspension_shows_at_once(at):
    held = enforcement.entered()
    enforcement.changed(held.officer, "suspended")
    assert (call(held.officer, at).on_duty, call(held.officer, at).why) == (False, "suspended")


def test_who_never_held_one_is_not_on_duty(at):
    assert call(people.officer(), at).why == "none"
    assert duty.standings([987654321], at) == {}


@pytest.mark.parametrize(
    ("fields", "why"), [({"category": "auxiliary"}, "auxiliary"), ({"left_on": TODAY}, "left")]
)
def test_a_certificate_alone_does_not_put_on_duty(at, fields, why):
    held = enforcement.entered()
    Officer.objects.filter(pk=held.officer_id).update(**fields)
    assert (call(held.officer, at).on_duty, call(held.officer, at).why) == (False, why)


def test_a_past_day_is_answered_as_it_was(at):
    held = enforcement.entered()
    enforcement.changed(held.officer, "suspended")
    before = call(held.officer, at - datetime.timedelta(days=1))
    assert (before.on_duty, before.state) == (True, State.ACTIVE)
    long_ago = call(held.officer, at - datetime.timedelta(days=3000))
    assert (long_ago.on_duty, long_ago.why) == (False, "none")


def test_a_merged_record_stands_as_the_one_kept(at):
    kept, duplicate = people.officer(), people.officer()
    enforcement.entered(duplicate)
    Officer.objects.filter(pk=duplicate.pk).update(merged_into=kept)
    assert call(kept, at).on_duty
    assert call(duplicate, at).on_duty


def test_the_alarm_names_an_auxiliary_on_an_enforcement_post():
    squad, post = people.unit(), enforcement.duty_post()
    helper = people.officer(squad, post, category="auxiliary")
    assert [(row.officer, row.why) for row in duty.posted_without([squad.path], TODAY)] == [
        (helper, "auxiliary")
    ]


def test_who_is_on_no_enforcement_post_raises_no_alarm():
    squad = people.unit()
    people.officer(squad, enforcement.duty_post("案件审核岗", "legal_review"))
    people.officer(squad, people.PostFactory(name="综合内勤岗"))
    enforcement.duty_post()
    assert not duty.posted_without([squad.path], TODAY)


def test_rehearsals_and_other_units_raise_no_alarm_here():
    root, post = people.unit(), enforcement.duty_post()
    east, west = people.unit("东", root), people.unit("西", root)
    people.officer(west, post)
    made = people.officer(east, post)
    type(made.user).objects.filter(pk=made.user_id).update(is_rehearsal=True)
    assert not duty.posted_without([east.path], TODAY)


@pytest.mark.parametrize("count", [1, 3, 40])
def test_standings_cost_the_same_however_many(at, count, django_assert_num_queries):
    made = [enforcement.entered(people.officer()).officer for _ in range(count)]
    for officer in made[:2]:
        enforcement.changed(officer, "suspended")
    with django_assert_num_queries(3):
        duty.standings([officer.pk for officer in made], at)
    with django_assert_num_queries(4):
        duty.standings([officer.pk for officer in made], at - datetime.timedelta(days=1))


def test_the_general_rules_hold_before_anybody_adopted_any():
    assert in_force() == PRESETS["standard"]
    enforcement.rules("zibo")
    assert in_force().valid_months == 24
    assert EnforcementCertificate.objects.count() == 0
