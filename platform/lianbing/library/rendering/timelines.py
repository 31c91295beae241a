"""A law's time line in words: its editions, its gaps and what contradicts itself, newest first."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lianbing.library.models import Law, LawEdition
from lianbing.library.queries import LawLine
from lianbing.library.rules.validity import Clash, Conflict, Gap, Moment, Validity

LABELS = {
    Validity.PENDING: gettext_lazy("Not in force yet"),
    Validity.IN_FORCE: gettext_lazy("In force"),
    Validity.AMENDED: pgettext_lazy("edition", "Amended"),
    Validity.REPEALED: pgettext_lazy("edition", "Repealed"),
    Validity.UNKNOWN: gettext_lazy("Dates not stated"),
}
TONES = {
    Validity.PENDING: "info",
    Validity.IN_FORCE: "ok",
    Validity.AMENDED: "muted",
    Validity.REPEALED: "bad",
    Validity.UNKNOWN: "warn",
}


@dataclass(frozen=True)
class Row:
    """One line of the figure: an edition with its state today, or a gap (then `edition` is None)."""

    words: str
    edition: LawEdition | None = None
    label: Any = ""
    tone: str = "muted"
    shown: bool = False
    url: str = ""
    name: str = ""


def rows(line: LawLine, *, today: datetime.date, shown: LawEdition | None, keep: str) -> list[Row]:
    """The whole time line, newest first. `keep` is the query that keeps the day asked for."""
    states = line.validity(today)
    made: list[tuple[datetime.date, int, Row]] = []
    several = len(line.laws) > 1
    for place, period in enumerate(line.timeline.periods):
        edition = line.editions[place]
        state = states[edition.pk]
        row = Row(
            words=_period_words(period.start, None if period.empty else period.end, period.empty),
            edition=edition,
            label=LABELS[state],
            tone=TONES[state],
            shown=shown is not None and shown.pk == edition.pk,
            url=edition.get_absolute_url() + keep,
            name=str(edition.law) if several else "",
        )
        made.append((period.start or datetime.date.min, place, row))
    made += [(gap.start, len(line.editions), Row(words=gap_words(gap))) for gap in line.gaps]
    return [row for _day, _place, row in sorted(made, key=lambda one: one[:2], reverse=True)]


def _period_words(start: datetime.date | None, end: datetime.date | None, never: bool) -> str:
    words = {"start": day(start), "end": day(eve(end))}
    if never:
        return _("never held")
    if start is None:
        return _("until %(end)s") % words if end else _("since when is not known")
    return _("%(start)s to %(end)s") % words if end else _("since %(start)s") % words


def gap_words(gap: Gap) -> str:
    """The name of a gap."""
    return _("No edition held from %(start)s to %(end)s.") % {
        "start": day(gap.start),
        "end": day(eve(gap.end)),
    }


def eve(moment: datetime.date | None) -> datetime.date | None:
    """The day before, for a reader who counts both ends."""
    if moment is None or moment == datetime.date.min:
        return moment
    return moment - datetime.timedelta(days=1)


def day(moment: datetime.date | None) -> str:
    """A day as the library writes it."""
    return date_format(moment, "Y-m-d") if moment else ""


def clashes(line: LawLine) -> list[str]:
    """A sentence for everything that contradicts itself in the dates of the editions."""
    return sentences(line, line.timeline.clashes)


def sentences(line: LawLine, found: Iterable[Clash]) -> list[str]:
    """A sentence for each of these contradictions."""
    return [_clash(clash, [edition.slug for edition in line.about(clash)]) for clash in found]


def _clash(clash: Clash, names: list[str]) -> str:
    words = {
        "one": names[0],
        "other": names[-1],
        "start": day(clash.start),
        "end": day(clash.end),
        "eve": day(eve(clash.end)),
    }
    if clash.kind == Conflict.SAME_DAY:
        return _("The editions %(one)s and %(other)s begin on the same day; %(other)s counts.") % words
    if clash.kind == Conflict.NEVER_HELD:
        return _("The edition %(one)s never held: %(other)s was published later and began first.") % words
    if clash.kind == Conflict.OVERLAP:
        return (
            _("By its dates the edition %(one)s holds to %(eve)s, but %(other)s begins on %(start)s.") % words
        )
    if clash.kind == Conflict.ENDS_BEFORE_IT_BEGINS:
        return _("The edition %(one)s ends on %(end)s before it begins on %(start)s.") % words
    return (
        _("The edition %(one)s states %(start)s, a day before its publication; that counts as not stated.")
        % words
    )


def absent(line: LawLine, law: Law, on: datetime.date) -> dict[str, Any]:
    """Why no text of a law holds on a day, with the editions around that day."""
    before, after = line.before(on), line.after(on)
    moment = line.moment(on)
    gap = next((gap for gap in line.gaps if gap.start <= on < gap.end), None)
    words = {"law": str(law), "day": day(on)}
    if moment == Moment.GAP and gap is not None:
        title = _("On %(day)s no edition of this law held") % words
        text = gap_words(gap)
    elif moment == Moment.REPEALED:
        title = _("This law was repealed")
        text = _repeal_words(before or line.editions[-1])
    else:
        title = _("On %(day)s this law did not hold yet") % words
        text = ""
    return {"title": title, "text": text, "before": before, "after": after, "moment": moment}


def _repeal_words(edition: LawEdition) -> str:
    words = {"day": day(edition.effective_to), "by": edition.repealed_by}
    if not edition.effective_to:
        return ""
    if edition.repealed_by:
        return _("It holds no more since %(day)s. Repealed by: %(by)s") % words
    return _("It holds no more since %(day)s.") % words


@dataclass(frozen=True)
class Chip:
    """How a law stands, in a word. `follower`: the law it goes on as, where that is what it does."""

    label: Any
    tone: str
    follower: Law | None = None


MOMENTS = {
    Moment.NOT_YET: Chip(LABELS[Validity.PENDING], TONES[Validity.PENDING]),
    Moment.GAP: Chip(gettext_lazy("No text in force"), "warn"),
    Moment.REPEALED: Chip(LABELS[Validity.REPEALED], TONES[Validity.REPEALED]),
}


def chips(laws: Iterable[Law], lines: Mapping[int, LawLine], on: datetime.date) -> list[Chip]:
    """How each of these laws stands on a day."""
    return [_chip(law, lines[law.pk], on) for law in laws]


def _chip(law: Law, line: LawLine, on: datetime.date) -> Chip:
    held = line.on(on)
    if held is None:
        return MOMENTS[line.moment(on)]
    if held.law_id != law.pk:
        return Chip(gettext_lazy("Renamed"), "muted", held.law)
    state = line.validity(on)[held.pk]
    return Chip(LABELS[state], TONES[state])
