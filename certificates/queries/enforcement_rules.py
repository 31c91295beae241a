"""The rules of the province that hold now, and their versions."""

from django.db.models import QuerySet

from certificates.models import EnforcementRules
from certificates.rules.enforcement import PRESETS, STANDARD, ProvinceRules


def versions() -> QuerySet[EnforcementRules]:
    """Every version, the one in force first."""
    return EnforcementRules.objects.order_by("-number")


def in_force() -> ProvinceRules:
    """The rules of the newest version; before the first one the general preset. One statement."""
    newest = versions().first()
    return newest.rules() if newest else PRESETS[STANDARD]
