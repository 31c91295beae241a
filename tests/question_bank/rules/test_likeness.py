"""Which questions are nearly alike."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from question_bank.rules import likeness

STEM = "城市管理执法人员在调查取证时应当主动出示执法证件并且不得少于（　）。"
TEXTS = st.lists(st.text(alphabet="执法人员不得少于两甲乙丙丁ＡB（）， ", max_size=40), max_size=4)


def sketch(*texts):
    found = likeness.shingles(texts)
    return found, likeness.band_keys(found)


def test_widths_spaces_and_punctuation_make_no_difference():
    assert likeness.shingles([STEM]) == likeness.shingles(["　" + STEM.replace("（　）", "( )") + " "])


def test_a_reworded_question_is_found_and_another_is_not():
    one, keys = sketch(STEM, "一人", "二人")
    near, near_keys = sketch(STEM.replace("主动", "首先"), "一人", "二人")
    far, far_keys = sketch("行政处罚决定书应当在七个工作日内送达当事人。", "一人", "二人")
    assert likeness.likeness(one, near) >= likeness.ALIKE > likeness.likeness(one, far)
    assert set(keys) & set(near_keys)
    assert not set(keys) & set(far_keys)


def test_bands_find_what_is_alike_among_many():
    stems = [
        f"第{n}条规定的罚款数额由{a}会同{b}在{n * 3}日内共同确定并公布"
        for n in range(12)
        for a in "甲乙"
        for b in "丙丁"
    ]
    sketches = [sketch(stem) for stem in stems]
    pairs = list(itertools.combinations(sketches, 2))
    alike = [(one, other) for one, other in pairs if likeness.likeness(one[0], other[0]) >= likeness.ALIKE]
    missed = [pair for pair in alike if not set(pair[0][1]) & set(pair[1][1])]
    assert len(alike) > 50
    assert len(missed) <= len(alike) // 20


@given(TEXTS, TEXTS)
def test_likeness_is_symmetric_and_one_only_for_equals(one, other):
    first, second = likeness.shingles(one), likeness.shingles(other)
    measured = likeness.likeness(first, second)
    assert measured == likeness.likeness(second, first)
    assert 0 <= measured <= 1
    assert (measured == 1) == (first == second and bool(first))


@given(TEXTS)
def test_every_question_with_text_has_all_its_bands(texts):
    found, keys = sketch(*texts)
    assert len(keys) == (likeness.BANDS if found else 0)
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_only_what_asks_is_compared():
    content = {
        "stem": "案情",
        "parts": [{"id": "p1", "content": {"stem": "问一", "options": [{"id": "a1", "text": "甲"}]}}],
        "limit": 200,
    }
    assert likeness.asked_texts(content) == ["案情", "问一", "甲"]
