"""Results in lists: how a star moved, and the tones of what stands there."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from certificates.ratings.models import Appeal
from certificates.ratings.rules.words import WhyStar

MOVES: dict[str, tuple[Any, str]] = {
    WhyStar.FIRST: (_("First star"), "info"),
    WhyStar.PROMOTED: (_("Promoted"), "ok"),
    WhyStar.DEMOTED: (_("Demoted"), "bad"),
    WhyStar.WAITS_UP: (_("Waits to rise"), "info"),
    WhyStar.WAITS_DOWN: (_("In danger of falling"), "warn"),
    WhyStar.VETOED: (_("Held by a veto"), "bad"),
}
APPEAL_TONES = {
    Appeal.State.FILED: "warn",
    Appeal.State.UPHELD: "ok",
    Appeal.State.REJECTED: "muted",
    Appeal.State.WITHDRAWN: "muted",
}


def moved(why: list[Any]) -> tuple[Any, str]:
    """(how a star moved in a word or "", its tone)."""
    return MOVES.get(str(why[0]) if why else "", ("", "muted"))
