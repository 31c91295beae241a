"""The citations inside real laws are read, all but what their authors mistyped."""

import re

import pytest

from lianbing.library.rules import citations

pytestmark = pytest.mark.real_input
NUMBER = "[零〇一二两三四五六七八九十百千0-9]+"
PLACE = re.compile(rf"第\s*{NUMBER}\s*条(?![约款例件])")
HEAD = re.compile(rf"^第{NUMBER}条(之[一二三四五六七八九十]+)?\s*")


@pytest.fixture
def lines(real_input):
    """The lines of every law, without the numbers of their own articles."""
    found = []
    for path in sorted((real_input / "laws" / "lawrefbook_md").rglob("*.md")):
        body = path.read_text(encoding="utf-8").split("<!-- INFO END -->")[-1]
        found += [HEAD.sub("", line.strip()) for line in body.split("\n") if not line.startswith("#")]
    return found


def test_every_place_that_a_law_names_is_read(lines):
    places = read = 0
    for line in lines:
        spans = [(found.start, found.end) for found in citations.find(line)]
        for match in PLACE.finditer(line):
            places += 1
            read += any(start <= match.start() < end for start, end in spans)
    assert places > 500
    assert read >= places * 0.999


def test_citations_do_not_overlap_and_are_written_again(lines):
    for line in lines:
        position = 0
        for found in citations.find(line):
            assert position <= found.start < found.end <= len(line)
            position = found.end
            assert citations.find(citations.write(found))[0].place == found.place
