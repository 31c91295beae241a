"""Pictures of stems and explanations, as addresses or carried along."""

import base64
import uuid
from collections.abc import Iterable

from question_bank.models import QuestionPicture
from question_bank.rules.rich import pictures_in

CHUNK = 400


def picture(uid: uuid.UUID) -> QuestionPicture | None:
    """One picture, or None."""
    return QuestionPicture.objects.filter(uid=uid).first()


def carried(texts: Iterable[str]) -> dict[str, str]:
    """The pictures these texts show as data addresses by id, for pages that must do without a network.

    Ids nobody knows are missing. One statement for hundreds of pictures, none where no text shows one.
    """
    wanted = sorted({uid for text in texts for uid in pictures_in(text)})
    found: dict[str, str] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = QuestionPicture.objects.filter(
            uid__in=[uuid.UUID(one) for one in wanted[start : start + CHUNK]]
        )
        for one in rows:
            found[one.uid.hex] = f"data:{one.mime};base64,{base64.b64encode(bytes(one.data)).decode()}"
    return found


def unknown_pictures(texts: Iterable[str]) -> set[str]:
    """The ids these texts show of which there is no picture."""
    wanted = {uid for text in texts for uid in pictures_in(text)}
    if not wanted:
        return set()
    known = QuestionPicture.objects.filter(uid__in=[uuid.UUID(one) for one in wanted])
    return wanted - {uid.hex for uid in known.values_list("uid", flat=True)}
