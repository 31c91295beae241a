"""Taking a certificate back."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certificates.models import Certificate, CertificateEvent
from certificates.services.issuing import STREAM, check_reason
from certificates.state.training import Event, Ground
from lianbing.kit import audit
from lianbing.people.rules import Actor


class AlreadyRevoked(Exception):
    """A certificate is revoked once, for good."""


def revoke(
    *, certificate: Certificate, ground: Ground, reason: str, by: Actor, at: datetime.datetime
) -> CertificateEvent:
    """Revoke it, from this moment and for good. The public reads the ground and the day, never the reason.

    Two people revoking at once: the constraint lets one through. Raises NoReason, AlreadyRevoked.
    """
    reason = check_reason(reason)
    try:
        with transaction.atomic():
            event = CertificateEvent.objects.create(
                certificate=certificate,
                kind=Event.REVOKED.value,
                at=at,
                actor=by.snapshot(),
                ground=ground.value,
                reason=reason[:300],
            )
            audit.record(
                stream=STREAM,
                action="revoked",
                by=by,
                at=at,
                subject=certificate,
                reason=reason,
                ground=ground.value,
            )
    except IntegrityError as error:
        raise AlreadyRevoked(_("This certificate has been revoked already.")) from error
    return event
