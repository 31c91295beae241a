"""The steps of a period as its page shows them, and what each act is called, warns of and says when done."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.ratings.models import Period, PeriodEvent
from certificates.ratings.models.labels import ACT_LABELS
from certificates.ratings.state import Act, Phase

Text = str | Promise


@dataclass(frozen=True)
class ActWords:
    """An act as its button, its page and its success say it."""

    button: Text
    means: Text
    done: Text
    danger: bool = False


ACT_WORDS = {
    Act.COMPUTED: ActWords(
        _("Compute the results"),
        _("Every result is computed from the evidence gathered last. Nothing is shown to anybody yet."),
        _("Computed. Look at the results, then mark them reviewed."),
    ),
    Act.REVIEWED: ActWords(
        _("Mark as reviewed"),
        _("You say that the results have been looked through. Another person confirms them."),
        _("Reviewed. Now another person confirms."),
    ),
    Act.CONFIRMED: ActWords(
        pgettext_lazy("ratings", "Confirm"),
        _("A person stands for these results: nobody is rated by a machine alone (PIPL art. 24)."),
        _("Confirmed. It can be published."),
    ),
    Act.PUBLISHED: ActWords(
        pgettext_lazy("ratings", "Publish"),
        _("Everybody concerned reads their result with its formula, and may appeal until the day you set."),
        _("Published. Those concerned see their results now."),
    ),
    Act.LOCKED: ActWords(
        _("Close the period"),
        _(
            "Afterwards only a correction with a reason changes anything, and the old statement stays readable."
        ),
        _("Closed."),
    ),
    Act.REOPENED: ActWords(
        _("Take back the confirmation"),
        _("The results go back to being computed; nothing was published."),
        _("Taken back. Compute again when it is put right."),
        danger=True,
    ),
    Act.CORRECTED: ActWords(
        pgettext_lazy("ratings", "Correct"),
        _(
            "A further statement is computed from the evidence gathered last. It goes the same road; until it is"
            " published the old one holds, and it stays readable afterwards."
        ),
        _("A further statement is computed. Review it; another person confirms."),
    ),
}
ROAD = (
    (Act.OPENED, Phase.OPEN),
    (Act.GATHERED, Phase.GATHERED),
    (Act.COMPUTED, Phase.COMPUTED),
    (Act.REVIEWED, Phase.REVIEWED),
    (Act.CONFIRMED, Phase.CONFIRMED),
    (Act.PUBLISHED, Phase.PUBLISHED),
    (Act.LOCKED, Phase.LOCKED),
)
FORWARD = frozenset({Act.COMPUTED, Act.REVIEWED, Act.CONFIRMED, Act.PUBLISHED})
PHASE_TONES = {
    Phase.OPEN: "muted",
    Phase.GATHERED: "info",
    Phase.COMPUTED: "info",
    Phase.REVIEWED: "warn",
    Phase.CONFIRMED: "warn",
    Phase.PUBLISHED: "ok",
    Phase.LOCKED: "muted",
}
PLACES = {phase: place for place, (_act, phase) in enumerate(ROAD)}


def act_title(act: Act) -> Text:
    """What an act's own page is headed with."""
    return ACT_WORDS[act].button


def steps_of(period: Period, events: Iterable[PeriodEvent]) -> list[dict[str, Any]]:
    """The road with who did each step last; steps after the present phase are still to do."""
    latest = {Act(event.kind): event for event in events}
    if Act.CORRECTED in latest:
        computed, corrected = latest.get(Act.COMPUTED), latest[Act.CORRECTED]
        if computed is None or computed.pk < corrected.pk:
            latest[Act.COMPUTED] = corrected
    here = PLACES[Phase(period.phase)]
    return [
        {
            "label": ACT_LABELS[act],
            "event": latest.get(act) if place <= here else None,
            "done": place <= here,
            "next": place == here + 1,
        }
        for place, (act, _phase) in enumerate(ROAD)
    ]
