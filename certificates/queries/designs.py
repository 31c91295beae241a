"""Reading designs of training certificates."""

import uuid

from django.db.models import Count, QuerySet

from certificates.models import CertificateDesign, DesignVersion
from lianbing.people.models import Unit


def designs() -> QuerySet[CertificateDesign]:
    """Every design with its versions and `rules_count`, how many award rules use it. Two statements."""
    return (
        CertificateDesign.objects.prefetch_related("versions")
        .annotate(rules_count=Count("award_rules", distinct=True))
        .order_by("-active", "title")
    )


def design_of(uid: uuid.UUID) -> CertificateDesign | None:
    """A design with its versions, or None."""
    return CertificateDesign.objects.filter(uid=uid).prefetch_related("versions").first()


def versions_of(design: CertificateDesign) -> QuerySet[DesignVersion]:
    """The versions of a design with `issued`, how many certificates name each; the newest first."""
    return design.versions.annotate(issued=Count("certificates")).order_by("-number")


def bureau_name() -> str:
    """The name of the bureau, for the sample; "" where there is no unit yet."""
    root = Unit.get_first_root_node()
    return root.name if root else ""
