"""A signed certificate for paper, screen and machines."""

import json
from typing import TypedDict

from certificates.models import Certificate
from certificates.queries.credentials import newest
from certificates.rules import offline
from certificates.rules.verifying import ENVELOPE

CONTEXT = "https://www.w3.org/ns/credentials/v2"


class Signed(TypedDict):
    """What a PDF carries: `credential` for its attachment, `offline` for the second code, `keyword` for its keywords."""

    credential: str
    offline: str
    keyword: str


def on_paper(certificate: Certificate) -> Signed:
    """What was signed for a certificate, each "" while it waits for its signature. One statement."""
    found = newest(certificate)
    token, text = (found.token, found.offline) if found else ("", "")
    return Signed(credential=token, offline=text, keyword=offline.armoured(text))


def offline_text(certificate: Certificate) -> str:
    """The text of the code that proves a certificate without a network, or ""."""
    return on_paper(certificate)["offline"]


def pdf_keyword(certificate: Certificate) -> str:
    """The same as one word for the keywords of a PDF, or ""."""
    return on_paper(certificate)["keyword"]


def envelope(token: str) -> str:
    """A token as JSON document, the way W3C wraps it (EnvelopedVerifiableCredential)."""
    wrapped = {"@context": [CONTEXT], "id": f"{ENVELOPE}{token}", "type": "EnvelopedVerifiableCredential"}
    return json.dumps(wrapped, indent=1)
