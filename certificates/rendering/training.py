"""A certificate on paper, and the address its QR carries."""

from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from certificates.models import Certificate
from lianbing.kit import pdf, qr

TEMPLATE = Path(__file__).parent.parent / "typst" / "certificate.typ"


def verify_url(certificate: Certificate) -> str:
    """The public address where anybody may check it: what the QR says."""
    path = reverse("certificates:verify", args=[certificate.uid])
    return f"{settings.PUBLIC_URL}{path}"


def qr_element(certificate: Certificate) -> SafeString:
    """The QR as an element for a page. It holds our own address only, so it is safe as it is."""
    return mark_safe(qr.svg(verify_url(certificate)))


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate as PDF, from what was fixed at issue; a revoked one says so across the sheet.

    The same certificate in the same state gives the same bytes. Load `events` with it.
    """
    printed = certificate.snapshot
    data = {
        "issuer": printed.get("issuer") or str(settings.SITE_NAME),
        "title": printed["title"],
        "name": printed["name"],
        "staff_number": printed["staff_number"],
        "number": certificate.number,
        "sentence": _sentence(certificate),
        "revoked": _("Revoked") if certificate.revocation else "",
        "facts": [
            [_("Number"), certificate.number],
            [_("Unit"), printed["unit"]],
            [_("Valid from"), certificate.valid_from.isoformat()],
            [_("Valid until"), certificate.valid_until.isoformat()],
        ],
        "labels": {
            "kind": _("Training certificate"),
            "staff_number": _("Staff number"),
            "scan": _("Scan to verify"),
            "not_a_card": _(
                "An internal training certificate. It is not an administrative enforcement card "
                "and may not be shown in place of one."
            ),
        },
    }
    drawn = {"qr.svg": qr.svg(verify_url(certificate)).encode()}
    return pdf.render(TEMPLATE, data, files=drawn, at=certificate.issued_at)


def _sentence(certificate: Certificate) -> str:
    exam = certificate.snapshot.get("exam")
    if exam:
        return _("has passed the exam “%(exam)s” and is awarded this certificate.") % {"exam": exam}
    return _("has met the requirements and is awarded this certificate.")
