"""Reading what was signed: a certificate's newest credential, public keys, what is revoked on a status list."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from certificates.models import Certificate, CertificateEvent, Credential, SigningKey
from certificates.state.training import Event


def newest(certificate: Certificate) -> Credential | None:
    """What was signed last for a certificate, None while it waits for its signature.

    One statement, or none where `credentials` were prefetched, as for a batch to print.
    """
    return max(certificate.credentials.all(), key=lambda one: one.number, default=None)


def public_keys() -> list[dict[str, Any]]:
    """Every key that proves something, the newest first: the one in use and those retired, none compromised."""
    return list(SigningKey.objects.filter(compromised_at=None).values_list("public", flat=True))


def public_key(kid: str) -> dict[str, Any] | None:
    """One of `public_keys`, or None."""
    return SigningKey.objects.filter(compromised_at=None, kid=kid).values_list("public", flat=True).first()


def unsigned() -> QuerySet[Certificate]:
    """Certificates that nothing good was signed for: older than the keys, or by a compromised one. Not the revoked."""
    good = Credential.objects.filter(certificate=OuterRef("pk"), key__compromised_at=None)
    revoked = CertificateEvent.objects.filter(certificate=OuterRef("pk"), kind=Event.REVOKED.value)
    return Certificate.objects.filter(~Exists(good), ~Exists(revoked)).select_related("rule").order_by("pk")


def revoked_places(number: int) -> list[int] | None:
    """The places on a status list that are revoked, None for a list that does not exist.

    What a compromised key signed is revoked too, whatever became of the certificate. Two statements.
    """
    on_list = Credential.objects.filter(status_list=number)
    if not on_list.exists():
        return None
    revoked = CertificateEvent.objects.filter(certificate=OuterRef("certificate"), kind=Event.REVOKED.value)
    found = on_list.filter(Q(Exists(revoked)) | Q(key__compromised_at__isnull=False))
    return list(found.values_list("status_index", flat=True))


def is_revoked(number: str) -> bool | None:
    """Whether the certificate of this number is revoked, None when there is none."""
    found = Certificate.objects.filter(number=number).prefetch_related("events").first()
    return None if found is None else found.revocation is not None


def last_list() -> int:
    """The number of the newest status list, 0 before the first; lists are numbered from 1 without a gap."""
    found = Credential.objects.order_by("-status_list").values_list("status_list", flat=True).first()
    return found or 0
