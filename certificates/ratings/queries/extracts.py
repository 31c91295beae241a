"""What an extract says, and extracts made before."""

import datetime
import uuid
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from certificates.models import SigningKey
from certificates.models.enforcement_labels import STATE_LABELS
from certificates.queries.duty import standings
from certificates.ratings.models import Extract
from certificates.ratings.queries.stars import stars_on
from certificates.ratings.rules import extracts as rules
from certificates.rules import signing
from courses.training.queries.file import personal_file
from courses.training.rendering.file import KIND_NAMES
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import appointment_of, appointments_in
from lianbing.people.rules import Actor


def content_of(officer: Officer, *, as_of: datetime.date, reader: Actor) -> dict[str, Any]:
    """The file of a person by the end of a day as `reader` sees it, in the words that are printed.

    Who, where, duty by the register and star on that day, every entry, the hours in all and by year. JSON data.
    """
    place = appointment_of(officer, as_of)
    evening = timezone.make_aware(datetime.datetime.combine(as_of, datetime.time(23, 59, 59)))
    duty = standings([officer.pk], evening)[officer.pk]
    star = stars_on([officer.pk], as_of).get(officer.pk)
    found = personal_file(officer, as_of=as_of, reader=reader)
    return {
        "name": officer.name,
        "staff_number": officer.staff_number,
        "id_number": officer.id_number_masked,
        "category": str(officer.get_category_display()),
        "unit": place.unit.name if place else "",
        "post": place.post.name if place else "",
        "rank": place.rank if place else "",
        "joined_on": officer.joined_on.isoformat() if officer.joined_on else "",
        "as_of": as_of.isoformat(),
        "duty": str(STATE_LABELS[duty.state]),
        "certificate_no": duty.certificate_no,
        "star": star.level if star else None,
        "entries": [
            [
                entry.on.isoformat(),
                str(KIND_NAMES[entry.kind]),
                str(entry.title),
                "" if entry.hours is None else f"{entry.hours.normalize():f}",
                str(entry.score),
                str(entry.note),
            ]
            for entry in found.entries
        ],
        "hours": f"{found.hours.normalize():f}",
        "years": [[str(year), f"{hours.normalize():f}"] for year, hours in found.by_year],
    }


def extract_named(uid: uuid.UUID) -> Extract | None:
    """An extract with its person, or None."""
    return Extract.objects.filter(uid=uid).select_related("officer").first()


def extracts_in(unit_paths: list[str], on: datetime.date) -> QuerySet[Extract]:
    """Extracts of people who serve in these subtrees on a day, newest first, without what they say.

    For the whole bureau also of those who serve nowhere any more.
    """
    found = Extract.objects.select_related("officer").defer("content")
    if any(len(path) <= Unit.steplen for path in unit_paths):
        return found
    serving = appointments_in(unit_paths, on).filter(officer=OuterRef("officer"))
    return found.filter(Exists(serving))


def is_whole(extract: Extract) -> bool:
    """Whether what is stored still has the hash it was signed with, by a key of ours that is not known to others."""
    if rules.digest(extract.content) != extract.digest:
        return False
    key = SigningKey.objects.filter(kid=extract.kid).first()
    if key is None or key.compromised_at is not None:
        return False
    made_at = extract.made_at.astimezone(datetime.UTC).isoformat()
    words = rules.signed_words(uid=str(extract.uid), sha256=extract.digest, made_at=made_at)
    try:
        signing.verify_bytes(words, extract.signature, key.public)
    except signing.Untrusted:
        return False
    return True
