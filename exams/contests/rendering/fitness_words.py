"""Why a pad is unfit, in words for whoever holds it and for the host."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from exams.contests.models import PadCheck


def words(codes: Iterable[str], check: PadCheck | None, cap_ms: int) -> list[str]:
    """The sentences of these codes of `rules.fitness`, with the figures measured (milliseconds)."""
    figures = {
        "cap": cap_ms,
        "minimum": round(check.minimum_ms or 0) if check else 0,
        "median": round(check.median_ms or 0) if check else 0,
        "jitter": round(check.jitter_ms or 0) if check else 0,
    }
    return [_sentence(code) % figures for code in codes]


def _sentence(code: str) -> str:
    return {
        "absent": _("Not connected: open this page on the phone and leave it open."),
        "not_measured": _("Not measured yet: it takes a few seconds."),
        "too_far": _(
            "Too far away: one round trip takes %(minimum)d ms, the rules put right %(cap)d ms at the most. "
            "Use the network of the hall."
        ),
        "unsteady": _(
            "The network is unsteady: usually %(median)d ms, at its best %(minimum)d ms, and it varies by "
            "%(jitter)d ms. Move closer to the access point or use another network."
        ),
        "sleeps": _("The screen may switch itself off: set it to stay on in the phone's settings."),
        "silent": _("The sound was not heard: turn the volume up."),
        "try_screen": _("Touch the page once, so that the screen stays on."),
        "try_sound": _("Try the sound."),
        "try_press": _("Wait for a press on trial."),
    }[code]
