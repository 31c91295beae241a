"""The prize draw that anybody can do again."""

import copy
import datetime
import hashlib
import hmac
import itertools
import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.contests.rules import lottery
from exams.contests.rules.lottery import Entry

SEED = "5e" * 32
AT = datetime.datetime(2026, 12, 8, tzinfo=datetime.UTC)
NAMES = [Entry(f"A{n:03}", "小**") for n in range(20)]
PRIZES = [("一等奖", 1), ("二等奖", 3)]


def _document(seed=SEED, entries=NAMES, prizes=PRIZES):
    entries = lottery.sorted_list(entries)
    told = lottery.document(
        title="答题",
        closed_at=AT,
        committed=lottery.commitment(seed),
        seed=seed,
        entries=entries,
        order=lottery.drawn_order(seed, entries),
        prizes=prizes,
        drawn_at=AT,
    )
    return json.loads(json.dumps(told))


def test_a_true_document_is_valid():
    verdict = lottery.check(_document())
    assert verdict.valid
    assert verdict.reason == ""
    assert lottery.check(_document(), lottery.commitment(SEED)).valid


def test_the_list_is_hashed_as_its_words_say():
    text = "\n".join(f"{one.number} {one.name}" for one in NAMES)
    assert lottery.list_hash(NAMES) == hashlib.sha256(text.encode()).hexdigest()


def test_the_draw_stays_what_it_is():
    """A published draw must come out alike for ever: this order may never change."""
    assert lottery.drawn_order(SEED, NAMES[:6]) == ["A004", "A001", "A003", "A002", "A005", "A000"]


def _by_the_published_words(seed, names):
    """The method as the public page says it, written a second time with nothing of ours."""
    label = (
        b"prize-draw:" + hashlib.sha256("\n".join(f"{n} {m}" for n, m in names).encode()).hexdigest().encode()
    )
    blocks = (
        hmac.new(bytes.fromhex(seed), label + b"\0" + n.to_bytes(8, "big"), hashlib.sha256).digest()
        for n in itertools.count()
    )
    eights = (int.from_bytes(block[at : at + 8], "big") for block in blocks for at in (0, 8, 16, 24))
    order = [number for number, _name in names]
    for last in range(len(order) - 1, 0, -1):
        span = last + 1
        drawn = next(one for one in eights if one < 2**64 - 2**64 % span)
        order[last], order[drawn % span] = order[drawn % span], order[last]
    return order


def test_a_stranger_with_the_published_words_gets_the_same_order():
    assert _by_the_published_words(SEED, NAMES) == lottery.drawn_order(SEED, NAMES)


def _swap_winners(told):
    told["winners"][0]["number"], told["winners"][1]["number"] = (
        told["winners"][1]["number"],
        told["winners"][0]["number"],
    )


def _other_seed(told):
    told["seed"] = "5f" * 32


def _both_seed_and_commitment(told):
    told["seed"] = "5f" * 32
    told["commitment"] = lottery.commitment(told["seed"])


def _rename(told):
    told["list"][3][1] = "大**"


def _leave_one_out(told):
    told["list"].pop()


def _twice(told):
    told["list"].append(list(told["list"][-1]))


def _more_prizes(told):
    told["prizes"][0][1] = 2


def _reorder(told):
    told["order"].reverse()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_swap_winners, "winners"),
        (_other_seed, "commitment"),
        (_both_seed_and_commitment, "order"),
        (_rename, "list_hash"),
        (_leave_one_out, "list_hash"),
        (_twice, "list_sorted"),
        (_more_prizes, "winners"),
        (_reorder, "order"),
    ],
)
def test_whatever_is_changed_is_found(change, reason):
    told = _document()
    change(told)
    verdict = lottery.check(told)
    assert not verdict.valid
    assert verdict.reason == reason


def test_another_seed_with_its_own_draw_betrays_itself_by_the_noted_commitment():
    noted = lottery.commitment(SEED)
    verdict = lottery.check(_document(seed="5f" * 32), noted)
    assert verdict.reason == "commitment_given"


@pytest.mark.parametrize(
    "spoilt", ["list", "prizes", "seed", "order", "winners", "commitment", "list_sha256"]
)
@pytest.mark.parametrize("value", [None, 7, "x", [1], [[1]], {"a": 1}, [["A001 小", "明"]]])
def test_rubbish_gets_a_verdict_and_no_error(spoilt, value):
    told = copy.deepcopy(_document())
    told[spoilt] = value
    assert not lottery.check(told).valid
    del told[spoilt]
    assert lottery.check(told).reason == "unreadable"


@given(st.binary(min_size=32, max_size=32), st.sets(st.text("ABCDEF3479", min_size=1), max_size=30))
def test_everybody_stands_in_the_order_once(seed, numbers):
    entries = lottery.sorted_list([Entry(number, "小**") for number in numbers])
    order = lottery.drawn_order(seed.hex(), entries)
    assert sorted(order) == sorted(numbers)
    assert order == lottery.drawn_order(seed.hex(), list(entries))


def test_everybody_wins_about_as_often():
    """2,000 draws of 10: the first place is chi-squared with 9 degrees; 33.7 is passed once in 10,000 times."""
    people = [Entry(f"P{n}", "甲**") for n in range(10)]
    first = Counter(
        lottery.drawn_order(hashlib.sha256(str(n).encode()).hexdigest(), people)[0] for n in range(2000)
    )
    assert sum((first[one.number] - 200) ** 2 / 200 for one in people) < 33.7
    assert len(first) == 10


def test_fewer_people_than_prizes_all_win():
    told = _document(entries=NAMES[:2])
    assert [one["prize"] for one in told["winners"]] == ["一等奖", "二等奖"]
    assert lottery.check(told).valid
