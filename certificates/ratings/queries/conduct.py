"""What is on record of somebody's conduct, told to the register of certificates."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext as _

from certificates.ports import Conduct, conduct_source
from certificates.ratings.models.records import KIND_LABELS
from certificates.ratings.queries.records import holding
from certificates.ratings.rules.records import RESTRICTED, Kind

GRAVE = frozenset({Kind.SANCTION})


@conduct_source
def conduct_on_record(
    officer_ids: Collection[int], first: datetime.date, last: datetime.date
) -> Mapping[int, Sequence[Conduct]]:
    """Sanctions, measures and findings made or in force in these days. Sanctions are grave. One statement.

    Of a measure only its sort is told: who may read more opens it.
    """
    rows = holding(last, first=first).filter(
        officer__in=officer_ids, kind__in=[kind.value for kind in RESTRICTED]
    )
    found: dict[int, list[Conduct]] = defaultdict(list)
    for row in rows.order_by("on", "pk"):
        what = row.sort_label if row.kind == Kind.MEASURE else f"{row.sort_label}: {row.title}"
        until = _(" (until %(day)s)") % {"day": row.expires_on} if row.expires_on else ""
        words = f"{KIND_LABELS[Kind(row.kind)]} · {what}{until}"
        found[row.officer_id or 0].append(
            Conduct(row.on, words, row.get_absolute_url(), grave=Kind(row.kind) in GRAVE)
        )
    return found
