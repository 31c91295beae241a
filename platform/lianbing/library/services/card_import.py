"""Importing cards from a workbook: all or nothing, or the good rows alone. They come in for review."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lianbing.kit import audit
from lianbing.kit.spreadsheets import RowError, Sheet, SpreadsheetError
from lianbing.library.formats.card_checking import Checker, Entry
from lianbing.library.models import Card, CardVersion
from lianbing.library.queries.cards import whole
from lianbing.library.rendering.cards import text_of
from lianbing.library.services import cards as writing
from lianbing.people.models import Post
from lianbing.people.rules import Actor

AT_ONCE = 500


@dataclass
class CardsReport:
    """What an import did, or would do."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The keys of the outside contract and no others."""
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "errors": [error.as_dict() for error in self.errors],
        }


def import_cards(
    *,
    sheets: Sequence[Sheet],
    by: Actor,
    at: datetime.datetime,
    file: str = "",
    skip_bad_rows: bool = False,
    dry_run: bool = False,
) -> CardsReport:
    """Bring in the cards of these sheets as drafts that lie with the legal section.

    With errors nothing is saved unless `skip_bad_rows`. A card whose newest version says the same is left
    alone; one that somebody is writing on is an error. Raises SpreadsheetError when the sheets hold no cards.
    """
    try:
        with transaction.atomic():
            return _import(sheets, by, at, file, skip_bad_rows, dry_run)
    except writing.CardMoved as error:
        raise SpreadsheetError(
            _("Somebody else changed the same cards at this moment. Import the file again.")
        ) from error


def _import(
    sheets: Sequence[Sheet], by: Actor, at: datetime.datetime, file: str, skip_bad_rows: bool, dry_run: bool
) -> CardsReport:
    checker = Checker(sheets, set(Post.objects.values_list("name", flat=True)))
    if not checker.table.rows:
        raise SpreadsheetError(
            _("The sheet “%(sheet)s” has headings but no cards.") % {"sheet": checker.table.sheet}
        )
    entries = checker.entries()
    newest = _newest({entry.code for entry in entries})
    fresh, changed, unchanged = _parted(entries, newest, checker, by)
    order = {name: place for place, name in enumerate(dict.fromkeys(one.sheet for one in checker.errors))}
    errors = sorted(checker.errors, key=lambda error: (order[error.sheet], error.row))
    report = CardsReport(rows=len(checker.table.rows), errors=errors)
    if errors and not skip_bad_rows:
        return report
    report.created, report.updated, report.unchanged = len(fresh), len(changed), unchanged
    if (fresh or changed) and not dry_run:
        for entry in [*fresh, *changed]:
            _store(entry, newest.get(entry.code), file, by, at)
        _record(report, file, by, at)
    return report


def _newest(codes: set[str]) -> dict[str, CardVersion]:
    """The newest version of each of these cards, by code."""
    found: dict[str, CardVersion] = {}
    listed = sorted(codes)
    for start in range(0, len(listed), AT_ONCE):
        cards = Card.objects.filter(code__in=listed[start : start + AT_ONCE]).values_list("latest", flat=True)
        versions = whole(CardVersion.objects.filter(pk__in=list(cards)))
        found |= {version.card.code: version for version in versions}
    return found


def _parted(
    entries: Sequence[Entry], newest: dict[str, CardVersion], checker: Checker, by: Actor
) -> tuple[list[Entry], list[Entry], int]:
    """What is new, what is changed, and how many say what the newest version says."""
    fresh, changed, unchanged = [], [], 0
    for entry in entries:
        version = newest.get(entry.code)
        if version is None:
            fresh.append(entry)
        elif text_of(version) == entry.text:
            unchanged += 1
        elif version.is_draft and set(version.writers) - {by.user_id}:
            message = _("%(name)s is writing on this card. Let the draft be approved or discarded first.")
            checker.fail(entry.row, "code", message % {"name": version.author_name or "—"})
        else:
            changed.append(entry)
    return fresh, changed, unchanged


def _store(entry: Entry, newest: CardVersion | None, file: str, by: Actor, at: datetime.datetime) -> None:
    """One card as a draft that waits for the legal section, in the place of an imported draft."""
    seen = newest.edits if newest is not None and newest.is_draft else 0
    if newest is not None and newest.is_draft and newest.card.state == Card.State.IN_REVIEW:
        writing.take_back(version=newest, by=by, at=at)
    reason = _("Imported from %(file)s") % {"file": file} if file else ""
    version = writing.save_draft(code=entry.code, text=entry.text, reason=reason, seen=seen, by=by, at=at)
    writing.submit(version=version, by=by, at=at)


def _record(report: CardsReport, file: str, by: Actor, at: datetime.datetime) -> None:
    audit.record(
        stream=writing.STREAM,
        action="import_cards",
        by=by,
        at=at,
        subject_name=file[:200],
        rows=report.rows,
        created=report.created,
        updated=report.updated,
        unchanged=report.unchanged,
        refused=len({(error.sheet, error.row) for error in report.errors}),
    )
