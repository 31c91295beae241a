"""Keys that sign certificates: made when first needed, rotated by hand, private in one file each.

The private half lies in the data folder, readable by its owner alone, and is deleted when the key retires.
Beside it lie the public keys as one document, so that `verify_certificate` needs no database.
"""

import datetime
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certificates.models import SigningKey
from certificates.queries.credentials import public_keys
from certificates.rules import signing
from lianbing.kit import audit
from lianbing.people.rules import SYSTEM, Actor

STREAM = "certificate_keys"
PUBLIC = "public.json"


class NotRotated(Exception):
    """Somebody else rotated the key at the same moment; nothing was changed."""


def folder() -> Path:
    """Where the keys lie."""
    return Path(settings.CERTIFICATE_KEYS)


def current(*, at: datetime.datetime) -> tuple[SigningKey, Mapping[str, Any]]:
    """The key in use and its private half. Makes the first one; makes another when the file was lost.

    Raises OSError where the data folder cannot be written.
    """
    key = _in_use()
    private = _private(key) if key else None
    if key is not None and private is not None:
        return key, private
    try:
        with transaction.atomic():
            if key is not None:
                _retire(key, at=at, compromised=False)
                audit.record(stream=STREAM, action="key_lost", by=SYSTEM, at=at, subject=key)
            return _make(by=SYSTEM, at=at)
    except IntegrityError:  # another made one at the same moment: that is the one in use
        key = _in_use()
        private = _private(key) if key else None
        if key is None or private is None:
            raise OSError(_("The key that signs certificates cannot be read.")) from None
        return key, private


def rotate(*, by: Actor, at: datetime.datetime, reason: str, compromised: bool = False) -> SigningKey:
    """Retire the key in use and make another. What the old key signed stays good, unless it was `compromised`:
    then it proves nothing any more, and everything it signed is signed again by the ticker.

    Raises NotRotated, OSError.
    """
    with transaction.atomic():
        old = _in_use()
        if old is not None and not _retire(old, at=at, compromised=compromised):
            raise NotRotated(_("The key was rotated by somebody else just now."))
        try:
            with transaction.atomic():
                key, _made = _make(by=by, at=at)
        except IntegrityError as error:
            raise NotRotated(_("The key was rotated by somebody else just now.")) from error
        audit.record(
            stream=STREAM,
            action="key_compromised" if compromised else "key_rotated",
            by=by,
            at=at,
            subject=old,
            reason=reason,
            successor=key.kid,
        )
    return key


def mark_compromised(*, key: SigningKey, by: Actor, at: datetime.datetime, reason: str) -> None:
    """Let a key that retired earlier prove nothing any more. Raises NotRotated when it is marked already."""
    with transaction.atomic():
        changed = SigningKey.objects.filter(pk=key.pk, retired_at__isnull=False, compromised_at=None)
        if changed.update(compromised_at=at) != 1:
            raise NotRotated(_("This key is in use or was given up already."))
        audit.record(stream=STREAM, action="key_compromised", by=by, at=at, subject=key, reason=reason)
        transaction.on_commit(publish)


def publish() -> None:
    """Write the public keys beside the private ones, whole or not at all."""
    document = json.dumps({"keys": public_keys()}, indent=1)
    beside = folder() / f".{PUBLIC}.{os.getpid()}"
    beside.write_text(document, encoding="utf-8")
    beside.replace(folder() / PUBLIC)


def _in_use() -> SigningKey | None:
    return SigningKey.objects.filter(retired_at=None).first()


def _private(key: SigningKey) -> Mapping[str, Any] | None:
    """The private half from its file, None when it is not there or is another's."""
    try:
        found = json.loads(_file(key.kid).read_text(encoding="utf-8"))
        return found if signing.public_part(found)["kid"] == key.kid else None
    except (OSError, ValueError, signing.Untrusted):
        return None


def _file(kid: str) -> Path:
    return folder() / f"{kid}.json"


def _make(*, by: Actor, at: datetime.datetime) -> tuple[SigningKey, Mapping[str, Any]]:
    private = signing.new_key()
    _write(private)
    try:
        with transaction.atomic():
            key = SigningKey.objects.create(
                kid=private["kid"], public=signing.public_part(private), created_at=at
            )
            audit.record(stream=STREAM, action="key_made", by=by, at=at, subject=key)
    except IntegrityError:
        _file(private["kid"]).unlink(missing_ok=True)
        raise
    transaction.on_commit(publish)
    return key, private


def _write(private: Mapping[str, Any]) -> None:
    """Into a file that nobody but its owner may read, down to the disk before anything is signed."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(_file(private["kid"]), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(private, file)
        file.flush()
        os.fsync(file.fileno())


def _retire(key: SigningKey, *, at: datetime.datetime, compromised: bool) -> bool:
    """Whether it was this call that retired it. Its private half goes once that is committed."""
    still = SigningKey.objects.filter(pk=key.pk, retired_at=None)
    changed = still.update(retired_at=at, compromised_at=at if compromised else None)
    path = _file(key.kid)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return changed == 1
