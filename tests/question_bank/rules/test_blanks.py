"""Which two filled-in answers say the same, and which never do."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.rules import blanks, numbers

ALIKE = [
    ("二十", "20", "２０", " 20 "),
    ("百分之五", "5%", "５％", "5 %", "百分之5"),
    ("百分之百", "100%", "百分之一百"),
    ("千分之三", "3‰"),
    ("三分之一", "1/3"),
    ("五点五", "5.5", "5.50"),
    ("5日", "五日", "５日", "五 日"),
    ("5万元", "50000元", "50,000元", "五万元", "50 000元"),
    ("2千5百元", "2500元", "二千五百元", "两千五百元"),
    ("1.5万", "15000"),
    ("二〇二六年", "2026年", "２０２６年", "二○二六年"),
    ("第十条第二款", "第10条第2款"),
    ("一百零五", "105"),
    ("十二", "一十二", "12"),
    ("《城市管理执法办法》", "城市管理执法办法", "“城市管理执法办法”", " 城市管理执法办法。"),
    ("警告、罚款", "警告,罚款", "警告 罚款", "警告罚款"),
    ("ABC", "abc", "ＡＢＣ"),
    ("5至10日", "五至十日"),
    ("5-10日", "5～10日", "5—10日"),
    ("贰拾元", "20元"),
    ("八点三十分", "八点30分"),
    ("、", " 、 "),
]
APART = [
    ("一千", "一百"), ("5", "5日"), ("5日", "15日"), ("三日", "三天"), ("以上", "以下"), ("5%", "5"), ("5%", "5‰"),
    ("1,2", "12"), ("一、二", "十二"), ("5 10", "510"), ("五 十", "五十"), ("5-10", "510"), ("1.5", "15"), ("8:30", "830"),
    ("一百五", "105"), ("一百五", "150"), ("三五日", "35日"), ("5两", "52"), ("1/3", "13"), ("二十", "2十日"), ("", "零"),
    ("五日", "五个工作日"), ("不得", "应当"), ("10", "100"), ("0.5", "5"), ("、", "。"), ("八点五分", "8.5分"),
]  # fmt: skip


@pytest.mark.parametrize("texts", ALIKE, ids=lambda texts: texts[0])
def test_these_say_the_same(texts):
    assert len({blanks.normal(text) for text in texts}) == 1, [blanks.normal(text) for text in texts]


@pytest.mark.parametrize(("one", "other"), APART)
def test_these_never_do(one, other):
    assert blanks.normal(one) != blanks.normal(other)


@given(st.integers(1, 10**12 - 1))
def test_every_number_is_read_as_it_is_spelled(number):
    assert numbers.read(numbers.spell(number)) == number
    assert blanks.normal(numbers.spell(number) + "元") == f"{number}元"


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_two_numbers_are_never_alike(one, other):
    same = blanks.normal(numbers.spell(one)) == blanks.normal(numbers.spell(other))
    assert same == (one == other)


@given(st.text(max_size=12) | st.text(alphabet=numbers.NUMERALS + "点分之. ,、日-《", max_size=8))
def test_any_text_has_a_normal_form_and_width_and_spaces_around_never_matter(text):
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
    assert blanks.normal(f" {wide}\u3000") == blanks.normal(text)


def test_a_stem_is_cut_at_its_blanks():
    assert blanks.pieces("执法人员不得少于{{1}}人，并出示{{2}}。") == [
        "执法人员不得少于",
        1,
        "人，并出示",
        2,
        "。",
    ]
    assert blanks.pieces("{{1}}{{2}}") == [1, 2]


ACCEPTED = {"a": ["警告", "书面警告"], "b": ["罚款"], "c": ["没收", "罚款"], "d": ["5日"]}


@pytest.mark.parametrize(
    ("given_", "right"),
    [
        ({"a": "警告", "b": "罚款", "c": "没收", "d": "五日"}, {"a", "b", "c", "d"}),
        ({"a": "罚款", "b": "警告", "c": "没收"}, {"a", "b", "c"}),
        ({"a": "罚款", "b": "没收", "c": "书面警告"}, {"a", "b", "c"}),
        ({"a": "警告", "b": "警告", "c": "警告"}, {"a"}),
        ({"d": "5"}, set()),
        ({}, set()),
    ],
)
def test_a_set_takes_any_order_and_every_answer_once(given_, right):
    assert blanks.right_ones(ACCEPTED, [["a", "b", "c"]], given_) == right


@given(st.permutations(["罚款", "没收", "警告"]))
def test_the_order_inside_a_set_never_matters(texts):
    given_ = dict(zip("abc", texts, strict=True))
    assert len(blanks.right_ones(ACCEPTED, [["a", "b", "c"]], given_)) == 3


def test_no_two_rows_of_the_table_run_together():
    forms = [blanks.normal(texts[0]) for texts in ALIKE]
    assert all(one != other for one, other in itertools.combinations(forms, 2))
