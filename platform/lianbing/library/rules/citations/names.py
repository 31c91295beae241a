"""The names a law goes by, as they are compared."""

import re

from lianbing.library.rules import law_text
from lianbing.library.rules.law_header import STATE

BRACKETS = str.maketrans(
    {"(": "（", ")": "）", "＜": "〈", "＞": "〉", "<": "〈", ">": "〉", "《": "〈", "》": "〉"}
)


def title(law: str) -> str:
    """A law's name as compared: without blanks, with one kind of brackets."""
    return law_text.bare(law).translate(BRACKETS)


def without_closing_brackets(name: str) -> str:
    """A name without a （试行） at its end."""
    return re.sub(r"（[^（）]*）$", "", name) or name


def name_keys(full_title: str) -> set[str]:
    """Every way a law may be called: in full, without 中华人民共和国, without a closing （试行）."""
    names = {title(full_title)}
    names |= {name.removeprefix(STATE) or name for name in names}
    return names | {without_closing_brackets(name) for name in names}
