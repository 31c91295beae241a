"""Encrypting a winner's contact, so that neither a copy of the database nor a backup shows it.

Fernet (AES-128-CBC with HMAC-SHA256) under a key derived by HKDF from the site's secret and the place of the
contact, so that a sealed text opens nowhere but where it was put.
"""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

INFO = b"lianbing prize quiz contact 1 "
MASK = "****"


class Unopenable(Exception):
    """No known secret opens it: it was sealed elsewhere, under a lost secret, or changed since."""


def _fernet(secret: str, place: str) -> Fernet:
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=INFO + place.encode()).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def seal(text: str, *, secret: str, place: str) -> str:
    """`text` encrypted for one `place` (which contact it is)."""
    return _fernet(secret, place).encrypt(text.encode()).decode()


def unseal(sealed: str, *, secrets: Sequence[str], place: str) -> str:
    """The text again, under the first of `secrets` that opens it. Raises Unopenable."""
    for secret in secrets:
        try:
            return _fernet(secret, place).decrypt(sealed.encode()).decode()
        except InvalidToken:
            continue
    raise Unopenable
