"""A lesson as a page shows it: the same for the preview beside the editor and for the learner's player.

    {% include "courses/authoring/_lesson.html" with pieces=pieces %}

where `pieces = rendering.lessons.pieces(lesson.body)`. One statement where it shows questions, else none. The
template begins its headings at h3 (a page gives h1 to the course and h2 to the lesson) and needs no script: a film
is a plain <video controls preload="metadata" data-film>, slides a row to swipe. Nothing about the key of a question
is in it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import mark_safe

from question_bank.queries.drawing import versions

Body = Sequence[Mapping[str, Any]]


def pieces(body: Body) -> list[dict[str, Any]]:
    """The parts of a body, ready for the template: files with their address, questions as versions.

    `body` is `Lesson.body` of a frozen edition, or that of a `Prepared` lesson in a draft.
    """
    known = versions(pk for part in body if part["kind"] == "questions" for pk in part["versions"])
    return [_piece(part, known) for part in body]


def _piece(part: Mapping[str, Any], known: Mapping[int, Any]) -> dict[str, Any]:
    piece = dict(part)
    for name in ("html", "facts", "comment"):
        if name in piece:
            # Only what the editor's own converter let through, or what we wrote ourselves and escaped.
            piece[name] = mark_safe(piece[name])
    if piece.get("file"):
        piece["file"] = addressed(piece["file"])
    if "pages" in piece:
        piece["pages"] = [addressed(page) for page in piece["pages"]]
    if "versions" in piece:
        piece["versions"] = [known[pk] for pk in piece["versions"] if pk in known]
    return piece


def addressed(file: Mapping[str, Any]) -> dict[str, Any]:
    """A file with the address it is read at; that of a draft has one already."""
    return {**file, "url": file.get("url") or reverse("courses:file", args=[file["pk"]])}


def files(body: Body) -> list[str]:
    """The addresses of all files of a body, such as a player keeps for the way."""
    found = [part.get("file") for part in body] + [page for part in body for page in part.get("pages", ())]
    return [addressed(file)["url"] for file in found if file]
