"""Every real law, written again as other publishers write it, gives the same articles but for punctuation width."""

import pytest

from lianbing.kit import archives
from lianbing.library.formats import reading
from lianbing.library.formats.sources import ARCHIVE_LIMITS
from lianbing.library.rules import law_markdown, law_words
from lianbing.library.rules.findings import NotALaw, Unreadable
from tests.factories.law_shapes import STYLES, word

pytestmark = pytest.mark.real_input
EVERY = 40
# The source breaks a line inside a sentence; a page as narrow as its two articles cannot be told from paragraphs.
BROKEN = {"平顶山市城市绿化条例(2018-11-01)", "附则"}


def read(data, name):
    try:
        return law_markdown.read(data, name)
    except (NotALaw, Unreadable):
        return None


def same(law, text):
    """Whether two texts have the same articles."""
    return [(a.number, a.suffix, law_words.folded(a.text)) for a in law.articles] == [
        (a.number, a.suffix, law_words.folded(a.text)) for a in text.articles
    ]


@pytest.mark.parametrize("style", STYLES)
def test_the_folder_in_every_plain_shape(real_input, style):
    paths = sorted((real_input / "laws" / "lawrefbook_md").rglob("*.md"))
    laws = {path: law for path in paths if (law := read(path.read_bytes(), path.name))}
    assert len(laws) == 73
    for path, law in laws.items():
        if style == "paper" and path.stem in BROKEN:
            continue
        data = STYLES[style](law).encode("gb18030" if style == "windows" else "utf-8")
        text = reading.read(data, f"{path.stem}.txt")
        assert same(law, text) or (style == "web_copy" and path.stem == "刑法"), path.name
        assert (text.title, text.subtitle) == (law.title, law.subtitle), path.name
        assert text.published_on == law.published_on, path.name


def test_the_folder_as_word_documents(real_input):
    for path in sorted((real_input / "laws" / "lawrefbook_md").rglob("*.md"))[::6]:
        law = read(path.read_bytes(), path.name)
        if law is not None:
            assert same(law, reading.read(word(law), f"{path.stem}.docx")), path.name


def test_a_sample_of_the_archive_in_every_plain_shape(real_input):
    (path,) = (real_input / "laws" / "bulk").glob("*.tar.xz")
    compared = different = 0
    with archives.opened(path, ARCHIVE_LIMITS) as members:
        for member in sorted(members, key=lambda one: one.name)[::EVERY]:
            law = read(member.read(), member.name) if member.name.endswith(".md") else None
            for style in STYLES if law else ():
                compared += 1
                try:
                    text = reading.read(STYLES[style](law).encode(), member.name)
                except Unreadable:
                    different += 1
                else:
                    different += not same(law, text)
    assert compared > 200
    assert different <= compared * 0.03
