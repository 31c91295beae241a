"""Whether a file proves a certificate: form, algorithm, key, signature, shape, days, revocation, in this order.

Works from the file, public keys and (where given) a status list alone. What a file says is told only once its
signature is known to be good.
"""

import base64
import binascii
import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from certificates.rules import badges, offline, signing, status_list
from certificates.rules.badge_shape import moment, problems
from certificates.rules.signing import Key, Untrusted

TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*")
ADDRESS = re.compile(r"https?://\S+/verify/[0-9a-f-]{36}/?", re.IGNORECASE)
ENVELOPE = "data:application/vc+jwt,"
_NUMBERED = re.compile(r".+/verify/status/([1-9]\d{0,8})/")
# A clock that goes wrong by a little must not make a list of this minute one of the future.
SKEW = datetime.timedelta(minutes=5)

# What is looked at, in this order. A check that failed is the last one told.
FORM, KEY, SIGNATURE, SHAPE, BEGUN, NOT_ENDED, STATUS = (
    "form",
    "key",
    "signature",
    "shape",
    "begun",
    "not_ended",
    "not_revoked",
)
_WHICH = {"unknown_key": KEY, "bad_signature": SIGNATURE}


@dataclass
class Verdict:
    """What came of it. `reason` is a code, "" when valid; `said` is what the signed text says.

    `status` tells where revocation was looked up: "list", "register" or "" = nowhere.
    """

    kind: str = ""
    valid: bool = False
    reason: str = ""
    kid: str = ""
    said: dict[str, str] = field(default_factory=dict)
    checked: list[tuple[str, bool]] = field(default_factory=list)
    status: str = ""
    status_as_of: str = ""

    def passed(self, what: str) -> None:
        """Note that something is as it should be."""
        self.checked.append((what, True))

    def refuse(self, what: str, reason: str) -> "Verdict":
        """Note what is not."""
        self.checked.append((what, False))
        self.reason = reason
        return self


@dataclass(frozen=True)
class Trust:
    """What the reader goes by: public keys by kid, the moment, the local zone, and where to look up revocation.

    `lists` are texts of status lists. `register(number)` says whether that certificate is revoked, None where
    it cannot say; it is asked only where no list is given.
    """

    keys: Mapping[str, Key]
    at: datetime.datetime
    zone: datetime.tzinfo
    lists: tuple[str, ...] = ()
    register: Callable[[str], bool | None] | None = None


@dataclass(frozen=True)
class _Held:
    """What both forms of a certificate have in common once they are read."""

    begins: datetime.datetime
    ends: datetime.datetime
    list_number: int
    place: int


def verify(data: bytes, trust: Trust) -> Verdict:
    """Look at a file: a token, an enveloped credential (JSON), a PDF of ours, the text of a code."""
    verdict = Verdict()
    try:
        verdict.kind, text = _opened(data)
        held = (
            _read_offline(text, trust, verdict)
            if text.startswith(offline.FORMAT)
            else _read_token(text, trust, verdict)
        )
    except Untrusted as error:
        if error.code in _WHICH:
            verdict.passed(FORM)
        if error.code == "bad_signature":
            verdict.passed(KEY)
        return verdict.refuse(_WHICH.get(error.code, FORM), error.code)
    if held is None:
        return verdict.refuse(SHAPE, "not_a_certificate")
    return _dated(held, trust, verdict)


def _opened(data: bytes) -> tuple[str, str]:
    """(kind, text) of a file. Raises Untrusted."""
    if data.lstrip()[:5] == b"%PDF-":
        found = offline.inside_pdf(data)
        if not found:
            raise Untrusted("nothing_inside")
        return "pdf", found
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise Untrusted("unreadable") from None
    if text.startswith("{"):
        return "json", _enveloped(text)
    if text.startswith(offline.MARK):
        return "code", _unarmoured(text)
    if text.startswith(offline.FORMAT):
        return "code", text
    if ADDRESS.fullmatch(text):
        raise Untrusted("address_only")
    if not TOKEN.fullmatch(text):
        raise Untrusted("unreadable")
    return "token", text


def _enveloped(text: str) -> str:
    """The token in an EnvelopedVerifiableCredential. A credential without an envelope is signed by nobody."""
    document = signing.loads(text.encode())
    address = document.get("id")
    if isinstance(address, str) and address.startswith(ENVELOPE):
        return address.removeprefix(ENVELOPE)
    raise Untrusted("unsigned" if "credentialSubject" in document else "unreadable")


def _unarmoured(text: str) -> str:
    word = text.removeprefix(offline.MARK)
    try:
        return base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)).decode("utf-8")
    except (binascii.Error, ValueError):
        raise Untrusted("malformed") from None


def _read_token(text: str, trust: Trust, verdict: Verdict) -> _Held | None:
    payload, verdict.kid = signing.verify(text, trust.keys)
    _signed(verdict)
    status = payload.get("credentialStatus")
    begins, ends = moment(payload.get("validFrom")), moment(payload.get("validUntil"))
    if problems(payload) or not isinstance(status, Mapping) or begins is None or ends is None:
        return None
    address, place = status.get("statusListCredential"), str(status.get("statusListIndex"))
    if not isinstance(address, str) or not (match := _NUMBERED.fullmatch(address)) or not place.isdecimal():
        return None
    verdict.said = badges.said(payload)
    return _Held(begins, ends, int(match[1]), int(place))


def _read_offline(text: str, trust: Trust, verdict: Verdict) -> _Held:
    paper, verdict.kid = offline.read(text, trust.keys)
    _signed(verdict)
    begins, ends = badges.begins(paper.valid_from, trust.zone), badges.ends(paper.valid_until, trust.zone)
    verdict.said = {
        "number": paper.number,
        "name": paper.masked_name,
        "title": paper.title,
        "valid_from": paper.valid_from.isoformat(),
        "valid_until": paper.valid_until.isoformat(),
        "issuer": paper.issuer,
    }
    return _Held(begins, ends, paper.status_list, paper.status_index)


def _signed(verdict: Verdict) -> None:
    for what in (FORM, KEY, SIGNATURE):
        verdict.passed(what)


def _dated(held: _Held, trust: Trust, verdict: Verdict) -> Verdict:
    verdict.passed(SHAPE)
    if trust.at < held.begins:
        return verdict.refuse(BEGUN, "not_yet_valid")
    verdict.passed(BEGUN)
    if trust.at > held.ends:
        return verdict.refuse(NOT_ENDED, "expired")
    verdict.passed(NOT_ENDED)
    try:
        revoked = _revoked(held, trust, verdict)
    except Untrusted as error:
        return verdict.refuse(
            STATUS, error.code if error.code.startswith("status_") else f"status_{error.code}"
        )
    if revoked:
        return verdict.refuse(STATUS, "revoked")
    if verdict.status:
        verdict.passed(STATUS)
    verdict.valid = True
    return verdict


def _revoked(held: _Held, trust: Trust, verdict: Verdict) -> bool:
    """Whether it is revoked, as far as the reader can know. Raises Untrusted where the list given proves nothing."""
    if trust.lists:
        payload = _right_list(held, trust)
        verdict.status, verdict.status_as_of = "list", str(payload.get("validFrom", ""))
        return status_list.says_revoked(payload, place=held.place)
    known = trust.register(verdict.said["number"]) if trust.register else None
    verdict.status = "" if known is None else "register"
    return bool(known)


def _right_list(held: _Held, trust: Trust) -> Mapping[str, Any]:
    """The newest list given that is the certificate's own and still holds.

    It is known by its number: the key says whose it is, and the site may have moved since.
    """
    found: list[tuple[datetime.datetime, Mapping[str, Any]]] = []
    for text in trust.lists:
        payload, _kid = signing.verify(text.strip(), trust.keys)
        made = moment(payload.get("validFrom"))
        match = _NUMBERED.fullmatch(str(payload.get("id")))
        if made is not None and match is not None and int(match[1]) == held.list_number:
            found.append((made, payload))
    if not found:
        raise Untrusted("status_of_another_list")
    made, newest = max(found, key=lambda one: one[0])
    until = moment(newest.get("validUntil"))
    if until is None or trust.at > until or made > trust.at + SKEW:
        raise Untrusted("status_expired")
    return newest
