"""Numbers belong to one person: within a file, and against what the register holds."""

from django.utils.translation import gettext as _

from certificates.formats.reading import QUALIFICATIONS, Book
from certificates.models import EnforcementCertificate, Qualification
from certificates.rules.taking_over import CARDS
from certificates.services.enforcement.changing import Oneself
from certificates.services.register_shapes import AT_ONCE, Entry, Plan, place, rows_of


def numbers_once(book: Book, made: Plan) -> None:
    """A number belongs to one person: in the file, and against the register."""
    wanted = {entry.holding.newest.number: entry for entry in reversed(made.entries) if entry.holding.newest}
    taken: dict[str, int | None] = {}
    numbers = sorted(wanted)
    for begin in range(0, len(numbers), AT_ONCE):
        rows = EnforcementCertificate.objects.filter(certificate_no__in=numbers[begin : begin + AT_ONCE])
        taken |= dict(rows.values_list("certificate_no", "pk"))
    for entry in list(made.entries):
        number = entry.holding.newest.number if entry.holding.newest else ""
        holder = taken.get(number)
        if holder is not None and (entry.row is None or entry.row.pk != holder):
            message = _("Number %(number)s stands in the register for somebody else.") % {"number": number}
        elif wanted.get(number) is not entry and number:
            other = place(book, wanted[number].officer_id)[1]
            message = _("The number %(number)s stands in row %(row)d too.") % {"number": number, "row": other}
        else:
            continue
        _withdraw(book, made, entry, message)


def _withdraw(book: Book, made: Plan, entry: Entry, message: str) -> None:
    sheet, row = place(book, entry.officer_id)
    book.fail(sheet, row, "certificate_no" if sheet == CARDS else "kind", message)
    made.entries.remove(entry)
    made.counts["created" if entry.is_new else "updated"] -= len(rows_of(entry.steps))


def qualifications(book: Book, own: set[int], made: Plan) -> None:
    """Qualifications that are new; one that stands for the same person is here already."""
    numbers = sorted({row.number for row in book.qualifications})
    held: dict[tuple[str, str], int] = {}
    for begin in range(0, len(numbers), AT_ONCE):
        rows = Qualification.objects.filter(number__in=numbers[begin : begin + AT_ONCE], struck_at=None)
        for row in rows.select_related("officer"):
            held[row.kind, row.number] = row.officer.merged_into_id or row.officer_id
    for said in book.qualifications:
        holder = held.get((said.kind, said.number))
        if said.officer_id in own:
            book.fail(QUALIFICATIONS, said.row, "staff_number", str(Oneself()))
        elif holder is None:
            held[said.kind, said.number] = said.officer_id
            made.qualifications.append(said)
            made.counts["created"] += 1
        elif holder == said.officer_id:
            made.counts["unchanged"] += 1
        else:
            message = _("Number %(number)s stands in the register for somebody else.")
            book.fail(QUALIFICATIONS, said.row, "number", message % {"number": said.number})
