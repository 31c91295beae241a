"""Files of published courses, and the pictures as the editor shows them."""

import mimetypes
import posixpath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from courses.models import CourseFile
from courses.queries.lessons import FILM, PDF
from lianbing.library.views.documents import send

PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
FOLDERS = ("images/", "original_images/")
# What a digest names never changes; whoever signs out leaves no copy for others (private).
KEPT = "private, max-age=86400, immutable"
POLICY = (
    "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)


@require_safe
def file(request: HttpRequest, file: int) -> HttpResponseBase:
    """A file that a published lesson shows. Films answer to ranges, so that a player can go back and forth."""
    found = get_object_or_404(CourseFile.objects.filter(uses__isnull=False).distinct(), pk=file)
    response = send(request, found, plays=found.content_type == FILM)
    if found.content_type in PICTURES | {PDF}:
        response["Content-Type"] = found.content_type
        response["Content-Disposition"] = response["Content-Disposition"].replace("attachment", "inline", 1)
        response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = KEPT
    return response


@require_safe
def cms_picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture as the editor shows it; only those whom the matrix lets into /cms/ come here."""
    del request
    kind = mimetypes.guess_type(name)[0]
    if kind not in PICTURES or not name.startswith(FOLDERS) or posixpath.normpath(name) != name:
        raise Http404
    try:
        response = FileResponse(default_storage.open(name, "rb"), content_type=kind)
    except (OSError, SuspiciousFileOperation):
        raise Http404 from None
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response
