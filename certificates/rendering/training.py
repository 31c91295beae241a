"""A certificate on paper, and the address its QR carries."""

import base64
import datetime
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from PIL import Image

from certificates.models import Certificate
from certificates.rendering.credentials import on_paper
from certificates.rules.designs import Design, filled, written
from lianbing.kit import pdf, qr
from lianbing.kit.glyphs import lacking, spelled

ATTACHED = "credential.jwt"
TEMPLATE = Path(__file__).parent.parent / "typst" / "certificate.typ"


def verify_url(certificate: Certificate) -> str:
    """The public address where anybody may check it: what the QR says."""
    path = reverse("certificates:verify", args=[certificate.uid])
    return f"{settings.PUBLIC_URL}{path}"


def qr_element(certificate: Certificate) -> SafeString:
    """The QR as an element for a page. It holds our own address only, so it is safe as it is."""
    return mark_safe(qr.svg(verify_url(certificate)))


@dataclass(frozen=True)
class Paper:
    """One certificate to be drawn: what its sheet says, and the pictures it needs by file name."""

    sheet: dict[str, Any]
    files: dict[str, bytes]


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate as PDF, from what was fixed at issue; a revoked one says so across the sheet.

    Once signed it carries a second code that proves it without a network, and the credential as a file
    inside. The same certificate in the same state gives the same bytes, in whatever language one works.
    """
    with translation.override("zh-hans"):
        signed = on_paper(certificate)
        one = paper(certificate, offline=signed["offline"])
        token = signed["credential"]
        files = {**one.files, **({ATTACHED: token.encode()} if token else {})}
        data = _document([one], certificate.number, attached=bool(token), keyword=signed["keyword"])
        return pdf.render(TEMPLATE, data, files=files, at=certificate.issued_at)


def batch_pdf(certificates: Sequence[Certificate], at: datetime.datetime) -> bytes:
    """Many certificates in one file, a page each, in the order given. Load `events`, `design`, `credentials`."""
    with translation.override("zh-hans"):
        papers = [
            paper(one, place=place, offline=on_paper(one)["offline"])
            for place, one in enumerate(certificates)
        ]
        files = {name: data for one in papers for name, data in one.files.items()}
        return pdf.render(TEMPLATE, _document(papers, _("A batch")), files=files, at=at)


def sample_picture(design: Design, seal: bytes, *, issuer: str, dots_per_inch: int = 60) -> bytes:
    """What a design looks like, on the data of nobody, as PNG."""
    values = {
        "name": "张三丰𠮷",
        "unit": _("Squad One"),
        "title": _("Example of a certificate title"),
        "exam": _("Annual exam"),
        "score": "92",
        "hours": "40",
        "valid_from": "2026-01-01",
        "valid_until": "2027-12-31",
        "first_issued_on": "2024-01-01",
    }
    with translation.override("zh-hans"):
        one = _paper(
            _Said(
                values=values,
                number="YXPX-2026-000000",
                staff_number="DEMO001",
                issuer=issuer,
                issued_on=datetime.date(2026, 1, 1),
                sentence=_sentence(values["exam"]),
                address=f"{settings.PUBLIC_URL}/verify/00000000-0000-4000-8000-000000000000/",
            ),
            design,
            seal,
        )
        data = _document([one], _("Example"))
        return pdf.picture(TEMPLATE, data, files=one.files, dots_per_inch=dots_per_inch)


def page_picture(certificate: Certificate, *, dots_per_inch: int = 96) -> bytes:
    """The page of a certificate as PNG."""
    with translation.override("zh-hans"):
        one = paper(certificate, offline=on_paper(certificate)["offline"])
        data = _document([one], certificate.number)
        return pdf.picture(TEMPLATE, data, files=one.files, dots_per_inch=dots_per_inch)


@dataclass(frozen=True)
class _Said:
    """What a sheet says, whatever it looks like."""

    values: dict[str, str]
    number: str
    staff_number: str
    issuer: str
    issued_on: datetime.date
    sentence: str
    address: str
    revoked: str = ""
    offline: str = ""


def paper(certificate: Certificate, *, place: int = 0, offline: str = "") -> Paper:
    """The sheet of a certificate in the design it was issued under. `place` tells pictures of a batch apart."""
    printed, version = certificate.snapshot, certificate.design
    values = {
        "name": printed["name"],
        "unit": printed["unit"],
        "title": printed["title"],
        "exam": printed.get("exam") or printed.get("basis", ""),
        "score": printed.get("score", ""),
        "hours": printed.get("hours", ""),
        "valid_from": certificate.valid_from.isoformat(),
        "valid_until": certificate.valid_until.isoformat(),
        "first_issued_on": printed.get("first_issued_on", ""),
    }
    said = _Said(
        values=values,
        number=certificate.number,
        staff_number=printed["staff_number"],
        issuer=printed.get("issuer") or str(settings.SITE_NAME),
        issued_on=timezone.localtime(certificate.issued_at).date(),
        sentence=_sentence(printed.get("exam", ""), printed.get("basis", "")),
        address=verify_url(certificate),
        revoked=_("Revoked") if certificate.revocation else "",
        offline=offline,
    )
    if version is None:
        return _paper(said, Design(), b"", place)
    return _paper(said, version.look, bytes(version.seal), place)


def _paper(said: _Said, design: Design, seal: bytes, place: int = 0) -> Paper:
    """Text and pictures of a sheet. What no font draws is written as its code, and a note says so."""
    files = {f"qr-{place}.svg": qr.svg(said.address).encode()}
    if said.offline:
        files[f"offline-{place}.svg"] = qr.svg(said.offline).encode()
    # One file for all sheets of a batch that show the same seal.
    stamp = f"seal-{hashlib.sha256(seal).hexdigest()[:16]}.svg" if seal else ""
    if seal:
        files[stamp] = _seal_svg(seal)
    values = {name: spelled(text) for name, text in said.values.items()}
    sheet = {
        "design": written(design),
        "issuer": spelled(said.issuer),
        "heading": spelled(design.heading) or _("Training certificate"),
        "title": values["title"],
        "name": values["name"],
        "staff_number": f"{_('Staff number')} {said.staff_number}",
        "sentence": spelled(filled(design.sentence, values)) if design.sentence else spelled(said.sentence),
        "signatory": spelled(design.signatory),
        "signed_on": date_format(said.issued_on, _("j F Y")),
        "seal_text": spelled(design.seal_text),
        "revoked": said.revoked,
        "facts": _facts(said, values),
        "notes": _notes(said),
        "qr": f"qr-{place}.svg",
        "offline": f"offline-{place}.svg" if said.offline else "",
        "seal": stamp,
    }
    return Paper(sheet, files)


def _seal_svg(seal: bytes) -> bytes:
    """The PNG of a seal inside an SVG: typst is handed its files as text."""
    width, height = Image.open(io.BytesIO(seal)).size
    data = base64.b64encode(seal).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    ).encode()


def _facts(said: _Said, values: dict[str, str]) -> list[list[str]]:
    first = values["first_issued_on"]
    renewed = bool(first) and first != said.issued_on.isoformat()
    return [
        [_("Number"), said.number],
        [_("Unit"), values["unit"] or "—"],
        *([[_("First issued"), first]] if renewed else []),
        [_("Valid from"), values["valid_from"]],
        [_("Valid until"), values["valid_until"]],
    ]


def _notes(said: _Said) -> list[str]:
    """That a character stands there as its code, where our fonts do not have it."""
    codes = [f"U+{ord(sign):04X}" for sign in lacking("".join(said.values.values()))]
    if not codes:
        return []
    return [
        _("The printer's fonts lack %(codes)s; the code stands for the character.")
        % {"codes": "、".join(codes)}
    ]


def _document(
    papers: Sequence[Paper], name: str, *, attached: bool = False, keyword: str = ""
) -> dict[str, Any]:
    return {
        "document": f"{_('Training certificate')} {name}",
        "author": papers[0].sheet["issuer"],
        "keywords": [keyword] if keyword else [],
        "attached": ATTACHED if attached else "",
        "sheets": [one.sheet for one in papers],
        "labels": {
            "scan": _("Scan to verify"),
            "offline": _("Verify offline"),
            "seal": _("For training"),
            "not_a_card": _(
                "An internal training certificate. It is not an administrative enforcement card "
                "and may not be shown in place of one."
            ),
        },
    }


def _sentence(exam: str, basis: str = "") -> str:
    if exam:
        return _("has passed the exam “%(exam)s” and is awarded this certificate.") % {"exam": exam}
    if basis:
        return _("has completed “%(basis)s” and is awarded this certificate.") % {"basis": basis}
    return _("has met the requirements and is awarded this certificate.")
