"""Which characters our fonts draw, and how the others are written."""

import pytest

from lianbing.kit.glyphs import lacking, spelled


@pytest.mark.parametrize("text", ["王小明", "𠮷䶮㛃㵘𫖯", "买买提江·阿不都", "（2026）A-9", "", " \n"])
def test_names_of_people_are_drawn(text):
    assert lacking(text) == []
    assert spelled(text) == text


def test_what_no_font_has_is_named_once_and_written_as_its_code():
    assert lacking("王\ue000\ue000\U000323af") == ["\ue000", "\U000323af"]
    assert spelled("王\ue000") == "王〔U+E000〕"
