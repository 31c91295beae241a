"""Laws name nobody: hardly a word of theirs is taken for a name or a number of a person, and masking ends."""

import pytest

from lianbing.library.rules import privacy

pytestmark = pytest.mark.real_input


@pytest.fixture
def texts(real_input):
    paths = sorted((real_input / "laws" / "lawrefbook_md").rglob("*.md"))
    return [path.read_text(encoding="utf-8") for path in paths]


def test_laws_are_hardly_ever_taken_for_persons(texts):
    found = [text[mark.start : mark.end] for text in texts for mark in privacy.find(text)]
    length = sum(map(len, texts))
    assert length > 500_000
    assert len(found) <= length / 200_000, found


def test_a_law_in_which_persons_were_put_gives_every_one_of_them_away(texts):
    for text in texts[:20]:
        body = text[:3000]
        told = f"{body}\n当事人张三，电话13800138000，车牌云A12345。\n{body}"
        found = {told[mark.start : mark.end] for mark in privacy.find(told)}
        assert {"张三", "13800138000", "云A12345"} <= found
