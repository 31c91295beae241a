"""What the app stores: award rules, certificates, what happened to them, and refusals."""

from certificates.models.certificates import (
    AwardRefusal,
    AwardRule,
    Certificate,
    CertificateEvent,
    NumberSeries,
    check_prefix,
)
from certificates.models.credentials import Credential, PublicRoster, SigningKey
from certificates.models.designs import CertificateDesign, CertificatePrint, DesignVersion
from certificates.models.enforcement import (
    DutyPost,
    EnforcementCertificate,
    EnforcementEvent,
    EnforcementRefusal,
    EnforcementRules,
)
from certificates.models.filters import SavedFilter
from certificates.models.proposals import Proposal, ProposalStatement
from certificates.models.qualifications import Qualification
from certificates.models.qualifying import Attestation, QualifyingRules
from certificates.models.warnings import EndingWarning, WarningRead

__all__ = [
    "Attestation",
    "AwardRefusal",
    "AwardRule",
    "Certificate",
    "CertificateDesign",
    "CertificateEvent",
    "CertificatePrint",
    "Credential",
    "DesignVersion",
    "DutyPost",
    "EndingWarning",
    "EnforcementCertificate",
    "EnforcementEvent",
    "EnforcementRefusal",
    "EnforcementRules",
    "NumberSeries",
    "Proposal",
    "ProposalStatement",
    "PublicRoster",
    "Qualification",
    "QualifyingRules",
    "SavedFilter",
    "SigningKey",
    "WarningRead",
    "check_prefix",
]
