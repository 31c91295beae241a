"""What an article threatens, read from its words, against what a card says the law allows."""

import pytest

from lianbing.library.rules.legal_amounts import amounts_words, fines_in, not_in_law
from lianbing.library.rules.penalties import parse_bounds

STALLS = (
    "责令改正；拒不改正的，处五十元以上五百元以下罚款；堆放物料、搭建棚亭的，处五百元以上五千元以下罚款。"
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (STALLS, ["50-500元", "500-5000元"]),
        ("处二千元以上一万元以下罚款；处一万元以上三万元以下罚款。", ["2000-10000元", "10000-30000元"]),
        ("对单位处五万元以上二十万元以下罚款。", ["50000-200000元"]),
        ("处五千元以下罚款", ["5000元以下"]),
        ("按照每辆二十元以上五十元以下的标准处以罚款，但一次罚款总额不超过五万元。", ["20-50元"]),
        ("可以按照每处一百元的标准处以罚款，但罚款总额不超过五千元", ["100元"]),
        ("并处违法所得一倍以上三倍以下罚款", ["1-3倍"]),
        ("处50元以上200元以下罚款", ["50-200元"]),
        ("处一万五千元以上不满十二万元罚款", ["15000-120000元"]),
        ("没收违法所得；警告。", []),
        ("应当在十日内、五百米以上的地方", []),
    ],
)
def test_fines_are_read_from_the_words_of_the_law(text, said):
    assert [amounts_words(fine) for fine in fines_in(text)] == said


@pytest.mark.parametrize(
    ("bounds", "missing"),
    [
        ("50元以上500元以下", 0),
        ("警告、50-500元 | 个人\n500-5000元 | 单位", 0),
        ("50-600元", 1),
        ("50-500元/平方米", 0),
        ("50-500元 | 个人\n500-6000元 | 单位", 1),
        ("警告", 0),
    ],
)
def test_bounds_are_held_against_the_article(bounds, missing):
    assert len(not_in_law(parse_bounds(bounds), [STALLS])) == missing


def test_an_article_without_amounts_says_nothing():
    assert not_in_law(parse_bounds("50-500元"), ["依法处罚。"]) == []
