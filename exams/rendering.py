"""Codes, moments and marks of the exams as sentences for people."""

import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from exams.models import Sitting
from exams.rules.access import Refusal


def moment(when: datetime.datetime) -> str:
    """A moment in the bureau's own time, to the minute."""
    return formats.date_format(timezone.localtime(when), "Y-m-d H:i")


def refusal_text(refusal: Refusal, sitting: Sitting) -> str:
    """Why somebody may not start, and what they can do."""
    return {
        Refusal.NOT_INVITED: _("You are not among the candidates of this exam."),
        Refusal.NO_PAPER: _("The papers of this exam are not ready yet."),
        Refusal.NOT_YET: _("This exam opens at %(when)s.") % {"when": moment(sitting.opens_at)},
        Refusal.OVER: _("This exam ended at %(when)s.") % {"when": moment(sitting.closes_at)},
        Refusal.AUXILIARY: _(
            "This is a qualification exam. Auxiliaries may not enforce the law and may not hold an enforcement "
            "certificate, so they cannot sit it. The refusal is on record; training exams remain open to you."
        ),
        Refusal.ALREADY_SUBMITTED: _("You have already handed in."),
    }[refusal]


def marking_text(rule: str) -> str:
    """A marking rule in words, for candidates."""
    return {
        "exact": _(
            "A question earns its full marks for exactly the right answer and 0 otherwise. "
            "Nothing is taken off for wrong answers."
        )
    }[rule]


def bad_event_text(code: str) -> str:
    """What is wrong with an answer that could not be saved."""
    texts = {
        "unknown_item": _("There is no such question on this paper."),
        "bad_value": _("The answer does not fit the question."),
        "nul": _("The answer holds a character that cannot be stored."),
        "broken_text": _("The answer holds a broken character."),
        "too_long": _("The answer is longer than 64 kB."),
    }
    return texts.get(code, _("The answer cannot be read."))


def freeze_text(code: str) -> str:
    """Why papers cannot be frozen."""
    return {
        "already_frozen": _("The papers of this sitting are frozen."),
        "no_lines": _("The blueprint has no lines."),
        "nobody": _("Nobody serving today is invited: look at units, posts and categories."),
        "closed": _("The window of this sitting is over."),
        "pass_mark": _("The pass mark is above what the whole paper is worth."),
        "shortfall": _("The bank cannot satisfy the blueprint; what is missing stands below."),
    }[code]


def staff_refusal_text(code: str) -> str:
    """Why a staff action during an exam was refused."""
    return {
        "reason": _("Give a reason of at least five characters."),
        "oneself": _("Nobody acts on their own exam. Ask a colleague."),
        "over": _("This attempt has already been handed in."),
        "range": _("Extra time is between 0 minutes and four hours in all."),
        "not_running": _("This sitting is not running."),
        "nobody": _("There is nobody to whom this applies."),
    }[code]


def latecomer_text(code: str) -> str:
    """Why somebody cannot be admitted."""
    return {
        "not_frozen": _("The papers are not frozen yet: whoever serves in the units is invited then."),
        "over": _("This sitting is over."),
        "auxiliary": _("Auxiliaries cannot sit a qualification exam."),
        "not_serving": _("This person serves in no unit today."),
        "already_there": _("This person is already among the candidates."),
        "shortfall": _("The bank no longer satisfies the blueprint."),
    }[code]


def release_text(code: str) -> str:
    """Why results cannot be released."""
    return {
        "not_closed": _("The sitting is not over yet."),
        "still_writing": _("Somebody with extra time is still writing."),
        "already_released": _("The results have been released."),
    }[code]
