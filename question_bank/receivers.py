"""News from the library: a law was amended or repealed, and its day has come."""

import datetime
from typing import Any

from lianbing.kit.outbox import receive
from lianbing.library.models import LawEdition
from question_bank import services


@receive("law_amended")
def law_amended(payload: dict[str, Any], at: datetime.datetime) -> None:
    """The questions that cite what changed wait for a person. An edition withdrawn since says nothing."""
    edition = (
        LawEdition.objects.exclude(status=LawEdition.Status.WITHDRAWN)
        .filter(law__slug=payload["law"], slug=payload["edition"])
        .first()
    )
    changed = payload.get("changed", [])
    if edition is not None and changed:
        services.open_reviews(articles=changed, edition=edition, event=payload["event"], at=at)
