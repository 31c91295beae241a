"""Photos and documents that show a session took place."""

import datetime
import hashlib

from django.db import transaction

from courses.training.models import Session, SessionFile
from courses.training.services.locks import STREAM, check_open
from lianbing.kit import audit
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor
from question_bank.services.pictures import NotAPicture, redrawn

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 30
PDF = "application/pdf"


class FileRefused(Exception):
    """A file is not taken. `code`: empty, too_large, too_many, kind."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def add_file(*, session: Session, name: str, data: bytes, by: Actor, at: datetime.datetime) -> SessionFile:
    """Keep a photo (drawn anew, without where and by which phone it was taken) or a PDF of at most 10 MB.

    What it is follows from its content, never from its name. Raises FileRefused, PeriodLocked.
    """
    kept, mime = _checked(data)
    with transaction.atomic():
        Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
        check_open(day_of(session.starts_at), session.unit)
        if SessionFile.objects.filter(session=session, removed_at=None).count() >= MOST_FILES:
            raise FileRefused("too_many")
        made = SessionFile.objects.create(
            session=session,
            name=name[-120:] or "file",
            mime=mime,
            data=kept,
            bytes=len(kept),
            sha256=hashlib.sha256(kept).hexdigest(),
            added_at=at,
            by=by.snapshot(),
        )
        audit.record(stream=STREAM, action="session_file_added", by=by, at=at, subject=made)
    return made


def _checked(data: bytes) -> tuple[bytes, str]:
    if not data:
        raise FileRefused("empty")
    if len(data) > MOST_BYTES:
        raise FileRefused("too_large")
    if data[:5] == b"%PDF-":
        return data, PDF
    try:
        kept, mime, _size = redrawn(data)
    except NotAPicture as error:
        raise FileRefused("kind") from error
    return kept, mime


def remove_file(*, file: SessionFile, by: Actor, at: datetime.datetime) -> None:
    """Take a file off the list; its content stays for the audit. Raises PeriodLocked."""
    with transaction.atomic():
        check_open(day_of(file.session.starts_at), file.session.unit)
        if SessionFile.objects.filter(pk=file.pk, removed_at=None).update(removed_at=at):
            audit.record(stream=STREAM, action="session_file_removed", by=by, at=at, subject=file)
