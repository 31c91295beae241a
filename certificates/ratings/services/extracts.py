"""Making an extract of a personal file for selection and posting (R66): dated, hashed, signed, on record."""

import datetime
import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.ratings.models import Extract
from certificates.ratings.queries.extracts import content_of
from certificates.ratings.rules import extracts as rules
from certificates.rules import signing
from certificates.services import keys
from lianbing.kit import audit
from lianbing.people.models import Officer
from lianbing.people.rules import Actor

STREAM = "ratings"


class NoExtract(Exception):
    """The extract cannot be made; the text says why."""


def make_extract(
    *, officer: Officer, as_of: datetime.date, purpose: str, by: Actor, at: datetime.datetime
) -> Extract:
    """The extract of what had been recorded by the end of `as_of`. Raises NoExtract.

    A day to come has no file yet, and whoever asks must say what for.
    """
    if as_of > timezone.localtime(at).date():
        raise NoExtract(_("The file of a day to come is not written yet."))
    purpose = purpose.strip()
    if len(purpose) < 2:
        raise NoExtract(_("Say what the extract is for."))
    content = content_of(officer, as_of=as_of, reader=by)
    uid, sha256 = uuid.uuid4(), rules.digest(content)
    words = rules.signed_words(uid=str(uid), sha256=sha256, made_at=at.astimezone(datetime.UTC).isoformat())
    try:
        key, private = keys.current(at=at)
    except OSError as error:
        raise NoExtract(str(error)) from error
    with transaction.atomic():
        made = Extract.objects.create(
            uid=uid,
            officer=officer,
            as_of=as_of,
            purpose=purpose[:120],
            content=content,
            digest=sha256,
            kid=key.kid,
            signature=signing.sign_bytes(words, private),
            made_at=at,
            by=by.snapshot(),
        )
        audit.record(
            stream=STREAM,
            action="extract_made",
            by=by,
            at=at,
            subject=officer,
            reason=purpose[:300],
            as_of=as_of.isoformat(),
            sha256=sha256,
        )
    return made


def record_printing(*, extract: Extract, by: Actor, at: datetime.datetime) -> None:
    """An extract leaves the system on paper: who took it is on record."""
    audit.record(
        stream=STREAM,
        action="extract_printed",
        by=by,
        at=at,
        subject=extract.officer,
        sha256=extract.digest,
    )
