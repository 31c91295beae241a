"""How the text on a page stands: today, and on the day the reader asked for."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lianbing.library.models import LawEdition
from lianbing.library.queries import LawLine
from lianbing.library.rendering.timelines import LABELS, TONES, day
from lianbing.library.rules import law_header
from lianbing.library.rules.validity import Validity

ALERTS = {
    Validity.PENDING: "info",
    Validity.AMENDED: "warn",
    Validity.REPEALED: "bad",
    Validity.UNKNOWN: "warn",
}


@dataclass(frozen=True)
class Standing:
    """The mark of a text. `warning` is empty for one in force today; `then` speaks of the day asked for.

    `held_then`: whether the text held on that day. `now`: the edition that holds today, where it is
    another one. `cite`: how the law is cited from this text, with its date where it does not hold today.
    """

    state: Validity
    label: Any
    tone: str
    warning: str
    alert: str
    then: str
    held_then: bool
    now: LawEdition | None
    cite: str


def standing(
    line: LawLine, edition: LawEdition, *, asked: datetime.date | None, today: datetime.date
) -> Standing:
    """The mark of `edition` among all editions of its law."""
    state = line.validity(today)[edition.pk]
    current = line.on(today)
    held = line.on(asked) if asked else None
    held_then = held is not None and held.pk == edition.pk
    return Standing(
        state=state,
        label=LABELS[state],
        tone=TONES[state],
        warning=_warning(state, line, edition),
        alert=ALERTS.get(state, ""),
        then=_then(asked, held_then),
        held_then=held_then,
        now=current if current is not None and current.pk != edition.pk else None,
        cite=_cite(edition, state),
    )


def _warning(state: Validity, line: LawLine, edition: LawEdition) -> str:
    period = next(period for period in line.timeline.periods if period.span.key == edition.pk)
    words = {"start": day(period.start), "end": day(period.end), "by": edition.repealed_by}
    if state == Validity.PENDING:
        return _("This text is not in force yet. It holds from %(start)s.") % words
    if state == Validity.AMENDED:
        if period.empty:
            return _("This text never held: a later edition began first.")
        return _("This text is out of date. It was replaced on %(end)s.") % words
    if state == Validity.REPEALED:
        if edition.repealed_by:
            return _("This text was repealed on %(end)s by: %(by)s") % words
        return _("This text was repealed on %(end)s.") % words
    if state == Validity.UNKNOWN:
        return _(
            "This text states no date. Nobody can tell from it since when it holds, or whether it still does."
        )
    return ""


def _then(asked: datetime.date | None, held: bool) -> str:
    if asked is None:
        return ""
    if held:
        return _("This is the text as of %(day)s.") % {"day": day(asked)}
    return _("This text did not hold on %(day)s.") % {"day": day(asked)}


def _cite(edition: LawEdition, state: Validity) -> str:
    """《行政处罚法》, and 《行政处罚法》（2017年9月1日版） for a text that does not hold today."""
    name = f"《{law_header.short(edition.law.title)}》"
    on = edition.published_on or edition.effective_on
    if state == Validity.IN_FORCE or on is None:
        return name
    return f"{name}（{on.year}年{on.month}月{on.day}日版）"
