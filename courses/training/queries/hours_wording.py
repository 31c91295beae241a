"""Hours in words: what is missing, who did something."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from courses.training.rules.targets import Standing


def number(value: Decimal) -> str:
    """A figure without needless noughts: 12.50 is 12.5, 4.00 is 4."""
    return f"{value.normalize():f}" if value else "0"


def missing_words(standing: Standing | None) -> str:
    """What is still missing, as a sentence; "" where no target is set."""
    if standing is None:
        return ""
    if standing.met:
        return _("The target is reached.")
    said = []
    if standing.missing and standing.missing_law:
        said.append(
            _("%(hours)s hours still missing, of these %(law)s of law")
            % {"hours": number(standing.missing), "law": number(standing.missing_law)}
        )
    elif standing.missing:
        said.append(_("%(hours)s hours still missing") % {"hours": number(standing.missing)})
    if standing.missing_days:
        said.append(_("%(days)s training days still missing") % {"days": number(standing.missing_days)})
    return _("; ").join(said)


def evidence_words(evidence: str) -> str:
    """What an entry rests on; the roll of a session by that name and not by its key."""
    return _("Attendance list of the session") if evidence.startswith("roll:") else evidence


def who(snapshot: Mapping[str, Any] | None) -> str:
    """The name in a snapshot of an actor."""
    return str((snapshot or {}).get("name", ""))
