"""A Word or PowerPoint file becomes the draft of a course."""

import datetime
import io
import uuid
from pathlib import PurePosixPath
from typing import Any

import PIL.Image
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.images.models import Image

from courses.formats import office
from courses.models import ContentCategory, CoursePage
from courses.rules.uploads import Drafted, draft
from courses.services.authoring import account, ensure_courses, write_course
from lianbing.people.rules import Actor

FORMATS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
MOST_PIXELS = 40_000_000


def course_from_file(
    *,
    data: bytes,
    file_name: str,
    title: str = "",
    category: ContentCategory | None = None,
    by: Actor,
    at: datetime.datetime,
) -> CoursePage:
    """Make the draft; what could not be taken over stands in its audit record under `lost`. Raises office.Unreadable."""
    found = office.read(data)
    stem = PurePosixPath(file_name.replace("\\", "/")).stem[:100] or "course"
    drafted = draft(found.blocks, title or stem)
    if not drafted.lessons:
        raise office.Unreadable("empty")
    lost = dict(found.lost)
    with transaction.atomic():
        ensure_courses()
        lessons = [_lesson(one, title or drafted.title or stem, lost, by) for one in drafted.lessons]
        return write_course(
            title=title or drafted.title or stem,
            lessons=lessons,
            category=category,
            by=by,
            at=at,
            action="course_uploaded",
            file=file_name[:200],
            lessons_made=len(lessons),
            lost=lost,
        )


def _lesson(drafted: Drafted, course: str, lost: dict[str, int], by: Actor) -> dict[str, Any]:
    body = []
    for kind, value in drafted.pieces:
        made = _picture(value, course, lost, by) if kind == "picture" else value
        if kind == "table":
            made = {"title": "", "rows": value}
        if made is not None:
            body.append({"type": kind, "value": made, "id": str(uuid.uuid4())})
    value = {
        "title": drafted.title,
        "minimum_minutes": drafted.minutes,
        "body": body,
        "check": [],
        "check_needed": None,
    }
    return {"type": "lesson", "value": value, "id": str(uuid.uuid4())}


def _picture(data: bytes, course: str, lost: dict[str, int], by: Actor) -> dict[str, Any] | None:
    """A picture of the file as one of the editor's; None where it is of a kind no browser shows, or too large."""
    try:
        with PIL.Image.open(io.BytesIO(data)) as opened:
            ending, pixels = FORMATS.get(opened.format or ""), opened.width * opened.height
            too_large = pixels > MOST_PIXELS
            if ending and not too_large:
                opened.verify()
    # Whatever the readers of a dozen formats raise over bytes that only pretend.
    except Exception:
        ending, too_large = None, False
    if ending is None or too_large:
        code = "pictures_large" if too_large else "pictures_kind"
        lost[code] = lost.get(code, 0) + 1
        return None
    name = f"{uuid.uuid4().hex[:12]}.{ending}"
    image = Image(title=course[:255], uploaded_by_user=account(by), file=ContentFile(data, name=name))
    image.save()
    return {"picture": image.pk, "caption": ""}
