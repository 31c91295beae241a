"""Codes, moments and marks of the exams as sentences for people."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from exams.models import Sitting
from exams.queries.review import Why
from exams.rules import scoring
from exams.rules.access import Refusal
from exams.rules.marks import Section
from exams.rules.sections import Misfit, numbered, spans
from question_bank import kinds, marking
from question_bank.models import KINDS


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


def marking_text(rule: str, settings: Mapping[str, Any] | None = None) -> str:
    """A marking rule with its settings in words, for candidates."""
    code, values = marking.get(rule).words(settings or {})
    texts = {
        "exact": _(
            "A question earns its full marks for exactly the right answer and 0 otherwise. "
            "Nothing is taken off for wrong answers."
        ),
        "half_for_subset": _(
            "An incomplete answer without a wrong option earns half of the marks; a wrong option, 0."
        ),
        "per_correct_option": _(
            "An incomplete answer without a wrong option earns %(each)s for each right option, always less "
            "than full marks; a wrong option, 0."
        ),
        "subset_proportional": _(
            "An incomplete answer without a wrong option earns the share of the right options chosen; "
            "a wrong option, 0."
        ),
        "wrong_means_zero": _(
            "An incomplete answer without anything wrong earns %(partial)s; anything wrong, 0."
        ),
        "negative": _(
            "Each right option earns its share; each wrong one takes %(penalty)s off. A question never "
            "falls below %(floor)s; not answering costs nothing."
        ),
        "negative_open": _(
            "Each right option earns its share; each wrong one takes %(penalty)s off. "
            "Not answering costs nothing."
        ),
        "per_blank": _("Each blank filled in rightly earns its equal part."),
        "per_step": _("Each step that follows the right one earns its equal part."),
    }
    return texts[code] % values


def rule_name(rule: str) -> str:
    """The name of a marking rule, for those who choose one."""
    return {
        "exact": _("Exact: all right or nothing"),
        "half_for_subset": _("Half for an incomplete answer"),
        "per_correct_option": _("So much per right option"),
        "subset_proportional": _("Share of the right options"),
        "wrong_means_zero": _("Fixed marks for an incomplete answer"),
        "negative": _("Negative: wrong answers cost"),
        "per_blank": _("Per blank"),
        "per_step": _("Per step"),
    }[rule]


def setting_name(name: str) -> str:
    """The name of a setting of a marking rule, or of the floor of a section."""
    return {
        "each": _("Marks per right option"),
        "partial": _("Marks for an incomplete answer"),
        "penalty": _("Taken off per wrong option"),
        "floor": _("Least marks of a question"),
    }.get(name, name)


def section_title(place: int, title: str) -> str:
    """The heading of a section, counted from 0 (一、单项选择题); nothing for an unnamed one."""
    return _("%(number)s. %(title)s") % {"number": numbered(place), "title": title} if title else ""


def section_words(section: Section, asked: Iterable[str]) -> list[str]:
    """What candidates are told about a section that asks questions of these kinds.

    Its instructions, how it is marked, what happens where the rule does not fit (parts of a case), that
    people mark texts, its floor. Written answers alone need no rule.
    """
    units = frozenset[str]().union(*(kinds.get(kind).units for kind in asked))
    told = [section.instructions] if section.instructions else []
    if units != {"text"}:
        told.append(marking_text(section.rule, section.settings))
    if units - marking.get(section.rule).units - {"text"}:
        told.append(_("Parts that this rule does not fit: all right earns full marks, else 0."))
    if "text" in units:
        told.append(_("Written answers are marked by a person, by scoring points, without the name."))
    if section.floor is not None:
        least = scoring.marks_text(section.floor)
        told.append(_("The section never earns less than %(floor)s.") % {"floor": least})
    return told


def shown_sections(items: Sequence[Sequence[Any]], sections: Sequence[Section]) -> list[dict[str, Any]]:
    """The sections of a paper for its candidate: title, words, and the positions from `first` to `last`."""
    return [
        {
            "title": section_title(span.place, span.section.title),
            "words": section_words(span.section, span.kinds),
            "first": span.first,
            "last": span.last,
            "marks": scoring.marks_text(span.marks),
        }
        for span in spans(items, sections)
    ]


def why_text(why: Why) -> str:
    """Why an answer earned its marks: what was counted and by which rule. Points are listed beside it."""
    counted = {"total": why.outcome.total, "right": why.outcome.right, "wrong": why.outcome.wrong}
    if why.outcome.blank:
        return _("Not answered: 0.")
    if why.outcome.unit == "text":
        return _("Marked by a person.")
    if why.outcome.is_exact:
        return _("All right: full marks.")
    texts = {
        "choice": _("%(right)s of %(total)s right options chosen, %(wrong)s wrong."),
        "blank": _("%(right)s of %(total)s blanks right, %(wrong)s wrong."),
        "step": _("%(right)s of %(total)s steps in order."),
    }
    return texts[why.outcome.unit] % counted


def misfit_text(misfit: Misfit) -> str:
    """What stands against a marking rule in a section."""
    about = {"kind": dict(KINDS).get(misfit.field, misfit.field), "setting": setting_name(misfit.field)}
    texts = {
        "rule_unknown": _("There is no such marking rule."),
        "rule_cannot_mark": _("This rule cannot mark %(kind)s."),
        "floor_above_zero": _("The floor of a section is 0 or less."),
        "setting_missing": _("%(setting)s: this must be filled in."),
        "setting_malformed": _("%(setting)s: give a number with at most two decimal places."),
        "setting_too_small": _("%(setting)s: the number is too small."),
        "setting_too_large": _("%(setting)s: the number is too large."),
        "setting_above_marks": _("%(setting)s: this must be less than the marks of each question."),
        "setting_unknown": _("%(setting)s: the rule has no such setting."),
        "settings_malformed": _("The settings of the rule cannot be read."),
    }
    return texts[misfit.code] % about


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
        "waiting": _("Written answers are still waiting for a marker."),
        "already_released": _("The results have been released."),
    }[code]


def marking_refusal_text(code: str) -> str:
    """Why a written answer cannot be marked."""
    return {
        "not_yours": _("You do not mark this exam."),
        "own_exam": _("You are among the candidates of this exam. Somebody else marks it."),
        "not_closed": _("The sitting is not over yet."),
        "released": _("The results have been released; marks no longer change here."),
        "taken": _("Another marker has this answer. Take the next one."),
        "unmarked": _("This answer has not been marked yet."),
        "reason": _("Give a reason of at least five characters."),
    }[code]


def bad_mark_text(code: str, full: Decimal) -> str:
    """What is wrong with the marks a marker sent."""
    return {
        "points_unknown": _("The scoring points do not belong to this question. Load the page again."),
        "marks_missing": _("Give the marks."),
        "marks_range": _("Give marks from 0 to %(full)s.") % {"full": scoring.marks_text(full)},
    }[code]
