"""References written out again. What is written reads back as the same reference."""

from collections.abc import Iterable
from enum import StrEnum

from lianbing.library.rules.citations.references import Place, Reference, Unit
from lianbing.library.rules.law_header import STATE
from lianbing.library.rules.numerals import to_chinese


class Style(StrEnum):
    """《中华人民共和国行政处罚法》（2021年）第六十三条第一款第（二）项; the same without the name of the state
    and the year, and 第二项; the same with 第63条第1款第2项."""

    FULL = "full"
    SHORT = "short"
    ARABIC = "arabic"


def write(reference: Reference, style: Style = Style.FULL) -> str:
    """One reference. A law that is named only comes out as 《…》; 前款 as it was."""
    return _law(reference, style) + _places(reference, style)


def write_all(references: Iterable[Reference], style: Style = Style.FULL) -> str:
    """Several references, each law named once: 《甲法》第三条、第五条第一款，《乙法》第二条."""
    out, previous = "", None
    for reference in references:
        same = previous is not None and _law(previous, style) == _law(reference, style)
        same = same and bool(_places(reference, style)) and bool(_law(reference, style))
        joint = "" if previous is None else "、" if same else "，"
        out += joint + (_places(reference, style) if same else write(reference, style))
        previous = reference
    return out


def _law(reference: Reference, style: Style) -> str:
    if reference.relative is not None:
        return ""
    if reference.own:
        return "本法"
    if not reference.law_title:
        return ""
    name = reference.law_title
    if style is Style.SHORT:
        return f"《{name.removeprefix(STATE) or name}》"
    return f"《{name}》" + (f"（{reference.year}年）" if reference.year else "")


def _places(reference: Reference, style: Style) -> str:
    start = _relative(reference) + _place(reference.place, style)
    if reference.to is None:
        return start
    return f"{start}至{_place(_tail(reference.place, reference.to), style)}"


def _relative(reference: Reference) -> str:
    if reference.relative is None:
        return ""
    letter = "条款项目"[reference.relative.unit]
    back = reference.relative.back
    many = "" if back == 1 else "两" if back == 2 else to_chinese(back) if back else ""
    return f"{'前' if back else '本'}{many}{letter}"


def _tail(first: Place, last: Place) -> Place:
    """What of the range's end has to be said: 第一款至第三款 of one article needs no second 第…条."""
    if first.article != last.article:
        return last
    if first.paragraph != last.paragraph:
        return Place(0, 0, last.paragraph, last.item, last.subitem)
    if first.item != last.item:
        return Place(0, 0, 0, last.item, last.subitem)
    return Place(0, 0, 0, 0, last.subitem)


def _place(place: Place, style: Style) -> str:
    def number(value: int) -> str:
        return str(value) if style is Style.ARABIC else to_chinese(value)

    out = ""
    if place.number:
        out += f"第{number(place.number)}条" + (f"之{to_chinese(place.suffix)}" if place.suffix else "")
    if place.paragraph:
        out += f"第{number(place.paragraph)}款"
    if place.item:
        out += f"第（{number(place.item)}）项" if style is Style.FULL else f"第{number(place.item)}项"
    return out + (f"第{number(place.subitem)}{'条款项目'[Unit.SUBITEM]}" if place.subitem else "")
