"""What taking over an older register would do. Reads only; `services.register_import` writes."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext as _

from certificates.formats.reading import Book
from certificates.models import EnforcementCertificate, EnforcementEvent
from certificates.models.enforcement_labels import STATE_LABELS
from certificates.queries.enforcement_rules import in_force
from certificates.rules.enforcement import NATIONAL_LAW
from certificates.rules.taking_over import (
    CARDS,
    CHANGES_SHEET,
    ENTERED,
    REPLACING,
    Card,
    Problem,
    Step,
    Unreadable,
    history,
)
from certificates.services.enforcement.changing import Oneself, refusal_text
from certificates.services.enforcement.words import sentence
from certificates.services.register_numbers import numbers_once, qualifications
from certificates.services.register_shapes import AT_ONCE, Entry, Plan, event_of, place, rows_of
from certificates.state.enforcement import Holding, Illegal, State, apply, replay, start
from lianbing.people.models import Officer
from lianbing.people.rules import Actor


def plan(book: Book, *, by: Actor, today: datetime.date) -> Plan:
    """Sort what the book says into new, added to, and here already. Errors are noted in the book."""
    made = Plan()
    officers = {*book.cards, *book.reviews, *book.changes}
    stored, own, laws = _stored(officers), _own(by), in_force().laws
    for officer_id in sorted(officers, key=lambda pk: _first_row(book, pk)):
        if not _may(book, officer_id, own, laws, made, today):
            continue
        if officer_id in book.spoilt:
            _left_out(book, officer_id)
            continue
        _one(book, officer_id, stored.get(officer_id), made, today)
    numbers_once(book, made)
    qualifications(book, own, made)
    return made


def _first_row(book: Book, officer_id: int) -> tuple[bool, int]:
    card = book.cards.get(officer_id)
    return (card is None, card.row if card else 0)


def _own(by: Actor) -> set[int]:
    """The ids under which whoever brings the file is known."""
    if by.officer_id is None:
        return set()
    merged = Officer.objects.filter(Q(merged_into=by.officer_id)).values_list("pk", flat=True)
    return {by.officer_id, *merged}


def _may(book: Book, officer_id: int, own: set[int], laws: str, made: Plan, today: datetime.date) -> bool:
    """Whether a certificate of this person may be taken over at all."""
    person, where = book.people[officer_id], place(book, officer_id)
    if officer_id in own:
        book.fail(*where, "staff_number", str(Oneself()))
        return False
    why = "" if person.category == Officer.Category.OFFICER else person.category
    left = person.left_on is not None and person.left_on <= today
    if not why and left and not _ends(book, officer_id):
        why = "left"
    if why:
        law = laws if why == "auxiliary" else NATIONAL_LAW
        book.fail(*where, "staff_number", refusal_text(why, law))
        made.refused.append((officer_id, why))
    return not why


def _ends(book: Book, officer_id: int) -> bool:
    """Whether the file itself says that the certificate was cancelled or revoked."""
    card = book.cards.get(officer_id)
    said = {change.kind for change in book.changes.get(officer_id, [])}
    return bool(said & {"cancelled", "revoked"}) or (
        card is not None and card.state in {"cancelled", "revoked"}
    )


def _left_out(book: Book, officer_id: int) -> None:
    """Say of a good row that it waits for the others: half a history would be a wrong one."""
    where = place(book, officer_id)
    if where[1] not in book.cells[where[0]].faulty:
        message = _("Left out, because other rows about this person are wrong.")
        book.fail(*where, "staff_number", message)


def _stored(officers: Collection[int]) -> dict[int, tuple[EnforcementCertificate, list[EnforcementEvent]]]:
    """The holdings of these people and of records merged into them, with their events. Two statements each 500."""
    found: dict[int, tuple[EnforcementCertificate, list[EnforcementEvent]]] = {}
    ids = sorted(officers)
    for begin in range(0, len(ids), AT_ONCE):
        some = ids[begin : begin + AT_ONCE]
        rows = EnforcementCertificate.objects.filter(
            Q(officer__in=some) | Q(officer__merged_into__in=some)
        ).select_related("officer")
        for row in sorted(rows, key=lambda one: one.officer.merged_into_id is None):
            found[row.officer.merged_into_id or row.officer_id] = (row, [])
        events: dict[int, list[EnforcementEvent]] = defaultdict(list)
        for event in EnforcementEvent.objects.filter(certificate__in=rows).order_by("number"):
            events[event.certificate_id].append(event)
        for row, kept in found.values():
            kept.extend(events.pop(row.pk, []))
    return found


def _one(
    book: Book,
    officer_id: int,
    stored: tuple[EnforcementCertificate, list[EnforcementEvent]] | None,
    made: Plan,
    today: datetime.date,
) -> None:
    card = book.cards.get(officer_id)
    try:
        # A card may be good from a day still ahead; it is in the register from today on.
        steps = [replace(one, on=min(one.on, today)) for one in _steps(book, officer_id, card)]
    except Unreadable as error:
        _tell(book, error.problem)
        return
    row, events = stored or (None, [])
    if not events and card is None:
        book.fail(
            *place(book, officer_id),
            "staff_number",
            _("There is no certificate of this person, neither in the file nor in the register."),
        )
        return
    known = [step for step in steps if events and _known(step, events)]
    fresh = [step for step in steps if step not in known]
    holding = _folded(book, events, fresh)
    if holding is None or not _agrees(book, card, holding, fresh, is_new=not events):
        return
    made.counts["unchanged"] += len(rows_of(known) - rows_of(fresh))
    made.counts["updated" if events else "created"] += len(rows_of(fresh))
    if fresh:
        made.entries.append(Entry(officer_id, row, fresh, holding, is_new=not events))


def _steps(book: Book, officer_id: int, card: Card | None) -> list[Step]:
    reviews, changes = book.reviews.get(officer_id, []), book.changes.get(officer_id, [])
    if card is not None:
        return history(card, reviews, changes)
    replacing = next((one for one in changes if one.kind in REPLACING), None)
    if replacing is not None:
        raise Unreadable(Problem(CHANGES_SHEET, replacing.row, "kind", "no_card"))
    first = min([one.on for one in reviews] + [one.on for one in changes])
    bare = Card(0, officer_id, "-", "", first, first, first + datetime.timedelta(days=1))
    return history(bare, reviews, changes)[1:]


def _known(step: Step, events: Sequence[EnforcementEvent]) -> bool:
    """Whether the register has this already: the same change on the same day, a review of the same year."""
    if step.kind == ENTERED:
        return True
    if step.kind == "reviewed":
        said = (step.data["year"], step.data["result"])
        return any(
            (event.data.get("year"), event.data.get("result")) == said
            for event in events
            if event.kind == "reviewed"
        )
    return any(event.kind == step.kind and event.on == step.on for event in events)


def _folded(book: Book, events: Sequence[EnforcementEvent], fresh: Sequence[Step]) -> Holding | None:
    """The holding after the new steps, or None where one does not fit; that is noted at its row."""
    holding = replay(event.as_event() for event in events) if events else start()
    for step in fresh:
        try:
            holding = apply(holding, event_of(step))
        except Illegal as error:
            key = {ENTERED: "certificate_no", "reviewed": "on"}.get(step.kind, "kind")
            key = "state" if step.sheet == CARDS and key == "kind" else key
            book.fail(step.sheet, step.row, key, sentence(error))
            return None
    return holding


def _agrees(book: Book, card: Card | None, holding: Holding, fresh: Sequence[Step], *, is_new: bool) -> bool:
    """Whether what the card's row says is what the register would say afterwards."""
    if card is None:
        return True
    if is_new:
        said = card.state or ("" if any(step.sheet == CHANGES_SHEET for step in fresh) else "active")
        if said and holding.state.value != said:
            message = _("By the reviews and changes of this file the certificate is “%(state)s”.")
            book.fail(CARDS, card.row, "state", message % {"state": STATE_LABELS[State(holding.state)]})
            return False
        return True
    link = next((one for one in holding.chain if one.number == card.number), None)
    key = "certificate_no"
    if link is not None:
        pairs = (("valid_from", link.valid_from), ("valid_until", link.valid_until))
        key = next((name for name, day in pairs if getattr(card, name) != day), "")
        if not key and card.first_issued_on not in (None, holding.first_issued_on):
            key = "first_issued_on"
    if key:
        message = _("The register says otherwise. Correct it there, or record what changed.")
        book.fail(CARDS, card.row, key, message)
    return not key


def _tell(book: Book, problem: Problem) -> None:
    messages = {
        "since_when": lambda: _("Write since when, or put the change on the sheet of changes."),
        "old_until_missing": lambda: _(
            "A renewal says until when the certificate was good that it replaced."
        ),
        "before_first": lambda: _("This day lies before the first issue of the certificate."),
        "first_after_first_end": lambda: _("The first certificate ends before its first day."),
        "no_card": lambda: _("A new card needs its row on the sheet of certificates."),
    }
    book.fail(problem.sheet, problem.row, problem.key, messages[problem.code]())
