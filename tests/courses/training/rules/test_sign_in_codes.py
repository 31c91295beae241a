"""Codes of fifteen seconds: which count when, and what is said of the others."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.training.rules.sign_in_codes import (
    ALLOWANCE,
    SLOT,
    Fault,
    accepted_slots,
    long_code,
    next_change,
    read,
    short_code,
    slot_of,
    tidy,
)

SESSION, OTHER = uuid.UUID(int=7), uuid.UUID(int=8)
SECRET = "s" * 64
NOW = 1_800_000_000.0 + 4
SLOT_NOW = slot_of(NOW)


def judged(code, moment=NOW, **more):
    return read(code, session=SESSION, secret=SECRET, moment=moment, **more)


@pytest.mark.parametrize("make", [long_code, short_code])
@pytest.mark.parametrize(
    ("steps", "allowance", "fault"),
    [
        (0, 0, None),
        (-1, 0, None),
        (-2, 0, Fault.OLD),
        (-100, 0, Fault.OLD),
        (-2, ALLOWANCE, None),
        (-6, ALLOWANCE, None),
        (-7, ALLOWANCE, Fault.OLD),
    ],
)
def test_a_code_counts_only_around_its_slot(make, steps, allowance, fault):
    reading = judged(make(SESSION, SECRET, SLOT_NOW + steps), allowance=allowance)
    assert (reading.fault, reading.slot) == (fault, SLOT_NOW + steps)


@pytest.mark.parametrize("allowance", [0, ALLOWANCE])
@pytest.mark.parametrize("steps", [1, 40, 240])
def test_digits_of_a_slot_to_come_are_not_told_from_wrong_ones(steps, allowance):
    scanned = judged(long_code(SESSION, SECRET, SLOT_NOW + steps), allowance=allowance)
    typed = judged(short_code(SESSION, SECRET, SLOT_NOW + steps), allowance=allowance)
    assert (scanned.fault, scanned.slot) == (Fault.FUTURE, SLOT_NOW + steps)
    assert (typed.fault, typed.slot) == (Fault.FOREIGN, None)


def test_the_delay_is_counted_from_the_end_of_the_slot():
    code = short_code(SESSION, SECRET, SLOT_NOW)
    end = (SLOT_NOW + 1) * SLOT
    delays = [judged(code, moment=end + late, allowance=ALLOWANCE) for late in (-1, 0, 60, 89, 90)]
    assert [one.delay for one in delays] == [0, 0, 60, 89, 90]
    assert [one.fault for one in delays] == [None, None, None, None, Fault.OLD]


@pytest.mark.parametrize("make", [long_code, short_code])
def test_a_code_of_another_session_or_secret_is_foreign(make):
    assert judged(make(OTHER, SECRET, SLOT_NOW)).fault is Fault.FOREIGN
    assert judged(make(SESSION, "t" * 64, SLOT_NOW)).fault is Fault.FOREIGN


def test_a_slot_cannot_be_moved_within_a_code():
    named, signature = long_code(SESSION, SECRET, SLOT_NOW - 5).split(".")
    assert named != long_code(SESSION, SECRET, SLOT_NOW).split(".")[0]
    forged = f"{long_code(SESSION, SECRET, SLOT_NOW).split('.')[0]}.{signature}"
    assert judged(forged).fault is Fault.FOREIGN


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "1.2", "'; --", "é" * 6, "１２３"])
def test_what_is_no_code_is_malformed(code):
    assert judged(code).fault is Fault.MALFORMED


def test_a_page_opened_after_the_code_was_gone_shows_that_it_was_passed_on():
    code = short_code(SESSION, SECRET, SLOT_NOW)
    end = (SLOT_NOW + 1) * SLOT
    late = {"moment": end + 60, "allowance": ALLOWANCE}
    assert judged(code, opened=end - 1, **late).fault is None
    assert judged(code, opened=end, **late).fault is Fault.FORWARDED


def test_digits_are_read_as_people_type_them():
    assert tidy(" １２3-4 5６ ") == "123456"
    digits = short_code(SESSION, SECRET, SLOT_NOW)
    assert judged(f"{digits[:3]} {digits[3:]}").fault is None


@given(st.floats(min_value=0, max_value=4e9), st.integers(min_value=0, max_value=600))
def test_the_slots_that_count_are_those_that_ended_less_than_the_allowance_ago(moment, allowance):
    forgiven = max(allowance, SLOT)
    slots = accepted_slots(moment, allowance)
    assert slots[-1] == slot_of(moment)
    assert moment - (slots[0] + 1) * SLOT < forgiven
    assert moment - slots[0] * SLOT >= forgiven


@given(st.floats(min_value=0, max_value=4e9))
def test_the_next_code_comes_within_a_slot(moment):
    assert 0 < next_change(moment) <= SLOT


@given(st.integers(min_value=0, max_value=2**33))
def test_every_code_of_its_own_slot_counts(slot):
    moment = slot * SLOT + 7.5
    assert judged(long_code(SESSION, SECRET, slot), moment=moment).slot == slot
    assert judged(short_code(SESSION, SECRET, slot), moment=moment).slot == slot
