"""How one-time passwords are stored."""

import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import BasePasswordHasher, get_hasher, mask_hash
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_noop as _

from lianbing.people.rules.identity import bare_code


class OneTimeCodeHasher(BasePasswordHasher):
    """HMAC-SHA256 under the site's key, for random codes of at least 48 bits.

    A slow hash protects passwords people choose; a random code needs none, and 10,000 of them under a
    slow hash would make a roster import take half an hour.
    """

    algorithm = "one_time_code"

    def salt(self) -> str:
        return get_random_string(12)

    def encode(self, password: str, salt: str) -> str:
        key = hashlib.sha256(f"one-time-code:{settings.SECRET_KEY}".encode()).digest()
        digest = hmac.new(key, f"{salt}:{bare_code(password)}".encode(), hashlib.sha256).hexdigest()
        return f"{self.algorithm}${salt}${digest}"

    def decode(self, encoded: str) -> dict[str, Any]:
        algorithm, salt, digest = encoded.split("$", 2)
        return {"algorithm": algorithm, "salt": salt, "hash": digest}

    def verify(self, password: str, encoded: str) -> bool:
        """Whether this is the code. A wrong one takes as long as a wrong password under the slow hash:
        otherwise a quick refusal would tell which numbers exist and still wait for their first sign-in.
        """
        right = hmac.compare_digest(encoded, self.encode(password, self.decode(encoded)["salt"]))
        if not right:
            slow = get_hasher()
            slow.encode(password, slow.salt())
        return right

    def safe_summary(self, encoded: str) -> dict[Any, Any]:
        decoded = self.decode(encoded)
        return {_("algorithm"): decoded["algorithm"], _("hash"): mask_hash(decoded["hash"])}

    def must_update(self, encoded: str) -> bool:
        return False

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Nothing: `verify` has spent the time."""


def id_number_digest(number: str) -> str:
    """The keyed digest under which an identity number is stored; the number itself never is."""
    key = hashlib.sha256(f"id-number:{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, number.encode(), hashlib.sha256).hexdigest()
