"""Taking in a picture: whatever was uploaded is drawn anew, so that nothing else comes in with it."""

import datetime
import hashlib
import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from lianbing.kit import audit
from lianbing.people.rules import Actor
from question_bank.models import QuestionPicture
from question_bank.services.banks import STREAM

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
# A candidate's page carries its pictures with it, so that they are there without a network.
SIDE = 1280
SMALL_ENOUGH = 160 * 1024
QUALITIES = (85, 70, 55, 40)


class NotAPicture(ValueError):
    """`code`: too_large (bytes), too_many_pixels, unreadable."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def add_picture(*, data: bytes, by: Actor, at: datetime.datetime) -> QuestionPicture:
    """Keep a picture, at most 1280 pixels wide and high and about 160 kB. Raises NotAPicture."""
    made, mime, size = redrawn(data)
    sha256 = hashlib.sha256(made).hexdigest()
    known = QuestionPicture.objects.filter(sha256=sha256).first()
    if known is not None:
        return known
    picture = QuestionPicture.objects.create(
        data=made,
        mime=mime,
        width=size[0],
        height=size[1],
        sha256=sha256,
        uploaded_by_name=by.name,
        uploaded_at=at,
    )
    audit.record(stream=STREAM, action="picture_added", by=by, at=at, subject=picture)
    return picture


def redrawn(data: bytes) -> tuple[bytes, str, tuple[int, int]]:
    """The picture drawn anew: bytes, type, (width, height). Raises NotAPicture."""
    if len(data) > MOST_BYTES:
        raise NotAPicture("too_large")
    image = _opened(data)
    image.thumbnail((SIDE, SIDE))
    if image.mode in {"RGBA", "LA", "P"}:
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image.convert("RGBA"), mask=image.convert("RGBA").getchannel("A"))
        image = ground
    image = image.convert("RGB")
    flat = _written(image, "PNG", optimize=True)
    if len(flat) <= SMALL_ENOUGH:
        return flat, "image/png", image.size
    photos = (_written(image, "JPEG", quality=quality, optimize=True) for quality in QUALITIES)
    photo = b""
    for photo in photos:
        if len(photo) <= SMALL_ENOUGH:
            break
    return photo, "image/jpeg", image.size


def _opened(data: bytes) -> Image.Image:
    """The picture upright. Pixels are counted before any is read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise NotAPicture("too_many_pixels")
            return ImageOps.exif_transpose(image) or image
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, NotAPicture):
            raise
        raise NotAPicture("unreadable") from error


def _written(image: Image.Image, kind: str, **how: object) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **how)
    return target.getvalue()
