"""Files of a course, kept as they were when it was published: under their digest, each once."""

import datetime
import hashlib
import mimetypes
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from wagtail.documents.models import Document
from wagtail.images.models import Image

from courses.models import CourseFile
from courses.queries.lessons import FILM, RENDITION, Prepared, reader
from courses.rules import mp4

CHUNK = 1024 * 1024


class FileGone(Exception):
    """A file that a lesson shows is not on the disk any more. The first argument is its name."""


def keep_all(lessons: Iterable[Prepared], at: datetime.datetime) -> dict[str, CourseFile]:
    """Keep every file of these lessons. Returns them by the name of their reference (`name_of`).

    Done before the course is published and outside its transaction: copying a film takes a while, and a kept
    file that no edition shows does no harm. Raises FileGone.
    """
    kept: dict[str, CourseFile] = {}
    for lesson in lessons:
        for reference in references(lesson.body):
            name = name_of(reference)
            if name not in kept:
                kept[name] = _keep(reference, at)
    return kept


def references(body: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The references to files in a body."""
    found = []
    for part in body:
        found += list(part.get("pages", ()))
        if part.get("file"):
            found.append(part["file"])
    return found


def name_of(reference: Mapping[str, Any]) -> str:
    """What tells one reference of a draft from another."""
    return f"document:{reference['document']}" if "document" in reference else f"image:{reference['image']}"


def frozen(body: Iterable[Mapping[str, Any]], kept: Mapping[str, CourseFile]) -> list[dict[str, Any]]:
    """The body of a draft with its files replaced by the kept ones."""
    return [_frozen(part, kept) for part in body]


def _frozen(part: Mapping[str, Any], kept: Mapping[str, CourseFile]) -> dict[str, Any]:
    made = dict(part)
    if made.get("file"):
        made["file"] = _reference(made["file"], kept)
    if "pages" in made:
        made["pages"] = [_reference(page, kept) for page in made["pages"]]
    return made


def _reference(reference: Mapping[str, Any], kept: Mapping[str, CourseFile]) -> dict[str, Any]:
    file = kept[name_of(reference)]
    return {
        "pk": file.pk,
        "name": reference["name"],
        "type": file.content_type,
        "seconds": file.seconds,
        "alt": reference.get("alt", ""),
    }


def _keep(reference: Mapping[str, Any], at: datetime.datetime) -> CourseFile:
    try:
        if "document" in reference:
            document = Document.objects.get(pk=reference["document"])
            return _store(document.file, document.filename, reference["type"], at)
        image = Image.objects.get(pk=reference["image"])
        rendition = image.get_rendition(RENDITION)
        name = PurePosixPath(rendition.file.name).name
        return _store(rendition.file, name, mimetypes.guess_type(name)[0] or "image/png", at)
    except (OSError, Document.DoesNotExist, Image.DoesNotExist) as error:
        raise FileGone(str(reference["name"])) from error


def _store(stored: Any, name: str, kind: str, at: datetime.datetime) -> CourseFile:
    """The row of a file with this content, made when there is none."""
    with stored.open("rb") as file:
        digest = _digest(file)
        known = CourseFile.objects.filter(sha256=digest).first()
        if known is not None:
            return known
        length = mp4.seconds(reader(file), stored.size) if kind == FILM else 0
        file.seek(0)
        wanted = f"courses/{digest}{PurePosixPath(name).suffix.lower()[:8]}"
        path = wanted if default_storage.exists(wanted) else default_storage.save(wanted, file)
    try:
        with transaction.atomic():
            return CourseFile.objects.create(
                sha256=digest,
                name=name[:255],
                content_type=kind,
                size=stored.size,
                seconds=length,
                file=path,
                kept_at=at,
            )
    except IntegrityError:  # somebody kept the same file meanwhile
        return CourseFile.objects.get(sha256=digest)


def _digest(file: Any) -> str:
    found = hashlib.sha256()
    while part := file.read(CHUNK):
        found.update(part)
    return found.hexdigest()
