"""The hash of an extract, and the words that are signed."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the content as JSON in UTF-8 with sorted keys and no spaces."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def signed_words(*, uid: str, sha256: str, made_at: str) -> bytes:
    """What the signature stands under. `made_at` is the moment as ISO text in UTC."""
    return f"lianbing personal-file extract\n{uid}\n{sha256}\n{made_at}".encode()


def grouped(sha256: str) -> str:
    """The hash in groups of eight, as it is printed and compared by eye."""
    return " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))
