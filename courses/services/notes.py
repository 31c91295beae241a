"""A learner's own notes."""

import datetime
import uuid

from django.db import IntegrityError, transaction

from courses.models import Enrolment, Lesson, Note

LONGEST, MOST = 2000, 500


class CannotNote(Exception):
    """Nothing was saved. `code`: empty, long, many, theirs (the number is that of somebody else's note)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def write(
    *,
    enrolment: Enrolment,
    lesson: Lesson,
    uid: uuid.UUID,
    text: str,
    second: int | None,
    at: datetime.datetime,
) -> Note:
    """Keep a note, or the new words of one. The same note sent again is one note. Raises CannotNote."""
    # Half a character, as a text field cuts one at its limit, can be stored nowhere.
    words = text.replace("\x00", "").encode("utf-8", "ignore").decode().strip()
    if not words:
        raise CannotNote("empty")
    if len(words) > LONGEST:
        raise CannotNote("long")
    known = Note.objects.filter(uid=uid, enrolment=enrolment).first()
    if known is not None:
        if known.text != words:
            Note.objects.filter(pk=known.pk).update(text=words, changed_at=at)
            known.text, known.changed_at = words, at
        return known
    if Note.objects.filter(enrolment=enrolment).count() >= MOST:
        raise CannotNote("many")
    values = {"enrolment": enrolment, "lesson": lesson, "second": second, "text": words}
    try:
        with transaction.atomic():
            return Note.objects.create(uid=uid, made_at=at, changed_at=at, **values)
    except IntegrityError as error:
        known = Note.objects.filter(uid=uid, enrolment=enrolment).first()
        if known is None:
            raise CannotNote("theirs") from error
        return known


def remove(*, note: Note) -> None:
    """Throw a note of one's own away. Gone already is as good."""
    Note.objects.filter(pk=note.pk).delete()
