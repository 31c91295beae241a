"""前款, 前两条, 本条第二款: from where a text stands to the place it means."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lianbing.library.rules.citations.references import Here, Place, Reference, Unit

Key = tuple[int, int]


def placed(reference: Reference, here: Here, order: Sequence[Key]) -> Reference | None:
    """The reference with the article and 款 that its relative words mean; None where there is no such place.

    `order` are number and 之 of the law's articles, as they follow each other.
    """
    relative = reference.relative
    if relative is None:
        return reference
    if relative.unit is Unit.ARTICLE and relative.back:
        return _articles_before(reference, relative.back, here, order)
    own = replace(reference, number=here.number, suffix=here.suffix, relative=None, to=_end(reference, here))
    if relative.unit is Unit.ARTICLE:
        return own
    if relative.unit is Unit.PARAGRAPH:
        return _counted(own, "paragraph", here.paragraph, relative.back)
    if relative.unit is Unit.ITEM:
        return _counted(replace(own, paragraph=here.paragraph), "item", here.item, relative.back)
    return None


def _end(reference: Reference, here: Here) -> Place | None:
    """The end of a range inside this article: 本条第二款至第五款."""
    end = reference.to
    if end is None or end.number:
        return end
    paragraph = end.paragraph
    if reference.relative is not None and reference.relative.unit is Unit.PARAGRAPH:
        paragraph = here.paragraph - reference.relative.back
    return Place(here.number, here.suffix, paragraph, end.item, end.subitem)


def _articles_before(reference: Reference, back: int, here: Here, order: Sequence[Key]) -> Reference | None:
    try:
        index = list(order).index((here.number, here.suffix))
    except ValueError:
        return None
    if index - back < 0:
        return None
    first, last = order[index - back], order[index - 1]
    end = Place(*last) if back > 1 else None
    return replace(reference, number=first[0], suffix=first[1], relative=None, to=end)


def _counted(own: Reference, unit: str, now: int, back: int) -> Reference | None:
    """`back` units before this one; several end with the one directly before."""
    first = now - back
    if first < 1:
        return None
    counted: dict[str, Any] = {unit: first}
    found = replace(own, **counted)
    if back > 1:
        found = replace(found, to=replace(found.place, **{unit: now - 1}))
    return found
