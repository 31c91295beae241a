"""Codes that can be read out across a hall, and names that may stand on a wall."""

import secrets

import pytest

from exams.contests.rules import seats


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("4KMT7R", "4KMT7R"),
        (" 4kmt 7rwx ", "4KMT7RWX"),
        ("4KMT-7RWX", "4KMT7RWX"),
        ("４ＫＭＴ７Ｒ", "4KMT7R"),
        ("4KMT7", ""),
        ("4KMT7RWX2", ""),
        ("4KMT7O", ""),
        ("四五六七八九", ""),
        ("", ""),
        ("A" * 100_000, ""),
        ("4KMT7R\x00", ""),
    ],
)
def test_a_code_is_read_as_people_type_it(typed, code):
    assert seats.tidy_code(typed) == code


def test_codes_hold_nothing_that_looks_alike():
    made = {seats.new_code(seats.SEAT_CODE, secrets.choice) for _ in range(500)}
    assert len(made) == 500
    assert not set("".join(made)) & set("01OIL")
    assert all(seats.tidy_code(code) == code for code in made)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("小李", "小李"),
        ("  小\n李\t ", "小 李"),
        ("小\u202e李\u200b", "小 李"),
        ("<b>一二三四五六七八九", "<b>一二三四五六七八九"),
        ("一" * 50, "一" * 12),
        ("\x00\x1b", ""),
    ],
)
def test_a_nickname_is_one_short_line(typed, name):
    assert seats.tidy_name(typed) == name


def test_a_code_is_printed_in_two_groups():
    assert (seats.spaced("4KMT7R"), seats.spaced("4KMT7RWX")) == ("4KM T7R", "4KMT 7RWX")


def test_what_is_stored_of_a_token_does_not_tell_it():
    token = secrets.token_urlsafe(32)
    assert token not in seats.secret_of(token)
    assert len(seats.secret_of(token)) == 64
