"""What the app stores: award rules, certificates, what happened to them, and refusals."""

from certificates.models.certificates import (
    AwardRefusal,
    AwardRule,
    Certificate,
    CertificateEvent,
    NumberSeries,
    check_prefix,
)

__all__ = [
    "AwardRefusal",
    "AwardRule",
    "Certificate",
    "CertificateEvent",
    "NumberSeries",
    "check_prefix",
]
