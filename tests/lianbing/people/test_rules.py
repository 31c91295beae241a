"""Identity numbers, names, one-time codes, conflicts of roles."""

import datetime
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianbing.people.rules import ADMINISTRATORS, Role, grant_conflict, masked_id_number, masked_name
from lianbing.people.rules.identity import bare_code, id_number_check, id_number_fault, new_code

TODAY = datetime.date(2026, 11, 20)
BIRTHS = st.dates(datetime.date(1930, 1, 1), datetime.date(2008, 1, 1))


@given(BIRTHS, st.integers(0, 999))
def test_a_right_number_has_no_fault(born, order):
    first = f"390100{born:%Y%m%d}{order:03}"
    assert id_number_fault(first + id_number_check(first), TODAY) == ""


@given(BIRTHS, st.integers(0, 999), st.integers(0, 5), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(born, order, place, step):
    first = f"390100{born:%Y%m%d}{order:03}"
    number = first + id_number_check(first)
    wrong = str((int(number[place]) + step) % 10)
    assert id_number_fault(number[:place] + wrong + number[place + 1 :], TODAY) in {"check", "form"}


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("", "form"),
        ("39010019900307003", "form"),
        ("39010019900307003Y", "form"),
        ("090100199003070033", "form"),
        ("３90100199003070033", "form"),
        ("390100199002300033", "birth"),
        ("390100189912310033", "birth"),
        ("390100203001010033", "birth"),
        ("390100199003070030", "check"),
        ("390100199003070033", ""),
    ],
)
def test_faults_of_identity_numbers(number, fault):
    assert id_number_fault(number, TODAY) == fault


def test_the_standard_s_own_example():
    """GB 11643-1999, annex: 11010519491231002X and 440524188001010014."""
    assert id_number_check("11010519491231002") == "X"
    assert id_number_check("44052418800101001") == "4"


@pytest.mark.parametrize(
    ("name", "masked"), [("张三丰", "张**"), ("李四", "李*"), ("王", "王*"), ("", ""), ("欧阳明海", "欧***")]
)
def test_names_for_the_public(name, masked):
    assert masked_name(name) == masked


def test_identity_numbers_for_lists():
    assert masked_id_number("390100199003070033") == "390100**********33"
    assert masked_id_number("1234") == "****"
    assert masked_id_number("") == ""


def test_codes_are_grouped_and_read_without_hyphens():
    code = new_code(random.Random(1).choice)
    assert [len(part) for part in code.split("-")] == [4, 4, 4]
    assert bare_code(f" {code.lower()} ") == code.replace("-", "")


@pytest.mark.parametrize("held", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("wanted", sorted(ADMINISTRATORS))
def test_two_administrators_are_never_one_person(held, wanted):
    assert grant_conflict(frozenset({held}), wanted) == (None if held == wanted else held)


def test_other_roles_go_together():
    assert grant_conflict(frozenset({Role.SYSTEM_ADMINISTRATOR}), Role.TRAINER) is None
