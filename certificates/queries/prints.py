"""Certificates to be printed: who has his on paper, who has not."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from certificates.models import AwardRule, Certificate


def to_print(
    found: QuerySet[Any], *, rule: AwardRule | None, basis: str, words: str, never: bool
) -> QuerySet[Any]:
    """Of certificates as `register` gives them those asked for, with `printed` (times) and `last_print`.

    `basis` is a key ("class:<uid>", "sitting:<uid>"), "" = any. What was revoked is left out.
    """
    found = found.exclude(state="revoked").annotate(printed=Count("prints"), last_print=Max("prints__at"))
    if rule is not None:
        found = found.filter(rule=rule)
    if basis.startswith("sitting:"):
        found = found.filter(sitting__uid=basis.removeprefix("sitting:"))
    elif basis:
        found = found.filter(basis=basis)
    if words:
        found = found.filter(
            Q(number__icontains=words)
            | Q(officer__name__icontains=words)
            | Q(officer__staff_number__icontains=words)
        )
    return found.filter(prints=None) if never else found


def chosen(found: QuerySet[Any], keys: Collection[int]) -> list[Certificate]:
    """Those of certificates one may read that were ticked, by number, ready to be drawn. Three statements."""
    rows = found.filter(pk__in=keys).exclude(state="revoked").select_related("design")
    return list(rows.prefetch_related("events", "credentials").order_by("number"))
