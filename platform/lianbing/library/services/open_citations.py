"""Finding the citations that lead nowhere, and what the legal section does about them.

The list is worked out anew, never written by hand: texts of laws once for each edition, everything else
and all that was open at every turn. What resolves leaves it.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator

from django.db import IntegrityError, transaction
from django.utils import timezone

from lianbing.kit import audit
from lianbing.library import ports, queries
from lianbing.library.models import AbsentLaw, CitationCheck, Law, LawEdition, LawName, OpenCitation
from lianbing.library.queries import CitationResolver, Problem, Resolution
from lianbing.library.queries import open_citations as reading
from lianbing.library.queries.open_citations import HANDBOOK, LAW
from lianbing.library.rendering.links import (
    SILENT,
    Linker,
    day_of,
    here_of,
    leads_nowhere,
    linker_inside,
    texts_of,
)
from lianbing.library.rules import citations, law_header, places
from lianbing.people.rules import Actor

EDITIONS_AT_ONCE = 40
ROWS_AT_ONCE = 500


class NameRefused(Exception):
    """The name cannot be given: `code` is taken (another law has it) or empty."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_some(*, at: datetime.datetime, limit: int = EDITIONS_AT_ONCE) -> int:
    """Look at the citations in the texts of some editions that wait for it. Returns how many were looked at."""
    today = timezone.localtime(at).date()
    editions = reading.unchecked(limit)
    lines = queries.lines_of({edition.law_id: edition.law for edition in editions}.values())
    for edition in editions:
        day = day_of(lines[edition.law_id], edition, today)
        rows = list(_open_in(edition, day))
        with transaction.atomic():
            OpenCitation.objects.filter(source=LAW, key=str(edition.pk)).delete()
            OpenCitation.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
            CitationCheck.objects.get_or_create(edition=edition, defaults={"checked_at": at})
    return len(editions)


def _open_in(edition: LawEdition, day: datetime.date) -> Iterator[OpenCitation]:
    """What the text of an edition cites in vain, each wording once."""
    rows = list(edition.articles.order_by("position").values_list("position", "label", "anchor", "text"))
    linker = linker_inside(edition, rows, day, preamble=edition.preamble)
    seen: set[str] = set()
    for _position, label, anchor, text in rows:
        for piece in places.pieces(text):
            for found in linker.resolutions(piece.text, here_of(anchor, piece)):
                words = _words(found)
                if leads_nowhere(found) and words not in seen:
                    seen.add(words)
                    url = f"{edition.get_absolute_url()}#{anchor}"
                    yield _row(LAW, str(edition.pk), found, str(edition.law), url, label)


def _words(found: Resolution) -> str:
    return found.reference.text if found.reference else ""


def _row(source: str, key: str, found: Resolution, title: str, url: str, place: str = "") -> OpenCitation:
    named = found.reference.law_title if found.reference else ""
    if not named and found.law is not None:
        named = citations.title(str(found.law))
    return OpenCitation(
        source=source,
        key=key,
        law_name=law_header.short(named)[:200],
        text=_words(found)[:300],
        code=str(found.problem),
        title=title[:300],
        url=url[:500],
        place=place[:60],
    )


def look_again(*, at: datetime.datetime) -> int:
    """Work out everything that may have changed: what was open, the handbook, the sources of the apps above.

    Returns how many citations of laws lead somewhere now or were stored by their source.
    """
    today = timezone.localtime(at).date()
    settled = _resolve_open(today)
    _replace(HANDBOOK, _open_in_handbook(today))
    for source in ports.waiting_sources():
        settled += source.settle(at)
        _replace(source.name, _open_at(source, today))
    OpenCitation.objects.filter(
        source=LAW,
        key__in=[str(pk) for pk in reading.checked_before_change().values_list("edition", flat=True)],
    ).delete()
    _forget_absent_that_came()
    return settled


def _resolve_open(today: datetime.date) -> int:
    """Try the open citations of laws once more; a law's own missing articles stay missing."""
    again = (Problem.UNKNOWN_LAW, Problem.NOT_IN_FORCE, Problem.MISSING_ARTICLE, Problem.AMBIGUOUS)
    waiting = OpenCitation.objects.filter(source=LAW, code__in=again)
    resolver, gone = CitationResolver(today), 0
    last = 0
    while rows := list(waiting.filter(pk__gt=last).order_by("pk")[:ROWS_AT_ONCE]):
        last = rows[-1].pk
        resolver.prepare(row.text for row in rows)
        done: list[int] = []
        codes: defaultdict[str, list[int]] = defaultdict(list)
        for row in rows:
            found = resolver.resolve(row.text)
            if found.article is not None:
                done.append(row.pk)
            elif found.problem not in SILENT and str(found.problem) != row.code:
                codes[str(found.problem)].append(row.pk)
        gone += OpenCitation.objects.filter(pk__in=done).delete()[0]
        for code, pks in codes.items():
            OpenCitation.objects.filter(pk__in=pks).update(code=code)
    return gone


def _open_in_handbook(today: datetime.date) -> list[OpenCitation]:
    entries = list(reading.entries())
    texts = {entry.pk: [entry.summary, *texts_of(entry)] for entry in entries}
    linker = Linker(today).prepare(text for found in texts.values() for text in found)
    made = []
    for entry in entries:
        for text in texts[entry.pk]:
            for found in linker.resolutions(text):
                if leads_nowhere(found):
                    made.append(_row(HANDBOOK, str(entry.pk), found, entry.title, entry.get_absolute_url()))
    return made


def _open_at(source: ports.WaitingSource, today: datetime.date) -> list[OpenCitation]:
    """The citations of an upper app that lead nowhere, with the first piece of each that does."""
    by_day: defaultdict[datetime.date, list[ports.Waiting]] = defaultdict(list)
    for one in source.everything():
        by_day[one.on or today].append(one)
    rows = []
    for day, waiting in sorted(by_day.items()):
        resolver = CitationResolver(day, decided=True)
        resolver.prepare(one.text for one in waiting)
        for one in waiting:
            found = next((f for f in resolver.resolve_all(one.text) if f.article is None), None)
            if found is not None:
                row = _row(source.name, one.key, found, one.title, one.url)
                row.text = one.text[:300]
                rows.append(row)
    return rows


@transaction.atomic
def _replace(source: str, rows: list[OpenCitation]) -> None:
    OpenCitation.objects.filter(source=source).delete()
    OpenCitation.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)


def _forget_absent_that_came() -> None:
    """A law marked as missing that the library holds now is missing no more."""
    names = list(AbsentLaw.objects.values_list("name", flat=True))
    came = [name for name, laws in queries.laws_named(names).items() if laws]
    AbsentLaw.objects.filter(name__in=came).delete()


def name_law(*, name: str, law: Law, by: Actor, at: datetime.datetime) -> int:
    """Say that `name` means `law`, and resolve what waits for it. Returns how many citations that were.

    Raises NameRefused when the name is empty or means another law already.
    """
    key = law_header.short(citations.title(name.strip("《》 　")))
    if not key:
        raise NameRefused("empty")
    try:
        with transaction.atomic():
            LawName.objects.create(name=key, law=law, given_at=at)
            AbsentLaw.objects.filter(name=key).delete()
            audit.record(stream="library", action="name_law", by=by, at=at, subject=law, name=key)
    except IntegrityError:
        raise NameRefused("taken") from None
    before = OpenCitation.objects.filter(law_name=key).count()
    look_again(at=at)
    return before - OpenCitation.objects.filter(law_name=key).count()


@transaction.atomic
def forget_name(*, name: LawName, by: Actor, at: datetime.datetime) -> None:
    """Take a name back; texts that lean on it are looked at anew."""
    if LawName.objects.filter(pk=name.pk).delete()[0]:
        CitationCheck.objects.all().delete()
        audit.record(
            stream="library", action="forget_law_name", by=by, at=at, subject=name.law, name=name.name
        )


@transaction.atomic
def mark_absent(*, name: str, absent: bool, by: Actor, at: datetime.datetime) -> None:
    """Say that the library lacks a law of this name, or take that back."""
    if absent:
        _row_made, changed = AbsentLaw.objects.get_or_create(name=name, defaults={"marked_at": at})
    else:
        changed = bool(AbsentLaw.objects.filter(name=name).delete()[0])
    if changed:
        action = "mark_law_absent" if absent else "unmark_law_absent"
        audit.record(stream="library", action=action, by=by, at=at, subject_name=name, name=name)
