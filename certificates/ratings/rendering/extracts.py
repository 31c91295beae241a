"""An extract of a personal file on paper, with its hash and the QR that leads to the comparison."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.ratings.models import Extract
from certificates.ratings.rules.extracts import grouped
from lianbing.kit import pdf, qr

TEMPLATE = Path(__file__).parent.parent / "typst" / "extract.typ"


def verify_url(extract: Extract) -> str:
    """The address where whoever holds the paper may compare the hash."""
    return f"{settings.PUBLIC_URL}{reverse('ratings:extract_verify', args=[extract.uid])}"


def facts(content: Mapping[str, Any]) -> list[list[str]]:
    """Who the extract is about and how they stood on the day, as pairs of label and text."""
    star = content["star"]
    return [
        [_("Full name"), content["name"]],
        [_("Staff number"), content["staff_number"]],
        [_("ID number"), content["id_number"] or "—"],
        [_("Category"), content["category"]],
        [_("Unit"), content["unit"] or "—"],
        [_("Post"), content["post"] or "—"],
        [_("Rank"), content["rank"] or "—"],
        [_("Joined on"), content["joined_on"] or "—"],
        [_("Enforcement certificate"), " ".join(filter(None, [content["duty"], content["certificate_no"]]))],
        [_("Star level"), "—" if star is None else ngettext("%(n)s star", "%(n)s stars", star) % {"n": star}],
        [_("Hours in all"), content["hours"]],
    ]


def extract_pdf(extract: Extract) -> bytes:
    """The extract as PDF, from what was fixed when it was made: the same bytes whenever it is printed."""
    content = extract.content
    made = timezone.localtime(extract.made_at)
    data = {
        "issuer": str(settings.SITE_NAME),
        "title": _("Extract of a personal file"),
        "as_of": _("As of %(day)s") % {"day": content["as_of"]},
        "purpose": _("Purpose: %(text)s") % {"text": extract.purpose},
        "facts": facts(content),
        "headings": [_("Day"), _("Kind of entry"), _("What"), _("Hours"), _("Score"), _("Note")],
        "rows": content["entries"],
        "years": content["years"],
        "year_heading": _("Hours by year"),
        "hash_heading": _("Hash (SHA-256)"),
        "hash": grouped(extract.digest),
        "made": _("Made by %(name)s, %(moment)s") % {"name": _made_by(extract), "moment": _moment(made)},
        "scan": _("Scan to compare the hash"),
        "signature": _("Personnel office (seal)"),
        "page": _("Page"),
    }
    return pdf.render(
        TEMPLATE, data, files={"qr.svg": qr.svg(verify_url(extract)).encode()}, at=extract.made_at
    )


def _made_by(extract: Extract) -> str:
    return str(extract.by.get("name", ""))


def _moment(at: datetime.datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
