"""A training certificate as Open Badges 3.0 credential (1EdTech), which is a W3C Verifiable Credential 2.0.

The holder stands there by masked name and by a salted hash of the full name: who is shown the file can hold
a name against it, who finds it learns none. No staff number, no identity number.
"""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)


@dataclass(frozen=True)
class Facts:
    """What a certificate says. `site` is our own address without a slash at the end; days are local.

    `kind` and `criteria` are words in the bureau's language; `salt` is random text.
    """

    site: str
    uid: str
    number: str
    title: str
    kind: str
    criteria: str
    name: str
    masked_name: str
    salt: str
    issuer: str
    rule_uid: str
    issued_at: datetime.datetime
    valid_from: datetime.date
    valid_until: datetime.date
    status_list: int
    status_index: int
    zone: datetime.tzinfo


def name_hash(name: str, salt: str) -> str:
    """The name as Open Badges hash identities: sha256 of name and salt, in hex."""
    return "sha256$" + hashlib.sha256(f"{name}{salt}".encode()).hexdigest()


def begins(day: datetime.date, zone: datetime.tzinfo) -> datetime.datetime:
    """The first moment of a day."""
    return datetime.datetime.combine(day, datetime.time(), zone)


def ends(day: datetime.date, zone: datetime.tzinfo) -> datetime.datetime:
    """The last second of a day."""
    return begins(day + datetime.timedelta(days=1), zone) - datetime.timedelta(seconds=1)


def status_address(site: str, number: int) -> str:
    """Where a status list is published."""
    return f"{site}/verify/status/{number}/"


def key_address(site: str, kid: str) -> str:
    """Where one public key is published: the `kid` of tokens."""
    return f"{site}/verify/keys/{kid}/"


def badge(facts: Facts) -> dict[str, Any]:
    """The credential, with the claims of a token (iss, jti, nbf, exp) beside its own fields."""
    valid_from = begins(facts.valid_from, facts.zone)
    valid_until = ends(facts.valid_until, facts.zone)
    identifier = f"urn:uuid:{facts.uid}"
    return {
        "@context": list(CONTEXTS),
        "id": identifier,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": facts.title,
        "description": facts.kind,
        "issuer": _issuer(facts),
        "awardedDate": moment_text(facts.issued_at),
        "validFrom": moment_text(valid_from),
        "validUntil": moment_text(valid_until),
        "credentialSubject": _subject(facts),
        "credentialStatus": _status(facts),
        "iss": f"{facts.site}/verify/keys/",
        "jti": identifier,
        "nbf": int(valid_from.timestamp()),
        "exp": int(valid_until.timestamp()),
    }


def _issuer(facts: Facts) -> dict[str, Any]:
    return {"id": f"{facts.site}/verify/keys/", "type": ["Profile"], "name": facts.issuer}


def _subject(facts: Facts) -> dict[str, Any]:
    return {
        "type": ["AchievementSubject"],
        "name": facts.masked_name,
        "licenseNumber": facts.number,
        "identifier": [
            {
                "type": "IdentityObject",
                "identityType": "name",
                "hashed": True,
                "identityHash": name_hash(facts.name, facts.salt),
                "salt": facts.salt,
            }
        ],
        "achievement": {
            "id": f"urn:uuid:{facts.rule_uid}",
            "type": ["Achievement"],
            "achievementType": "Certificate",
            "name": facts.title,
            "description": facts.kind,
            "criteria": {"narrative": facts.criteria},
        },
    }


def _status(facts: Facts) -> dict[str, Any]:
    address = status_address(facts.site, facts.status_list)
    return {
        "id": f"{address}#{facts.status_index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(facts.status_index),
        "statusListCredential": address,
    }


def moment_text(moment: datetime.datetime) -> str:
    """As XML Schema writes a moment: UTC to the second."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def said(payload: Mapping[str, Any]) -> dict[str, str]:
    """What a credential that is well formed says, for people: number, masked name, title, dates, issuer."""
    subject = payload["credentialSubject"]
    issuer = payload["issuer"]
    return {
        "number": str(subject.get("licenseNumber", "")),
        "name": str(subject.get("name", "")),
        "title": str(payload.get("name", "")),
        "valid_from": str(payload.get("validFrom", "")),
        "valid_until": str(payload.get("validUntil", "")),
        "issuer": str(issuer.get("name", "")) if isinstance(issuer, Mapping) else str(issuer),
    }
