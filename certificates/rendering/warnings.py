"""Warnings in words."""

from django.utils.translation import ngettext

from certificates.rules.warning import read_code


def step_words(code: str) -> str:
    """ "6 months before" of "m6", "30 days before" of "d30"."""
    unit, count = read_code(code)
    words = (
        ngettext("%(count)d month before", "%(count)d months before", count)
        if unit == "months"
        else ngettext("%(count)d day before", "%(count)d days before", count)
    )
    return words % {"count": count}
