"""Reading indicators and schemes: the catalogue, what is in force, what uses what."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from certificates.ratings.models import Fact, Indicator, IndicatorVersion, Scheme, SchemeVersion
from certificates.ratings.rules import indicators as rules
from certificates.ratings.rules import reading, schemes


@dataclass(frozen=True)
class Entry:
    """An indicator with its newest version, and whether a draft of another stands beside the frozen one."""

    indicator: Indicator
    newest: IndicatorVersion
    frozen: IndicatorVersion | None

    @property
    def is_draft(self) -> bool:
        return self.newest.frozen_at is None

    @property
    def rules(self) -> rules.Indicator:
        """The newest version as the rules take it."""
        return rules_of(self.newest, self.indicator.code)


def catalogue(*, retired: bool = False) -> list[Entry]:
    """Every indicator with its versions, by code. Two statements."""
    rows = Indicator.objects.filter(retired_at__isnull=not retired).prefetch_related("versions")
    made = []
    for indicator in rows:
        versions = sorted(indicator.versions.all(), key=lambda one: -one.number)
        if versions:
            frozen = next((one for one in versions if one.frozen_at is not None), None)
            made.append(Entry(indicator, versions[0], frozen))
    return made


def newest_version(indicator: Indicator) -> IndicatorVersion:
    """The newest version of an indicator; each has one from its making."""
    found = indicator.versions.order_by("-number").first()
    assert found is not None, "an indicator is made with its first version"
    return found


def schemes_in_force() -> QuerySet[Scheme]:
    """The schemes of which a version is adopted, by title."""
    adopted = SchemeVersion.objects.filter(scheme=OuterRef("pk"), adopted_at__isnull=False)
    return Scheme.objects.filter(Exists(adopted), retired_at=None)


def version_for(scheme: Scheme, first: datetime.date) -> SchemeVersion | None:
    """The version of a scheme in force for a period that begins on `first`."""
    rows = scheme.versions.filter(adopted_at__isnull=False, starts_on__lte=first)
    return rows.order_by("-starts_on", "-number").first()


def schemes_with_versions() -> list[dict[str, Any]]:
    """Every scheme with its newest adopted version and its draft. Two statements."""
    made = []
    for scheme in Scheme.objects.prefetch_related("versions"):
        versions = sorted(scheme.versions.all(), key=lambda one: -one.number)
        made.append(
            {
                "scheme": scheme,
                "adopted": next((one for one in versions if one.adopted_at is not None), None),
                "draft": next((one for one in versions if one.adopted_at is None), None),
            }
        )
    return made


def uses_of(indicator: Indicator) -> list[SchemeVersion]:
    """The versions of schemes whose lines name an indicator, newest first. One statement."""
    rows = SchemeVersion.objects.select_related("scheme").order_by("-pk")
    return [
        row for row in rows if any(line.get("code") == indicator.code for line in row.spec.get("lines", []))
    ]


def rules_of(version: IndicatorVersion, code: str) -> rules.Indicator:
    """A version of an indicator as the rules take it."""
    return reading.indicator(code, version.number, version.spec)


def scheme_of(version: SchemeVersion) -> schemes.Scheme:
    """A version of a scheme as the rules take it."""
    return reading.scheme(version.scheme.subject, version.spec)


def indicators_of(scheme: schemes.Scheme) -> dict[tuple[str, int], rules.Indicator]:
    """The indicators the lines of a scheme name, by (code, version). One statement; what is gone is left out."""
    wanted = {(line.code, line.version) for line in scheme.lines}
    rows = IndicatorVersion.objects.filter(indicator__code__in={code for code, _number in wanted})
    found = {(row.indicator.code, row.number): row for row in rows.select_related("indicator")}
    return {key: rules_of(found[key], key[0]) for key in wanted if key in found}


def kinds_of(source: str) -> list[str]:
    """The kinds of facts a source has given so far, by name. One statement."""
    rows = Fact.objects.filter(source=source).exclude(kind="").order_by("kind")
    return list(rows.values_list("kind", flat=True).distinct()[:20])
