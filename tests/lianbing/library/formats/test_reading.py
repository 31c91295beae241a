"""What a file is, its bytes decide; whatever comes, the answer is a law or a reason."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianbing.library.formats import reading
from lianbing.library.rendering.reasons import WORDS, say
from lianbing.library.rules import law_markdown
from lianbing.library.rules.findings import Finding, NotALaw, Unreadable
from tests.factories.law_shapes import STYLES, word
from tests.factories.library import law_source

LAW = law_markdown.read(law_source(articles=5).encode(), "x.md")


def outcome(data, name="x.md"):
    try:
        return reading.read(data, name)
    except (NotALaw, Unreadable) as reason:
        return reason.finding.code


@pytest.mark.parametrize("name", ["x.md", "x.txt", "x.docx", "x.doc", "x", ".x", "x.2021"])
@pytest.mark.parametrize("data", [law_source().encode(), STYLES["database"](LAW).encode(), word(LAW)])
def test_the_name_decides_nothing(data, name):
    assert outcome(data, name).title == "测试市市容条例"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "old_word"),
        (b"%PDF-1.7\n", "pdf"),
        (b"{\\rtf1", "rtf"),
        ("\ufeff<!DOCTYPE html><html>第一条 甲".encode(), "web_page"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"", "empty"),
        (b"\x7fELF\x02\x01\x01\x00" + bytes(range(32)), "not_text"),
        (("条例\n第一条 " + "甲" * 400_000).encode(), "line_too_long"),
        (b"a" * 10_000_000, "too_large"),
        (b"just words", "no_articles"),
    ],
)
def test_what_is_no_text_of_a_law_says_what_it_is(data, code):
    assert outcome(data) == code
    assert outcome(data, "x.docx") == code


def test_two_encodings_in_one_file_are_read_and_doubtful():
    top, rest = law_source(articles=9).rsplit("\n\n", 1)
    text = outcome(f"{top}\n\n".encode() + rest.encode("gb18030"), "x.txt")
    assert text.title == "测试市市容条例"
    assert "lost_characters" in [doubt.code for doubt in text.doubts]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "gbk", "utf-8-sig"])
def test_every_encoding_of_a_plain_text_gives_the_same(encoding):
    assert outcome(STYLES["windows"](LAW).encode(encoding), "x.txt").articles == LAW.articles


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_any_bytes_are_a_law_or_a_reason(data):
    if not data.startswith(b"PK"):
        outcome(data)


SHAPES = [law_source().encode(), *(style(LAW).encode() for style in STYLES.values())]


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_law_is_a_law_or_a_reason(seed):
    chance = random.Random(seed)
    data = bytearray(chance.choice(SHAPES))
    for _ in range(chance.randint(1, 40)):
        at = chance.randrange(len(data))
        data[at : at + chance.choice((0, 1, 1, 9))] = chance.randbytes(chance.choice((0, 1, 3)))
    outcome(bytes(data))


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_document_is_a_law_or_a_reason(seed):
    chance = random.Random(seed)
    data = bytearray(word(LAW))
    for _ in range(chance.randint(1, 12)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    outcome(bytes(data), "x.docx")


def test_every_reason_has_words_of_its_own():
    details = dict.fromkeys(("count", "size", "most", "inserted", "deleted"), 3)
    details |= {key: ["甲"] for key in ("places", "articles", "characters", "laws")}
    names = (
        "text",
        "date",
        "why",
        "law",
        "title",
        "edition",
        "slug",
        "mark",
        "file_name",
        "header",
        "article",
        "there",
        "here",
    )
    details |= dict.fromkeys(names, "乙")
    for code in WORDS:
        assert say(Finding(code, details)) != code
    assert "7" in say(Finding("table", {"lines": [[7, "| 甲 |"]]}))
    assert say(Finding("plain_heading", {"text": "old"})) == "plain_heading"
