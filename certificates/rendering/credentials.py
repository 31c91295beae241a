"""A signed certificate for paper, screen and machines."""

from typing import TypedDict

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate
from certificates.queries.credentials import newest
from certificates.rules import offline
from lianbing.kit import qr


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


def offline_element(certificate: Certificate) -> SafeString | None:
    """The code that proves a certificate without a network, for a page; None while it waits for its signature."""
    text = on_paper(certificate)["offline"]
    return mark_safe(qr.svg(text)) if text else None


# What each refusal of a file or code means, for people to read.
REASONS = {
    "unreadable": _("This is not a signed certificate: neither its file nor the text of its code."),
    "unsigned": _("This certificate carries no signature; anybody can have written it."),
    "address_only": _(
        "This is the address in the first code. Open it in a browser, or take the second code."
    ),
    "nothing_inside": _("This PDF carries no signed certificate."),
    "malformed": _("It is not whole, or was changed."),
    "bad_algorithm": _("It is not signed the way certificates are signed."),
    "unknown_key": _("The key that signed it is not one of the keys given, or was given up."),
    "bad_key": _("The file of public keys cannot be read."),
    "bad_signature": _("The signature is not good: something was changed, or somebody else signed it."),
    "not_a_certificate": _("It is signed, but it is no certificate."),
    "not_yet_valid": _("Its time has not begun."),
    "expired": _("Its time has run out; it is no longer good."),
    "revoked": _("It was revoked and is no longer good."),
    "status_of_another_list": _("The status list given is not the one of this certificate."),
    "status_expired": _("The status list given is too old, or its time is to come. Fetch a new one."),
    "status_malformed": _("The status list given is not whole, or was changed."),
    "status_wrong_status_list": _("What was given as status list is none."),
    "status_bad_algorithm": _("The status list is not signed the way certificates are signed."),
    "status_unknown_key": _("The key that signed the status list is not one of the keys given."),
    "status_bad_signature": _("The signature of the status list is not good."),
}
CHECKS = {
    "form": _("the form is whole"),
    "key": _("the key is known"),
    "signature": _("the signature is good"),
    "shape": _("it says what a certificate says"),
    "begun": _("its time has begun"),
    "not_ended": _("its time has not run out"),
    "not_revoked": _("it is not revoked"),
}
