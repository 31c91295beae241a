"""The whole grammar of citations: lists, ranges, short names, places that count from where they stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianbing.library.rules.citations import (
    Nearness,
    Place,
    Reference,
    Relative,
    Style,
    Unit,
    find,
    names_defined,
    parse,
    write,
    write_all,
)
from lianbing.library.rules.citations.finding import Finder


def written(text, **known):
    """The references of a text, printed in full."""
    return [write(reference) for reference in find(text, known)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("《甲法》第十条第一款第（二）项第3目", ["《甲法》第十条第一款第（二）项第三目"]),
        ("《甲法》第十条第二款（三）项", ["《甲法》第十条第二款第（三）项"]),
        ("《甲法》第６３条第1款", ["《甲法》第六十三条第一款"]),
        (
            "《甲法》第六十三条第一款、第二款和第六十五条",
            ["《甲法》第六十三条第一款", "《甲法》第六十三条第二款", "《甲法》第六十五条"],
        ),
        (
            "《甲法》第三条第（一）、（三）项",
            ["《甲法》第三条第（一）项", "《甲法》第三条第（三）项"],
        ),
        ("《甲法》第三条第一、二款", ["《甲法》第三条第一款", "《甲法》第三条第二款"]),
        ("《甲法》第五条至第八条", ["《甲法》第五条至第八条"]),
        ("《甲法》第五至八条", ["《甲法》第五条至第八条"]),
        ("《甲法》第五条第一款至第三款", ["《甲法》第五条第一款至第三款"]),
        ("《甲法》第五条第(1)项至第(3)项", ["《甲法》第五条第（一）项至第（三）项"]),
        ("《甲法》第五条第二款至第八条第一款", ["《甲法》第五条第二款至第八条第一款"]),
        ("《甲法》（2021年修订）第二章第三条", ["《甲法》（2021年）第三条"]),
        ("《甲法》（主席令第九号）第三条", ["《甲法》第三条"]),
        ("《关于印发《甲办法》的通知》第三条", ["《关于印发〈甲办法〉的通知》第三条"]),
        ("依照刑法修正案（八）第三条", ["《刑法修正案（八）》第三条"]),
        ("违反治安管理处罚法（2012修正）第三条", ["《治安管理处罚法》（2012年）第三条"]),
        (
            "《甲法》第一条、第二条，《乙条例》第三条",
            ["《甲法》第一条", "《甲法》第二条", "《乙条例》第三条"],
        ),
        ("《甲法》第三条规定，该法第四条", ["《甲法》第三条", "《甲法》第四条"]),
        ("《甲法》第三条第一款，同条第二款", ["《甲法》第三条第一款", "《甲法》第三条第二款"]),
        ("合同法第三条", ["《合同法》第三条"]),
        ("构成本法第三条之罪", ["本法第三条"]),
        ("本实施细则第三条", ["本法第三条"]),
        ("基本法第三条", ["《基本法》第三条"]),
        ("本条第二款和前款", ["本条第二款", "前款"]),
        ("前款第一项", ["前款第（一）项"]),
        ("前两款、前条", ["前两款", "前条"]),
        ("犯第一款罪的", ["本条第一款"]),
        ("第三条件、前条件、第二项目、提前款到", []),
        ("《甲法》第三条规定情形之一", ["《甲法》第三条"]),
        ("《甲法》第三条之三个月", ["《甲法》第三条"]),
    ],
)
def test_what_a_text_cites(text, found):
    assert written(text) == found


def test_a_short_name_stands_for_its_law_from_there_on():
    text = "《中华人民共和国甲法》（以下简称《甲法》）第一条。甲法第二条"
    assert written(text) == ["《中华人民共和国甲法》第一条", "《中华人民共和国甲法》第二条"]
    known = names_defined("根据《测试市市容条例》（以下简称本市条例）制定。")
    assert known == {"本市条例": "测试市市容条例"}
    assert written("违反本市条例第三条", **known) == ["《测试市市容条例》第三条"]


def test_a_place_says_how_near_its_law_was_named():
    text = "第九条，《甲法》第一条规定，对第二条以外的。第三条"
    near = [reference.nearness for reference in find(text)]
    assert near == [Nearness.NONE, Nearness.NAMED, Nearness.SENTENCE, Nearness.TEXT]


def test_links_can_be_laid_over_the_text():
    text = "依照《甲法》第三条、第五条第一、二项处罚，由前款规定。"
    pieces = [text[reference.start : reference.end] for reference in find(text)]
    assert pieces == ["《甲法》第三条", "第五条第一", "二项", "前款"]


def test_a_name_without_marks_keeps_what_stood_before_it():
    (reference,) = find("人民法院认为该行为违反反不正当竞争法第二条")
    assert reference.law_title == "反不正当竞争法"
    assert reference.run.endswith("违反反不正当竞争法")


def test_parse_reads_a_citation_and_nothing_else():
    assert parse("《甲法》第三条、第五条") == [Reference("甲法", 3), Reference("甲法", 5)]
    assert parse("见《甲法》第三条的规定") == []


def test_a_list_names_each_law_once():
    references = [Reference("甲法", 3), Reference("甲法", 5, 0, 1), Reference("乙法", 2)]
    assert write_all(references, Style.ARABIC) == "《甲法》第3条、第5条第1款，《乙法》第2条"
    assert find(write_all(references)) == references


def test_the_short_style_drops_state_and_year():
    reference = Reference("中华人民共和国甲法", 10, 1, 0, 2, year=2021)
    assert write(reference, Style.SHORT) == "《甲法》第十条之一第二项"
    assert write(reference) == "《中华人民共和国甲法》（2021年）第十条之一第（二）项"


NAMES = st.text("甲乙丙丁测试市容管理", min_size=1, max_size=12).map(lambda name: f"{name}条例")
LITTLE = st.integers(0, 30)


@st.composite
def references(draw):
    """A reference as the grammar allows it, some with an end of the same depth."""
    paragraph, item = draw(LITTLE), draw(LITTLE)
    subitem = draw(LITTLE) if item else 0
    number, suffix = draw(st.integers(1, 2000)), draw(st.integers(0, 20))
    year = draw(st.sampled_from([0, 1997, 2021]))
    to = None
    if draw(st.booleans()):
        step = draw(st.integers(1, 40))
        parts = [number, paragraph, item, subitem]
        deepest = max(level for level in range(4) if parts[level])
        parts = [value + step if level == deepest else value for level, value in enumerate(parts)]
        to = Place(parts[0], suffix if deepest else 0, *parts[1:])
    return Reference(draw(NAMES), number, suffix, paragraph, item, subitem=subitem, to=to, year=year)


@settings(max_examples=300, deadline=None)
@given(references(), st.sampled_from([Style.FULL, Style.ARABIC]))
def test_what_is_written_reads_back_the_same(reference, style):
    assert parse(write(reference, style)) == [reference]


@given(st.integers(1, 30), st.integers(0, 9), st.sampled_from([Unit.ARTICLE, Unit.PARAGRAPH]))
def test_places_counted_from_here_read_back_the_same(paragraph, back, unit):
    below = {"paragraph": paragraph} if unit is Unit.ARTICLE else {"item": paragraph}
    reference = Reference("", own=True, relative=Relative(unit, back), **below)
    assert find(write(reference)) == [reference]


@settings(max_examples=300, deadline=None)
@given(st.text("《》〈〉第条款项目之一二十0１（）()、，和至本前同该法例简称\n 。a", max_size=80))
def test_no_text_is_too_strange(text):
    for reference in find(text):
        assert 0 <= reference.start < reference.end <= len(text)
    parse(text)


@pytest.mark.parametrize(
    "piece",
    [
        "《",
        "第",
        "第一",
        "第一、",
        "（一）、",
        "法第一条",
        "《甲法》（",
        "前款同条",
        "第1条至",
        "甲法 ",
        "某",
        "《甲法》某某某第一条",
    ],
)
def test_the_work_grows_with_the_length_alone(piece):
    finder = Finder(piece * 3000)
    finder.run()
    assert finder.scanner.work <= 210 * len(finder.text)


@pytest.mark.parametrize("piece", ["（一） ", "（一）\n", "(1) ", "第一、 ", "第一、 第", "（一） 、 "])
def test_a_list_that_no_unit_follows_is_read_once(piece):
    """Read in every possible way it would outlast every patience: forty gaps, two ways each."""
    assert find(piece * 60) == []
