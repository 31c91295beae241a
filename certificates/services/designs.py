"""Keeping designs of training certificates: save, seal picture, in use or not."""

import datetime
import io
import warnings
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from certificates.models import CertificateDesign, DesignVersion
from certificates.permissions.training import may_manage_rules
from certificates.rules.designs import Design, Problem, problems, shares_two_colours, written
from certificates.services.issuing import STREAM
from lianbing.kit import audit
from lianbing.people.rules import Actor

MOST_SEAL_BYTES = 2 * 1024 * 1024
MOST_SEAL_PIXELS = 16_000_000
SMALL_SEAL = 40 * 1024
SEAL_FORMATS = ("PNG", "JPEG", "WEBP")


class DesignRefused(Exception):
    """This cannot be saved; the message says why."""


def check_seal(data: bytes) -> bytes:
    """A seal picture drawn anew as PNG with a clear ground, at most 480 dots wide. Raises DesignRefused.

    Red and gold together are refused: the national emblem and the flag may not stand on a certificate.
    """
    if len(data) > MOST_SEAL_BYTES:
        raise DesignRefused(_("The picture of the seal is larger than 2 MB."))
    picture = _opened(data)
    if min(picture.size) * 3 < max(picture.size):
        raise DesignRefused(_("A seal is about as wide as high; this picture is not."))
    if shares_two_colours(*_shares(picture)):
        raise DesignRefused(
            _(
                "The picture shows red and gold as the national emblem and flag do. They may not stand on a "
                "training certificate; a seal has one colour."
            )
        )
    return _small(picture)


def _small(picture: Image.Image) -> bytes:
    """The picture as PNG, smaller until a certificate with it stays below 200 kB, however noisy the scan."""
    drawn = b""
    for side, colours in ((480, 64), (360, 32), (240, 16), (160, 8)):
        picture.thumbnail((side, side))
        target = io.BytesIO()
        picture.quantize(colours).save(target, "PNG", optimize=True)
        drawn = target.getvalue()
        if len(drawn) <= SMALL_SEAL:
            break
    return drawn


def _opened(data: bytes) -> Image.Image:
    """The picture with its transparency; white paper around a scanned seal becomes clear."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=SEAL_FORMATS)
            if opened.width * opened.height > MOST_SEAL_PIXELS:
                raise DesignRefused(_("The picture of the seal has too many dots."))
            return opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise DesignRefused(_("This is no picture in PNG, JPEG or WebP.")) from error


def _shares(picture: Image.Image) -> tuple[float, float]:
    """Which shares of the coloured dots are red and gold."""
    small = picture.copy()
    small.thumbnail((120, 120))
    hues, saturations, lights = (band.tobytes() for band in small.convert("RGB").convert("HSV").split())
    clear = small.getchannel("A").tobytes()
    coloured = [
        hue
        for hue, depth, light, seen in zip(hues, saturations, lights, clear, strict=True)
        if seen > 128 and depth > 100 and light > 100
    ]
    if not coloured:
        return 0.0, 0.0
    red = sum(hue < 12 or hue > 240 for hue in coloured)
    gold = sum(24 <= hue <= 46 for hue in coloured)
    return red / len(coloured), gold / len(coloured)


def save_design(
    *,
    design: CertificateDesign | None,
    title: str,
    active: bool,
    look: Design,
    seal: bytes | None,
    by: Actor,
    at: datetime.datetime,
) -> CertificateDesign:
    """Save a design (None = a new one); it holds for certificates issued from now on.

    A version no certificate names yet is written over, else there is a new one. `seal`: None = as before,
    b"" = none, else a picture from `check_seal`. Raises DesignRefused.
    """
    if not may_manage_rules(by):
        raise DesignRefused(_("HR of the whole bureau keeps the designs."))
    found = problems(look)
    if found:
        raise DesignRefused(" ".join(explained(found)))
    others = CertificateDesign.objects.exclude(pk=design.pk) if design else CertificateDesign.objects.all()
    if others.filter(title=title).exists():
        raise DesignRefused(_("There is a design of this name."))
    with transaction.atomic():
        if design is None:
            held = CertificateDesign.objects.create(title=title, active=active, created_at=at)
        else:
            held = CertificateDesign.objects.select_for_update().get(pk=design.pk)
            held.title, held.active = title, active
            held.save(update_fields=["title", "active"])
        version = _version(held, look, seal, by, at)
        audit.record(
            stream=STREAM,
            action="design_saved",
            by=by,
            at=at,
            subject=held,
            subject_name=title,
            version=version.number,
            active=active,
            look=written(look),
        )
    return held


def _version(
    held: CertificateDesign, look: Design, seal: bytes | None, by: Actor, at: datetime.datetime
) -> DesignVersion:
    """The version that holds from now on: the newest one where it is open or says the same, else a new one."""
    newest = held.versions.order_by("-number").first()
    drawn = bytes(newest.seal) if newest is not None and seal is None else seal or b""
    said = written(look)
    if newest is not None and newest.spec == said and bytes(newest.seal) == drawn:
        return newest
    if newest is not None and newest.frozen_at is None:
        moved = DesignVersion.objects.filter(pk=newest.pk, frozen_at=None).update(
            spec=said, seal=drawn, saved_at=at, by=by.snapshot()
        )
        if moved == 1:
            newest.refresh_from_db()
            return newest
    number = 1 + (newest.number if newest is not None else 0)
    return DesignVersion.objects.create(
        design=held, number=number, spec=said, seal=drawn, saved_at=at, by=by.snapshot()
    )


def explained(found: Iterable[Problem]) -> list[str]:
    """Each problem as a sentence."""
    return [_sentence(one) for one in found]


def _sentence(problem: Problem) -> str:
    sentences = {
        "choice": _("Choose one of the offered values."),
        "long": _("At most %(most)s characters."),
        "forbidden": _(
            "“%(word)s” may not stand on a training certificate: it is neither an enforcement card nor a paper "
            "of the state."
        ),
        "colour": _("A colour is written as # and six digits."),
        "pale": _("This colour is too pale to be read on white paper."),
        "unknown_field": _("There is no field {%(field)s}."),
        "braces": _("Braces come in pairs and hold the name of a field."),
    }
    return sentences[problem.code] % dict(problem.params)
