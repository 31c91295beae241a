"""Chinese text cut into pairs of neighbouring characters, so that any database finds a word of two.

擅自占用 becomes 擅自 自占 占用 用: one token a character, the last one alone. A word is found as the phrase of
its pairs, and that is exact: the lone character at the end of every run keeps the pairs of two runs apart.
Runs of other letters and of digits are one token each.
"""

import re
from operator import add

FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLDING = {
    **{code: char.lower() for code, char in FULL_WIDTH.items()},
    **{code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)},
    0x3000: " ",
}
HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_HAN_CHARACTER = re.compile(rf"[{HAN}]")
# Stands where something that is no letter parts a run of Chinese from one of other letters.
GAP = "_"


def fold(text: str) -> str:
    """The text as compared: half-width and in lower case. One character stays one character."""
    return text.translate(_FOLDING)


def is_han(char: str) -> bool:
    """Whether a character counts as Chinese here: ideographs, 〇, and those of private use in old files."""
    return _HAN_CHARACTER.match(char) is not None


def runs(text: str) -> list[str]:
    """The runs of letters of a text, folded: of Chinese, or of other letters and digits."""
    return _RUN.findall(fold(text))


def tokens(text: str) -> list[str]:
    """What is stored for a text, in order."""
    found: list[str] = []
    end, was_han = -1, True
    # Folding moves no border of a run, so only what is no Chinese needs it; a law is read a character at a time.
    for match in _RUN.finditer(text):
        run = match.group()
        han = is_han(run[0])
        if end >= 0 and end != match.start() and not (han and was_han):
            found.append(GAP)
        if han:
            found += map(add, run, run[1:])
            found.append(run[-1])
        else:
            found.append(fold(run))
        end, was_han = match.end(), han
    return found


def phrase(word: str) -> tuple[list[str], bool]:
    """What is looked for when a word is: tokens that follow each other, and whether the last is a beginning.

    A word without any letter gives no token. Pieces that are parted by anything but letters are parted
    in the stored text too.
    """
    found = tokens(word)
    if not found or not is_han(found[-1][0]):
        return found, False
    if len(found) > 1 and len(found[-2]) == 2 and is_han(found[-2][0]):
        return found[:-1], False
    return found, True
