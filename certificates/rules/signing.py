"""Signatures: Ed25519 keys as JWK (RFC 8037), compact JWS (RFC 7515) with one algorithm and no choices.

A token is read the strict way. Its three parts must be base64url in the one way that writes those bytes, its
header may hold `alg`, `kid` and `typ` and nothing else, `alg` is EdDSA, and the key is found by its RFC 7638
thumbprint among the keys the reader trusts already: nothing in a token is ever fetched or trusted for a key.
"""

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

# RFC 9864 renames it Ed25519; readers of Open Badges know the old name, which means the same with these keys.
ALGORITHM = "EdDSA"
TYPES = {"vc+jwt", "JWT"}
SIGNATURE_BYTES = 64
KEY_BYTES = 32
MOST_TOKEN = 2_000_000
THUMBPRINT = re.compile(r"[A-Za-z0-9_-]{43}")

Key = Mapping[str, Any]


class Untrusted(Exception):
    """What was read proves nothing; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def b64(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """The bytes of `text`, if it is the one way to write them. Raises Untrusted("malformed")."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise Untrusted("malformed") from None
    if b64(data) != text:
        raise Untrusted("malformed")
    return data


def new_key() -> dict[str, Any]:
    """A fresh private key as JWK, with its thumbprint as `kid`."""
    made = OKPKey.generate_key("Ed25519", private=True)
    return {**made.as_dict(private=True), "kid": made.thumbprint()}


def public_part(key: Key) -> dict[str, str]:
    """What the world may read of a key. Raises Untrusted("bad_key") where it is none of ours."""
    try:
        x = unb64(str(key["x"]))
        public: dict[str, Any] = {"kty": "OKP", "crv": "Ed25519", "x": b64(x)}
        if (key.get("kty"), key.get("crv")) != ("OKP", "Ed25519") or len(x) != KEY_BYTES:
            raise Untrusted("bad_key")
        kid = OKPKey.import_key(public).thumbprint()
    except (KeyError, ValueError, JoseError):
        raise Untrusted("bad_key") from None
    if key.get("kid", kid) != kid:
        raise Untrusted("bad_key")
    return {**public, "kid": kid, "alg": ALGORITHM, "use": "sig"}


def key_set(document: Any) -> dict[str, dict[str, str]]:
    """The keys of a JWKS document (or of one JWK) by kid. Raises Untrusted("bad_key") for anything else."""
    rows = document.get("keys", [document]) if isinstance(document, Mapping) else None
    if not isinstance(rows, Sequence) or not all(isinstance(row, Mapping) for row in rows):
        raise Untrusted("bad_key")
    keys = [public_part(row) for row in rows]
    return {key["kid"]: key for key in keys}


def sign_bytes(data: bytes, private: Key) -> str:
    """The signature of `data`, base64url. Ed25519 needs no chance: the same data and key give the same text."""
    algorithm = jws.JWSRegistry.algorithms[ALGORITHM]
    return b64(algorithm.sign(data, OKPKey.import_key(_bare(private, private=True))))


def verify_bytes(data: bytes, signature: str, public: Key) -> None:
    """That `signature` is the key's own for `data`. Raises Untrusted: malformed, bad_signature."""
    made = unb64(signature)
    if len(made) != SIGNATURE_BYTES:
        raise Untrusted("malformed")
    algorithm = jws.JWSRegistry.algorithms[ALGORITHM]
    if not algorithm.verify(data, made, OKPKey.import_key(_bare(public))):
        raise Untrusted("bad_signature")


def sign(payload: Mapping[str, Any], private: Key, *, kid: str) -> str:
    """`payload` as a compact token. `kid` is the address of the public key; it ends in the thumbprint."""
    header = {"alg": ALGORITHM, "kid": kid, "typ": "vc+jwt"}
    text = f"{b64(canonical(header))}.{b64(canonical(payload))}"
    return f"{text}.{sign_bytes(text.encode(), private)}"


def verify(token: str, keys: Mapping[str, Key]) -> tuple[dict[str, Any], str]:
    """(payload, kid) of a token that one of `keys` signed.

    Raises Untrusted: malformed, bad_algorithm, unknown_key, bad_signature.
    """
    if len(token) > MOST_TOKEN or token.count(".") != 2:
        raise Untrusted("malformed")
    head, body, signature = token.split(".")
    header = loads(unb64(head))
    if header.get("alg") != ALGORITHM:
        raise Untrusted("bad_algorithm")
    if set(header) - {"alg", "kid", "typ"} or header.get("typ") not in TYPES:
        raise Untrusted("malformed")
    kid = thumbprint_of(header.get("kid"))
    if kid not in keys:
        raise Untrusted("unknown_key")
    verify_bytes(f"{head}.{body}".encode(), signature, keys[kid])
    return loads(unb64(body)), kid


def thumbprint_of(kid: Any) -> str:
    """The thumbprint at the end of a key's address. Raises Untrusted("unknown_key") where there is none."""
    last = kid.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1] if isinstance(kid, str) else ""
    if not THUMBPRINT.fullmatch(last):
        raise Untrusted("unknown_key")
    return str(last)


def canonical(payload: Mapping[str, Any]) -> bytes:
    """The bytes that are signed: JSON in UTF-8, keys sorted, no spaces."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def loads(data: bytes) -> dict[str, Any]:
    """A JSON object in which no name stands twice. Raises Untrusted("malformed")."""
    try:
        found = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Untrusted("malformed") from None
    if not isinstance(found, dict):
        raise Untrusted("malformed")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _value in pairs}) != len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _bare(key: Key, *, private: bool = False) -> dict[str, Any]:
    names = ("kty", "crv", "x", "d") if private else ("kty", "crv", "x")
    return {name: str(key[name]) for name in names}
