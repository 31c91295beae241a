"""What a citation says, before anything is looked up."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Unit(IntEnum):
    """条, 款, 项, 目: the smaller the finer, as the number in a place's tuple."""

    ARTICLE = 0
    PARAGRAPH = 1
    ITEM = 2
    SUBITEM = 3


class Nearness(StrEnum):
    """How a place came to its law: named right before it, earlier in the sentence, or in the text.

    `OWN` is 本法 (the law in which the citation stands), `NONE` a place before any law was named.
    """

    NAMED = "named"
    SENTENCE = "sentence"
    TEXT = "text"
    OWN = "own"
    NONE = "none"


@dataclass(frozen=True)
class Place:
    """A place in a law: 0 where a part is not named."""

    number: int = 0
    suffix: int = 0
    paragraph: int = 0
    item: int = 0
    subitem: int = 0

    @property
    def article(self) -> tuple[int, int]:
        """Number and 之."""
        return self.number, self.suffix


@dataclass(frozen=True)
class Here:
    """Where a text stands: an article of a law, the 款 and 项 of the words read (0: not known)."""

    number: int
    suffix: int = 0
    paragraph: int = 0
    item: int = 0


@dataclass(frozen=True)
class Relative:
    """本条, 前款, 前两条: counted from where the citation stands. `back` 0 is the unit itself; `count` > 1
    names the units from `back` places before up to the one directly before."""

    unit: Unit
    back: int = 0


@dataclass(frozen=True)
class Reference:
    """One place, or one range of places, that a text points at.

    `number` is 0 where only the law is named, and for 前款 and the like, which `relative` describes.
    `paragraph`, `item` and `subitem` (款, 项, 目) are 0 where the text names none. `to` is the end of a
    range (第五条至第八条), itself included. `year` is that of a named edition (2021年修订), 0 for none.

    Not compared: `text`, law and place as written; `start` and `end`, where the citation stands in the
    text; `nearness`; `run`, the characters before a law named without 《》, of which `law_title` is a guess.
    """

    law_title: str
    number: int = 0
    suffix: int = 0
    paragraph: int = 0
    item: int = 0
    text: str = field(default="", compare=False)
    subitem: int = 0
    to: Place | None = None
    year: int = 0
    own: bool = False
    relative: Relative | None = None
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)
    nearness: Nearness = field(default=Nearness.NAMED, compare=False)
    run: str = field(default="", compare=False)

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.number, self.suffix, self.paragraph, self.item, self.subitem)
