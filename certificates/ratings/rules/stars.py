"""How a star moves: earned by the score, held by the rules of promotion and demotion."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from certificates.ratings.rules.schemes import Scheme
from certificates.ratings.rules.words import WhyStar


class Previous(NamedTuple):
    """The star given in an earlier period, and what its score alone earned."""

    star: int
    earned: int


class Star(NamedTuple):
    """The star given, what the score earned, why, and the figures of the reason (periods so far, periods asked)."""

    star: int | None
    earned: int | None
    why: WhyStar = WhyStar.NONE
    figures: tuple[int, ...] = ()


NO_STAR = Star(None, None)


def earned(scheme: Scheme, score: Decimal) -> int:
    """The star of the highest step the score reaches."""
    return next((star for least, star in scheme.stars if score >= least), 0)


def star(
    scheme: Scheme, kind: str, score: Decimal, previous: Sequence[Previous | None], *, vetoed: bool = False
) -> Star:
    """The star after a period. `previous`: the periods of the same kind before, newest last; None = no result.

    A period without a result breaks a run of consecutive ones, yet the star from before it stands.
    """
    if not scheme.gives_stars(kind):
        return NO_STAR
    here = earned(scheme, score)
    given = _moved(scheme, here, previous)
    most = scheme.veto.star_at_most
    if vetoed and most is not None and given.star is not None and given.star > most:
        return Star(most, here, WhyStar.VETOED, (given.star, most))
    return given


def _moved(scheme: Scheme, here: int, previous: Sequence[Previous | None]) -> Star:
    rules = scheme.movement
    now = next((one.star for one in reversed(previous) if one is not None), None)
    if now is None:
        return Star(min(here, rules.first_at_most) if rules.first_at_most else here, here, WhyStar.FIRST)
    run = _run(here, previous)
    if here > now:
        above = _leading(run, lambda one: one > now)
        if above < rules.up_after:
            return Star(now, here, WhyStar.WAITS_UP, (above, rules.up_after))
        reached = min(run[: rules.up_after])
        most = now + rules.most_up if rules.most_up else reached
        return Star(min(reached, most), here, WhyStar.PROMOTED, (now, above))
    if here < now:
        below = _leading(run, lambda one: one < now)
        if below < rules.down_after:
            return Star(now, here, WhyStar.WAITS_DOWN, (below, rules.down_after))
        reached = max(run[: rules.down_after])
        least = now - rules.most_down if rules.most_down else reached
        return Star(max(reached, least), here, WhyStar.DEMOTED, (now, below))
    return Star(now, here, WhyStar.KEPT)


def _run(here: int, previous: Sequence[Previous | None]) -> list[int]:
    """What consecutive periods earned, newest first, this one leading."""
    run = [here]
    for one in reversed(previous):
        if one is None:
            break
        run.append(one.earned)
    return run


def _leading(run: Sequence[int], holds: Callable[[int], bool]) -> int:
    """How many from the front on satisfy a condition without a break."""
    return next((place for place, one in enumerate(run) if not holds(one)), len(run))
