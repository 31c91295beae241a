"""What a design of a training certificate may say and look like. Pure Python.

A training certificate is the bureau's own paper: no words, seal or colours that make it look like the
state's enforcement card (行政处罚法 art. 42, 行政执法证件 are issued by the justice departments) or like a
paper of another authority, and never the national emblem or flag (国徽法 art. 13, 国旗法 art. 18).
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any

LAYOUTS = ("classic", "banner", "plain")
SHAPES = ("landscape", "portrait")
BORDERS = ("double", "single", "corners", "none")
QR_PLACES = ("right", "left", "top")
FIELDS = (
    "name",
    "unit",
    "title",
    "exam",
    "score",
    "hours",
    "valid_from",
    "valid_until",
    "first_issued_on",
)
FORBIDDEN = (
    "执法证",
    "执法资格",
    "执法人员资格",
    "行政执法人员证",
    "执法监督证",
    "中华人民共和国",
    "国徽",
    "国旗",
)
LONGEST = {"heading": 16, "sentence": 200, "signatory": 30, "seal_text": 20}
INK_CONTRAST, ACCENT_CONTRAST = 4.5, 3.0
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_FIELD = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Design:
    """One look. Texts may be empty: an empty heading, sentence or signatory is filled as before designs were.

    `ink` colours the text, `accent` the title, frames and bands; both as #rrggbb.
    """

    layout: str = "classic"
    shape: str = "landscape"
    border: str = "double"
    ink: str = "#13233f"
    accent: str = "#7d601f"
    heading: str = ""
    sentence: str = ""
    signatory: str = ""
    seal_text: str = ""
    qr: str = "right"


@dataclass(frozen=True)
class Problem:
    """What is wrong: the field, a code, and what to put into the sentence that explains it."""

    field: str
    code: str
    params: tuple[tuple[str, str], ...] = ()


def read(said: Mapping[str, Any]) -> Design:
    """A design from its stored form; what a later release knows more of takes its default."""
    known = {one.name for one in fields(Design)}
    return Design(**{name: str(value) for name, value in said.items() if name in known})


def written(design: Design) -> dict[str, str]:
    """The stored form of a design."""
    return asdict(design)


def forbidden_in(text: str) -> str:
    """The first forbidden word of a text, or "". Blanks, full width and marks between signs hide nothing."""
    bare = re.sub(r"[^\w]", "", text)
    return next((word for word in FORBIDDEN if word in bare), "")


def problems(design: Design) -> list[Problem]:
    """Everything wrong with a design, by field; [] when it may be used."""
    found = [*_choices(design), *_texts(design), *_colours(design)]
    found += [
        Problem("sentence", "unknown_field", (("field", name),))
        for name in _FIELD.findall(design.sentence)
        if name not in FIELDS
    ]
    if "{" in _FIELD.sub("", design.sentence) or "}" in _FIELD.sub("", design.sentence):
        found.append(Problem("sentence", "braces"))
    return found


def _choices(design: Design) -> list[Problem]:
    allowed = {"layout": LAYOUTS, "shape": SHAPES, "border": BORDERS, "qr": QR_PLACES}
    return [
        Problem(name, "choice") for name, values in allowed.items() if getattr(design, name) not in values
    ]


def _texts(design: Design) -> list[Problem]:
    found = []
    for name, most in LONGEST.items():
        text = getattr(design, name)
        if len(text) > most:
            found.append(Problem(name, "long", (("most", str(most)),)))
        word = forbidden_in(text)
        if word:
            found.append(Problem(name, "forbidden", (("word", word),)))
    return found


def _colours(design: Design) -> list[Problem]:
    found = []
    for name, least in (("ink", INK_CONTRAST), ("accent", ACCENT_CONTRAST)):
        colour = getattr(design, name)
        if not _COLOUR.fullmatch(colour):
            found.append(Problem(name, "colour"))
        elif contrast(colour) < least:
            found.append(Problem(name, "pale"))
    return found


def contrast(colour: str) -> float:
    """Contrast of #rrggbb on white paper, 1 to 21 (WCAG 2.1)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def filled(sentence: str, values: Mapping[str, str]) -> str:
    """A sentence with its fields filled; a field this certificate has nothing for becomes a dash."""
    return _FIELD.sub(lambda match: values.get(match[1]) or "—", sentence)


def plain(figure: Decimal | None) -> str:
    """A figure as it is printed, "" = none: 92.00 -> 92, 92.50 -> 92.5."""
    return "" if figure is None else format(figure.normalize(), "f")


def shares_two_colours(red: float, gold: float) -> bool:
    """Whether a seal picture shows red and gold together, as emblem and flag do. Shares of its coloured dots.

    A seal is of one colour, so this keeps out what may never stand on a certificate and hardly anything else.
    """
    return red >= 0.08 and gold >= 0.04
