"""Whether a pad is fit for a match: how far away it is, how steady the way, and what its phone can do.

Codes only; `rendering.fitness_words` says them. The distance matters at the buzzer alone, so it is measured
against the rulebook's cap; a screen that sleeps matters always.
"""

from dataclasses import dataclass

UNSTEADY_MS = 60.0
"""Above this mean step between two round trips nobody can say how far away the pad is."""

SLOW_TO_SETTLE_MS = 120.0
"""So much between the middle and the shortest round trip: most messages wait somewhere on the way."""

STALE_SECONDS = 30
"""A pad that was not heard of for so long is not there."""


@dataclass(frozen=True)
class Measured:
    """What is known of a pad. Times in milliseconds, None = not measured (yet).

    `awake`: whether the phone keeps its screen on; `sound`: whether its user heard the sound; `pressed`: whether
    a press on trial arrived; `silent_seconds`: since when nothing was heard of it.
    """

    minimum_ms: float | None = None
    median_ms: float | None = None
    jitter_ms: float | None = None
    awake: bool | None = None
    sound: bool | None = None
    pressed: bool = False
    silent_seconds: float = 0.0


@dataclass(frozen=True)
class Fitness:
    """The verdict: `unfit` codes keep a pad from the stage, `notes` are to be looked at, `todo` is not tried yet."""

    unfit: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    todo: tuple[str, ...] = ()

    @property
    def fit(self) -> bool:
        """Whether nothing speaks against this pad."""
        return not self.unfit


def judge(pad: Measured | None, cap_ms: int) -> Fitness:
    """The verdict on a pad; None = a pad of which nothing was ever heard."""
    if pad is None or pad.silent_seconds > STALE_SECONDS:
        return Fitness(unfit=("absent",))
    if pad.minimum_ms is None or pad.median_ms is None or pad.jitter_ms is None:
        return Fitness(unfit=("not_measured",), todo=_todo(pad))
    unfit = []
    if pad.minimum_ms > cap_ms:
        unfit.append("too_far")
    if pad.jitter_ms > UNSTEADY_MS or pad.median_ms - pad.minimum_ms > SLOW_TO_SETTLE_MS:
        unfit.append("unsteady")
    notes = [code for code, value in (("sleeps", pad.awake), ("silent", pad.sound)) if value is False]
    return Fitness(tuple(unfit), tuple(notes), _todo(pad))


def _todo(pad: Measured) -> tuple[str, ...]:
    untried = {"try_screen": pad.awake is None, "try_sound": pad.sound is None, "try_press": not pad.pressed}
    return tuple(code for code, missing in untried.items() if missing)
