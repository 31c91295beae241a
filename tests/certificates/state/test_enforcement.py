"""The state machine of enforcement certificates: every cell, every guard, and any list of events."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certificates.models.enforcement_labels import ACT_LABELS, KIND_LABELS, STATE_LABELS, STATE_TONES
from certificates.rules.enforcement import PRESETS, ProvinceRules
from certificates.rules.reasons import REASONS
from certificates.state.enforcement import (
    STORED,
    TABLE,
    Event,
    Holding,
    Illegal,
    Kind,
    Link,
    State,
    apply,
    legal,
    on_duty,
    replay,
    standing,
    start,
)

RULES = ProvinceRules(review_conduct=False)
TODAY = datetime.date(2026, 11, 20)
CARD = {"certificate_no": "YX-001", "valid_from": "2022-11-01", "valid_until": "2027-10-31"}
NEXT = {"certificate_no": "YX-002", "valid_from": "2027-11-01", "valid_until": "2032-10-31"}
DATA = {
    Kind.ENTERED: CARD,
    Kind.ISSUED: CARD,
    Kind.RENEWED: NEXT,
    Kind.REVIEWED: {"year": 2025, "result": "passed"},
    Kind.TRANSFERRED: {"specialist_exam": "专业法律知识考试"},
    Kind.CORRECTED: {"certificate_no": "YX-003"},
}
# One letter a state, one column a kind in the order of Kind; "." = refused.
LETTERS = {
    "t": State.TRAINING,
    "p": State.EXAM_PASSED,
    "A": State.ACTIVE,
    "S": State.SUSPENDED,
    "W": State.WITHDRAWN,
    "E": State.EXPIRED,
    "L": State.LOST,
    "R": State.REVOKED,
    "C": State.CANCELLED,
}
# entered applied passed issued reviewed suspended reinstated withdrawn lost reissued renewed transferred
# revoked cancelled corrected
CELLS = {
    State.NOT_APPLIED: "A t p . . . . . . . . . . . .",
    State.TRAINING: ". . p . . . . . . . . . . C .",
    State.EXAM_PASSED: ". . p A . . . . . . . . . C .",
    State.ACTIVE: ". . A . A S . W L A A A R C A",
    State.DUE_FOR_REVIEW: ". . A . A S . W L A A A R C A",
    State.SUSPENDED: ". . S . S . A W . . . . R C S",
    State.WITHDRAWN: ". . W . . . A . . . . . R C W",
    State.EXPIRED: ". t E . . . . . . . A . R C E",
    State.LOST: ". . L . . . A . . A . . R C L",
    State.REVOKED: ". t . . . . A . . . . . . . R",
    State.CANCELLED: ". t . . . . A . . . . . . . C",
}
EVERY_CELL = [
    (state, kind, cell) for state, row in CELLS.items() for kind, cell in zip(Kind, row.split(), strict=True)
]


def event(kind, on=TODAY, **fields):
    data = {**DATA.get(kind, {}), **fields.pop("data", {})}
    return Event(
        kind, on, fields.pop("reason", REASONS[kind][0]), fields.pop("document", "云执〔2026〕1号"), data
    )


def held(state=State.ACTIVE, **fields):
    """A holding of a certificate in a stored state."""
    card = Link("YX-001", datetime.date(2022, 11, 1), datetime.date(2027, 10, 31))
    shown = {
        "state": state,
        "chain": (card,),
        "first_issued_on": card.valid_from,
        "review_base_on": TODAY,
        "last_on": card.valid_from,
        "events": 1,
    }
    return Holding(**{**shown, **fields})


def in_state(state):
    """A holding that stands in `state` on TODAY."""
    if state in {State.NOT_APPLIED, State.TRAINING, State.EXAM_PASSED}:
        return Holding(state=state)
    if state is State.EXPIRED:
        old = Link("YX-001", datetime.date(2021, 11, 1), datetime.date(2026, 10, 31))
        return held(chain=(old,), first_issued_on=old.valid_from)
    if state is State.DUE_FOR_REVIEW:
        return held(review_base_on=datetime.date(2025, 1, 1))
    return held(state)


def refused(holding, happened, rules=None):
    with pytest.raises(Illegal) as caught:
        apply(holding, happened, rules)
    return caught.value.code


@pytest.mark.parametrize(("state", "kind", "cell"), EVERY_CELL)
def test_every_cell_of_the_table(state, kind, cell):
    holding = in_state(state)
    assert standing(holding, TODAY, RULES) is state
    undone = "overturned" if kind is Kind.REINSTATED else REASONS[kind][0]
    begins = {"valid_from": TODAY.isoformat()} if state is State.EXPIRED else {}
    happened = event(kind, reason=undone, data=begins if kind is Kind.RENEWED else {})
    if cell == ".":
        assert refused(holding, happened) == "not_now"
        assert kind not in legal(holding, TODAY, RULES)
        return
    after = apply(holding, happened)
    wanted = LETTERS[cell]
    assert standing(after, TODAY, PRESETS["hunan"]) is wanted
    assert after.state is (State.ACTIVE if wanted is State.EXPIRED else wanted)
    assert kind in legal(holding, TODAY, RULES)


def test_every_state_and_kind_has_a_row_a_name_and_a_colour():
    assert set(TABLE) == set(State) == set(STATE_LABELS) == set(STATE_TONES) == set(CELLS)
    assert set(KIND_LABELS) == set(ACT_LABELS) == set(Kind)


def test_a_refusal_changes_nothing_and_names_state_and_act():
    holding = held(State.SUSPENDED)
    with pytest.raises(Illegal) as caught:
        apply(holding, event(Kind.SUSPENDED))
    assert caught.value.params == {"state": State.SUSPENDED, "kind": Kind.SUSPENDED}
    assert holding == held(State.SUSPENDED)


def test_a_renewal_adds_a_link_and_keeps_the_first_issue_date():
    after = apply(held(), event(Kind.RENEWED, on=datetime.date(2027, 9, 1)), RULES)
    assert [link.number for link in after.chain] == ["YX-001", "YX-002"]
    assert (after.first_issued_on, after.covered_from) == (datetime.date(2022, 11, 1),) * 2
    assert standing(after, datetime.date(2027, 11, 1), RULES) is State.ACTIVE


def test_a_new_application_after_the_end_begins_a_new_chain():
    day = datetime.date(2028, 6, 1)
    road = [event(Kind.APPLIED, on=day), event(Kind.PASSED, on=day)]
    card = {"certificate_no": "YX-9", "valid_from": "2028-06-01", "valid_until": "2033-05-31"}
    holding = held()
    for happened in [*road, event(Kind.ISSUED, on=day, data=card)]:
        holding = apply(holding, happened)
    assert [link.number for link in holding.chain] == ["YX-9"]
    assert holding.first_issued_on == day


def test_a_reissue_takes_a_new_number_for_the_same_term():
    lost = apply(held(), event(Kind.LOST))
    after = apply(lost, event(Kind.REISSUED, data={"certificate_no": "YX-007"}))
    assert (after.newest.number, after.newest.valid_until) == ("YX-007", datetime.date(2027, 10, 31))


@pytest.mark.parametrize(
    ("holding", "happened", "code"),
    [
        (held(last_on=TODAY), event(Kind.LOST, on=TODAY - datetime.timedelta(days=1)), "order"),
        (start(), event(Kind.APPLIED, on=datetime.date(1922, 11, 1)), "age"),
        (held(), event(Kind.SUSPENDED, reason="retirement"), "reason"),
        (held(), event(Kind.REVIEWED, data={"result": "perhaps"}), "missing"),
        (held(), event(Kind.REVIEWED, data={"year": 2027}), "review_year"),
        (held(), event(Kind.REVIEWED, data={"year": "2025"}), "review_year"),
        (held(reviews=((2025, "passed"),)), event(Kind.REVIEWED), "reviewed_already"),
        (held(), event(Kind.TRANSFERRED, document="", data={"specialist_exam": ""}), "specialist"),
        (held(), event(Kind.CORRECTED, data={"certificate_no": ""}), "missing"),
        (held(), event(Kind.CORRECTED, data={"valid_until": "2020-01-01"}), "dates"),
        (held(), event(Kind.CORRECTED, data={"first_issued_on": "2023-01-01"}), "first_issue"),
        (
            held(),
            event(Kind.RENEWED, data={"valid_until": "2027-10-31", "valid_from": "2027-01-01"}),
            "renewal_shorter",
        ),
        (held(), event(Kind.RENEWED, data={"valid_from": "2027-11-02"}), "renewal_gap"),
        (held(State.REVOKED), event(Kind.REINSTATED, reason="resit_passed"), "only_undone"),
        (held(State.CANCELLED), event(Kind.REINSTATED, reason="resit_passed"), "only_undone"),
        (Holding(State.CANCELLED), event(Kind.REINSTATED, reason="overturned"), "no_certificate"),
        (held(), event(Kind.REVOKED, data={"blocked_until": "2020-01-01"}), "dates"),
        (start(), event(Kind.ENTERED, data={"certificate_no": " "}), "missing"),
        (start(), event(Kind.ENTERED, data={"valid_from": "2022年"}), "missing"),
        (start(), event(Kind.ENTERED, data={"valid_until": "2022-01-01"}), "dates"),
        (start(), event(Kind.ENTERED, data={"valid_until": "9999-01-01"}), "age"),
        (start(), event(Kind.ENTERED, data={"first_issued_on": "2023-01-01"}), "first_issue"),
    ],
)
def test_what_makes_no_sense_is_refused(holding, happened, code):
    assert refused(holding, happened) == code


@pytest.mark.parametrize(
    ("rules", "happened", "code"),
    [
        (RULES, event(Kind.LOST, reason=""), "missing"),
        (RULES, event(Kind.SUSPENDED, document=""), "missing"),
        (RULES, event(Kind.WITHDRAWN, document=""), "missing"),
        (RULES, event(Kind.REVOKED, document=""), "missing"),
        (RULES, event(Kind.RENEWED, on=datetime.date(2027, 4, 30)), "renewal_early"),
        (RULES, event(Kind.RENEWED, on=datetime.date(2028, 2, 1)), "renewal_closed"),
        (PRESETS["zibo"], event(Kind.RENEWED, on=datetime.date(2027, 10, 1)), "too_long"),
        (PRESETS["jiangsu"], event(Kind.REVIEWED, data={"hours": "39.5"}), "review_hours"),
        (PRESETS["jiangsu"], event(Kind.REVIEWED, data={"hours": "40"}), "review_exam"),
        (PRESETS["jiangsu"], event(Kind.REVIEWED, data={"hours": "40", "exam": True}), "review_conduct"),
    ],
)
def test_what_the_rules_forbid_is_refused_for_new_acts_only(rules, happened, code):
    assert refused(held(), happened, rules) == code
    if code != "renewal_closed":
        assert apply(held(), happened).events == 2


def test_a_changed_style_of_card_needs_no_window():
    card = {"valid_from": "2026-11-20", "valid_until": "2031-11-19"}
    assert apply(held(), event(Kind.RENEWED, reason="style_changed", data=card), RULES).chain[1:]


def test_with_hours_exam_and_conduct_the_review_is_passed():
    said = {"hours": "40", "exam": True, "conduct": True}
    after = apply(held(), event(Kind.REVIEWED, data=said), PRESETS["jiangsu"])
    assert (after.state, after.review_base_on, after.reviews) == (State.ACTIVE, TODAY, ((2025, "passed"),))


def test_a_failed_review_withdraws():
    after = apply(held(), event(Kind.REVIEWED, data={"result": "failed"}), PRESETS["jiangsu"])
    assert (after.state, after.since) == (State.WITHDRAWN, TODAY)


def test_a_block_keeps_a_new_application_away_until_its_last_day():
    revoked = apply(held(), event(Kind.REVOKED, data={"blocked_until": "2028-11-19"}))
    last = datetime.date(2028, 11, 19)
    assert refused(revoked, event(Kind.APPLIED, on=last)) == "blocked"
    assert Kind.APPLIED not in legal(revoked, last, RULES)
    after = last + datetime.timedelta(days=1)
    assert apply(revoked, event(Kind.APPLIED, on=after)).blocked_until is None
    assert Kind.APPLIED in legal(revoked, after, RULES)


def test_issued_ahead_is_good_from_its_first_day():
    card = {"certificate_no": "YX-1", "valid_from": "2026-12-01", "valid_until": "2031-11-30"}
    after = apply(Holding(State.EXAM_PASSED), event(Kind.ISSUED, data=card), RULES)
    assert standing(after, TODAY, RULES) is State.EXAM_PASSED
    assert standing(after, datetime.date(2026, 12, 1), RULES) is State.ACTIVE


def test_time_alone_makes_a_review_due_and_a_certificate_expire():
    holding = held(review_base_on=datetime.date(2025, 11, 20))
    assert standing(holding, datetime.date(2026, 9, 19), RULES) is State.ACTIVE
    assert standing(holding, datetime.date(2026, 9, 20), RULES) is State.DUE_FOR_REVIEW
    assert standing(holding, datetime.date(2027, 10, 31), RULES) is State.DUE_FOR_REVIEW
    assert standing(holding, datetime.date(2027, 11, 1), RULES) is State.EXPIRED


@pytest.mark.parametrize(("months", "serves"), [(None, True), (0, False), (24, True)])
def test_an_overdue_review_ends_duty_only_where_the_rules_say_so(months, serves):
    rules, base = replace(RULES, review_stops_after_months=months), datetime.date(2025, 1, 1)
    assert on_duty(State.DUE_FOR_REVIEW, base, TODAY, rules) is serves


def test_only_a_certificate_in_force_puts_on_duty():
    serving = [state for state in State if on_duty(state, TODAY, TODAY, RULES)]
    assert serving == [State.ACTIVE, State.DUE_FOR_REVIEW]


def test_nothing_is_legal_before_the_last_entry():
    assert legal(held(last_on=TODAY), TODAY - datetime.timedelta(days=1), RULES) == []


def test_renewal_is_offered_until_it_closes():
    assert Kind.RENEWED in legal(in_state(State.EXPIRED), TODAY, RULES)
    assert Kind.RENEWED not in legal(in_state(State.EXPIRED), datetime.date(2027, 2, 1), RULES)


DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2035, 12, 31))
ISO = DAYS.map(datetime.date.isoformat)
SAID = st.fixed_dictionaries(
    {
        "certificate_no": st.sampled_from(["A", "B", "C", ""]),
        "valid_from": ISO,
        "valid_until": ISO,
        "year": st.integers(2018, 2036),
        "result": st.sampled_from(["passed", "failed"]),
        "specialist_exam": st.sampled_from(["", "x"]),
        "blocked_until": st.one_of(st.none(), ISO),
    }
)
EVENTS = st.lists(
    st.builds(
        lambda kind, on, data, which: Event(
            kind, on, REASONS[kind][which % len(REASONS[kind])], "文号", data
        ),
        st.sampled_from(Kind),
        DAYS,
        SAID,
        st.integers(0, 9),
    ),
    max_size=25,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    happened=EVENTS,
    orderly=st.booleans(),
    asked=st.dates(datetime.date(2019, 1, 1), datetime.date(2037, 1, 1)),
)
def test_any_list_of_events_leaves_a_holding_that_makes_sense(happened, orderly, asked):
    if orderly:
        happened = sorted(happened, key=lambda one: one.on)
    holding, accepted = start(), []
    for one in happened:
        before = holding
        try:
            holding = apply(before, one)
        except Illegal:
            continue
        accepted.append(one)
        assert one.kind in TABLE[standing(before, one.on, PRESETS["hunan"])] or before.state is State.ACTIVE
        assert (holding.events, holding.last_on) == (before.events + 1, one.on)
        if one.kind in {Kind.RENEWED, Kind.REISSUED, Kind.TRANSFERRED, Kind.SUSPENDED, Kind.REINSTATED}:
            assert holding.first_issued_on == before.first_issued_on
            assert holding.chain[: len(before.chain)] == before.chain
    assert replay(accepted) == holding
    assert holding.state in STORED
    now = standing(holding, asked, RULES)
    if on_duty(now, holding.review_base_on, asked, RULES):
        assert any(link.valid_from <= asked <= link.valid_until for link in holding.chain)
        assert holding.state is State.ACTIVE
    if holding.chain:
        assert holding.first_issued_on <= holding.newest.valid_from
