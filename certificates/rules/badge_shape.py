"""Whether a document has the shape of a Verifiable Credential and of an Open Badges 3.0 credential.

Our own check, made from the two specifications: no schema and no context is ever fetched. A problem is the
path of the field that is wrong.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"
BADGES = re.compile(r"https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.0\.\d+)?\.json")
# An absolute address: a scheme and something behind it, no blanks.
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def problems(document: Any) -> list[str]:
    """The fields in which a document is no Open Badges 3.0 credential; [] = it is one."""
    found = credential_problems(document)
    if not isinstance(document, Mapping):
        return found
    contexts = _list(document.get("@context"))
    if contexts[:1] != [V2] or not any(isinstance(c, str) and BADGES.fullmatch(c) for c in contexts[1:2]):
        found.append("@context")
    if not {"OpenBadgeCredential", "AchievementCredential"} & set(_words(document.get("type"))):
        found.append("type")
    if not is_uri(document.get("id")):
        found.append("id")
    subjects = _list(document.get("credentialSubject"))
    if len(subjects) != 1 or not isinstance(subjects[0], Mapping):
        return [*found, "credentialSubject"]
    return [*found, *(f"credentialSubject.{path}" for path in _subject_problems(subjects[0]))]


def credential_problems(document: Any) -> list[str]:
    """The fields in which a document is no Verifiable Credential, of version 1 or 2; [] = it is one."""
    if not isinstance(document, Mapping):
        return ["document"]
    contexts = _list(document.get("@context"))
    first = contexts[0] if contexts else None
    found = [] if first in (V1, V2) else ["@context"]
    found += ["@context"] if not all(isinstance(c, Mapping) or is_uri(c) for c in contexts) else []
    types = _words(document.get("type"))
    found += ["type"] if "VerifiableCredential" not in types or len(types) < 1 else []
    if "id" in document and not is_uri(document["id"]):
        found.append("id")
    found += _issuer_problems(document.get("issuer"))
    found += _date_problems(document, version=1 if first == V1 else 2)
    subjects = _list(document.get("credentialSubject"))
    if not subjects or not all(isinstance(one, Mapping) and one for one in subjects):
        found.append("credentialSubject")
    for field in (
        "credentialStatus",
        "credentialSchema",
        "proof",
        "refreshService",
        "termsOfUse",
        "evidence",
    ):
        found += _typed_problems(document, field, named=field == "credentialSchema" or first == V1)
    return found


def is_uri(value: Any) -> bool:
    """Whether a value is an absolute address."""
    return isinstance(value, str) and URI.fullmatch(value) is not None


def moment(value: Any) -> datetime.datetime | None:
    """A moment as credentials write it, or None."""
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        return None
    try:
        return datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return None


def _issuer_problems(issuer: Any) -> list[str]:
    if is_uri(issuer):
        return []
    if isinstance(issuer, Mapping) and is_uri(issuer.get("id")):
        return []
    return ["issuer"]


def _date_problems(document: Mapping[str, Any], *, version: int) -> Iterator[str]:
    first, last = ("issuanceDate", "expirationDate") if version == 1 else ("validFrom", "validUntil")
    if version == 1 and first not in document:
        yield first
    for field in (first, last, "awardedDate"):
        if field in document and moment(document[field]) is None:
            yield field
    begun, ended = moment(document.get(first)), moment(document.get(last))
    if begun is not None and ended is not None and ended < begun:
        yield last


def _typed_problems(document: Mapping[str, Any], field: str, *, named: bool) -> list[str]:
    """Whatever stands in such a field says what it is, and where it is when it must be `named`."""
    named = named and field in ("credentialStatus", "credentialSchema", "refreshService")
    rows = _list(document.get(field))
    typed = all(isinstance(row, Mapping) and _words(row.get("type")) for row in rows)
    found = not named or all(isinstance(row, Mapping) and is_uri(row.get("id")) for row in rows)
    return [] if typed and found else [field]


def _subject_problems(subject: Mapping[str, Any]) -> Iterator[str]:
    if "AchievementSubject" not in _words(subject.get("type")):
        yield "type"
    if "id" in subject and not is_uri(subject["id"]):
        yield "id"
    identifiers = _list(subject.get("identifier"))
    if "id" not in subject and not identifiers:
        yield "identifier"
    for identity in identifiers:
        wanted = {"type": "IdentityObject", "identityType": str, "hashed": bool, "identityHash": str}
        if not _fits(identity, wanted):
            yield "identifier"
    achievement = subject.get("achievement")
    if not isinstance(achievement, Mapping):
        yield "achievement"
        return
    if not is_uri(achievement.get("id")):
        yield "achievement.id"
    if "Achievement" not in _words(achievement.get("type")):
        yield "achievement.type"
    for field in ("name", "description"):
        if not _filled(achievement.get(field)):
            yield f"achievement.{field}"
    criteria = achievement.get("criteria")
    if not isinstance(criteria, Mapping) or not (
        _filled(criteria.get("narrative")) or is_uri(criteria.get("id"))
    ):
        yield "achievement.criteria"


def _fits(value: Any, wanted: Mapping[str, Any]) -> bool:
    """Whether an object holds these fields, each the very text or of the type that is named."""
    return isinstance(value, Mapping) and all(
        value.get(name) == want if isinstance(want, str) else isinstance(value.get(name), want)
        for name, want in wanted.items()
    )


def _filled(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _words(value: Any) -> list[str]:
    return [one for one in _list(value) if isinstance(one, str) and one]
