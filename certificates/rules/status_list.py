"""Bitstring Status List (W3C): one bit for each credential, 1 = revoked, published signed and without names.

Places on a list are drawn, so that neighbours on it say nothing about each other.
"""

import datetime
import zlib
from collections.abc import Collection, Mapping
from typing import Any

from certificates.rules import badges
from certificates.rules.signing import Untrusted, b64, unb64

# The smallest list the specification allows: nobody is found in a crowd of few.
LENGTH = 131_072
# A list is filled to a half, so that a drawn place is free at the second try at most, on average.
MOST_ON_ONE = LENGTH // 2
KEPT = datetime.timedelta(days=7)
FRESH = datetime.timedelta(seconds=60)


def encoded(bits: Collection[int]) -> str:
    """The bitstring in which these places are 1, packed with gzip (always the same bytes), as multibase."""
    raw = bytearray(LENGTH // 8)
    for place in bits:
        raw[place // 8] |= 0x80 >> (place % 8)
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return "u" + b64(packer.compress(bytes(raw)) + packer.flush())


def is_set(text: Any, place: int) -> bool:
    """Whether a place of an encoded list is 1. Raises Untrusted("malformed"), also for a place outside it."""
    if not isinstance(text, str) or not text.startswith("u"):
        raise Untrusted("malformed")
    unpacker = zlib.decompressobj(31)
    try:
        raw = unpacker.decompress(unb64(text[1:]), LENGTH * 8)
    except zlib.error:
        raise Untrusted("malformed") from None
    if unpacker.unconsumed_tail or not unpacker.eof or not 0 <= place < len(raw) * 8:
        raise Untrusted("malformed")
    return bool(raw[place // 8] & (0x80 >> (place % 8)))


def credential(
    *, site: str, issuer: str, number: int, revoked: Collection[int], at: datetime.datetime
) -> dict[str, Any]:
    """The list as a credential. Good for a week for those who check offline; online it is fetched each minute."""
    address = badges.status_address(site, number)
    until = at + KEPT
    return {
        "@context": [badges.CONTEXTS[0]],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": {"id": f"{site}/verify/keys/", "type": ["Profile"], "name": issuer},
        "validFrom": badges.moment_text(at),
        "validUntil": badges.moment_text(until),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(revoked),
            "ttl": int(FRESH.total_seconds() * 1000),
        },
        "iss": f"{site}/verify/keys/",
        "jti": address,
        "exp": int(until.timestamp()),
    }


def says_revoked(payload: Mapping[str, Any], *, place: int) -> bool:
    """Whether a list (its signature verified already) revokes a place on it.

    Raises Untrusted: wrong_status_list, malformed.
    """
    types, subject = payload.get("type"), payload.get("credentialSubject")
    if not isinstance(types, list) or "BitstringStatusListCredential" not in types:
        raise Untrusted("wrong_status_list")
    if not isinstance(subject, Mapping) or subject.get("statusPurpose") != "revocation":
        raise Untrusted("wrong_status_list")
    return is_set(subject.get("encodedList"), place)
