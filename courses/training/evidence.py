"""Files that prove something: what may be kept, seen from its content and never from its name."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

LARGEST_MB = 10
LARGEST = LARGEST_MB * 1024 * 1024
MOST_PIXELS = 60_000_000
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
ACCEPT = "image/jpeg,image/png,application/pdf"


class EvidenceRefused(Exception):
    """A file that cannot be kept; the text names it and says why."""


@dataclass(frozen=True)
class Evidence:
    """A file that may be kept. `name` is what the reader sees, with the ending its content has."""

    name: str
    content_type: str
    data: bytes
    digest: str


def read(upload: UploadedFile) -> Evidence:
    """The file as evidence: a JPEG or PNG image or a PDF, at most 10 MB. Raises EvidenceRefused."""
    name = PurePath(str(upload.name or "")).name[:120] or _("file")
    if (upload.size or 0) > LARGEST:
        raise EvidenceRefused(_("%(name)s is larger than %(most)s MB.") % {"name": name, "most": LARGEST_MB})
    data = upload.read()
    if not data:
        raise EvidenceRefused(_("%(name)s is empty.") % {"name": name})
    content_type = _content_type(data)
    if not content_type:
        raise EvidenceRefused(_("%(name)s is neither a JPEG or PNG image nor a PDF.") % {"name": name})
    shown = PurePath(name).stem[:110] + ENDINGS[content_type]
    return Evidence(shown, content_type, data, hashlib.sha256(data).hexdigest())


def _content_type(data: bytes) -> str:
    """The type the content has, "" for anything else. An image must be whole enough to be opened."""
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]:
        return "application/pdf"
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            if image.width * image.height > MOST_PIXELS:
                return ""
            kind = image.format
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return ""
    return "image/png" if kind == "PNG" else "image/jpeg"
