"""Verdicts of eligibility in words: what somebody has, what they still need, and until when it holds."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from certificates.models import Qualification
from certificates.models.qualifying_labels import PART_LABELS
from certificates.rules.eligibility import LAW
from certificates.rules.qualifying import PartVerdict, Verdict
from certificates.rules.qualifying_parts import EXAMS, Part, PartRule, Problem

Text = str | Promise


@dataclass(frozen=True)
class Row:
    """One part as people read it: its name, what there is, what is asked, and where to go from here."""

    part: str
    label: Text
    met: bool
    have: str
    need: str
    until: str = ""
    url: str = ""
    link: Text = ""


def rows(verdict: Verdict, *, own: bool) -> list[Row]:
    """Every part of a verdict in words, in the order of the rule. `own`: for the person; else links are left out."""
    return [_row(part, own) for part in verdict.parts]


def _row(part: PartVerdict, own: bool) -> Row:
    url, link = _where(part) if own else ("", "")
    return Row(
        part=part.part.value,
        label=PART_LABELS[part.part],
        met=part.met,
        have=_HAVE[part.part](part),
        need=need(part.part, part.need),
        until=_until(part) if part.met else "",
        url=url,
        link=link,
    )


def short(part: PartVerdict) -> str:
    """What is missing, in a few words for a table: the name of the part and, of hours, how many."""
    if part.part is Part.HOURS:
        return _("%(part)s: %(hours)s short") % {
            "part": PART_LABELS[part.part],
            "hours": plain(part.need["missing"]),
        }
    if part.code == "lapsed":
        return _("%(part)s: no longer good") % {"part": PART_LABELS[part.part]}
    if part.code == "failed":
        return _("%(part)s: not passed") % {"part": PART_LABELS[part.part]}
    return str(PART_LABELS[part.part])


def asked(rule: PartRule) -> str:
    """What one part of a rule asks, as a sentence of the rules page."""
    given = dict(rule.params)
    if rule.part in EXAMS:
        given = {"months": rule.get("months"), "elsewhere": not rule.get("papers")}
    elif rule.part is Part.HOURS:
        given = {"hours": Decimal(rule.get("hours")), "months": rule.get("months")}
    return need(rule.part, given)


def plain(number: Decimal) -> str:
    """A decimal without the noughts at its end."""
    return f"{number.normalize():f}"


def need(part: Part, given: Mapping[str, Any]) -> str:
    """What a part asks."""
    if part in EXAMS:
        return _need_exam(given)
    if part is Part.HOURS:
        return _need_hours(given)
    if part is Part.CONDUCT:
        return _("No sanction in the last %(months)s months") % given
    if part is Part.PROBATION:
        return _("%(months)s months of probation served") % given
    if part is Part.AGE:
        return _("At least %(least)s years old") % given
    if part is Part.QUALIFICATION:
        return " / ".join(qualification(kind) for kind in given["kinds"])
    return str(_NEED[part])


_NEED = {
    Part.CATEGORY: gettext_lazy("Enforcement officer on the establishment"),
    Part.NO_BLOCK: gettext_lazy("No bar in force after a revocation"),
}


def _need_exam(given: Mapping[str, Any]) -> str:
    parts = [pgettext("eligibility", "Passed")]
    if given["months"]:
        parts.append(_("a pass is good for %(months)s months") % given)
    if given["elsewhere"]:
        parts.append(_("held elsewhere: HR enters the result with its document"))
    return _("; ").join(parts)


def _need_hours(given: Mapping[str, Any]) -> str:
    said = {"hours": plain(given["hours"]), "months": given["months"]}
    if given["months"]:
        return _("%(hours)s hours in the last %(months)s months") % said
    return _("%(hours)s hours in this calendar year") % said


def qualification(kind: str) -> str:
    """The name of a qualification."""
    return str(Qualification.Kind(kind).label)


def _day(day: datetime.date | None) -> str:
    return date_format(day, "Y-m-d") if day else ""


def _until(part: PartVerdict) -> str:
    return _("until %(day)s") % {"day": _day(part.until)} if part.until else ""


def _document(part: PartVerdict) -> str:
    return _("Document %(number)s of %(day)s") % {
        "number": part.have["document_no"],
        "day": _day(part.since),
    }


def _category(part: PartVerdict) -> str:
    if part.code == "auxiliary":
        return _("Auxiliaries may not hold an enforcement certificate (%(law)s).") % {"law": LAW}
    if part.code == "civilian":
        return _("Civilian staff do not enforce and hold no enforcement certificate (%(law)s).") % {
            "law": LAW
        }
    return _("Enforcement officer")


def _age(part: PartVerdict) -> str:
    return _document(part) if part.met else _("HR has not entered it yet")


def _probation(part: PartVerdict) -> str:
    if part.code == "document":
        return _document(part)
    if part.code == "unknown":
        return _("The day of joining is not on the roster; ask HR")
    words = _("Served since %(day)s") if part.met else _("Runs until %(day)s")
    return words % {"day": _day(part.since)}


def _exam(part: PartVerdict) -> str:
    if part.code == "document":
        return _document(part)
    if part.code == "exempt":
        return _("Exempt: %(qualification)s") % {"qualification": qualification(part.have["qualification"])}
    if part.code == "lapsed":
        return _("The pass of %(day)s was good until %(until)s") % {
            "day": _day(part.since),
            "until": _day(part.until),
        }
    if part.code == "never":
        return _("Nothing entered yet") if part.need["elsewhere"] else _("Not sat yet")
    return _result(part)


def _result(part: PartVerdict) -> str:
    said = {
        "title": part.have["title"],
        "day": _day(part.since),
        "score": plain(part.have["score"]),
        "full": plain(part.have["full_marks"]),
    }
    if part.met:
        return _("Passed on %(day)s: %(title)s, %(score)s of %(full)s") % said
    return _("Not passed on %(day)s: %(title)s, %(score)s of %(full)s") % said


def _hours(part: PartVerdict) -> str:
    said = {"have": plain(part.have["hours"]), "missing": plain(part.need["missing"])}
    if part.met:
        return _("%(have)s hours") % said
    return _("%(have)s hours, %(missing)s still missing") % said


def _conduct(part: PartVerdict) -> str:
    if part.met:
        return _("Nothing on record")
    if part.code == "against":
        return _("HR states by document %(number)s: not fulfilled") % {"number": part.have["document_no"]}
    return _("%(title)s of %(day)s; counts until %(until)s") % {
        "title": part.have["title"],
        "day": _day(part.since),
        "until": _day(part.until),
    }


def _qualification(part: PartVerdict) -> str:
    if part.code == "document":
        return _document(part)
    return qualification(part.have["qualification"]) if part.met else _("Nothing entered yet")


def _no_block(part: PartVerdict) -> str:
    if part.met:
        return _("None")
    return _("No application before %(day)s has passed") % {"day": _day(part.until)}


_HAVE = {
    Part.CATEGORY: _category,
    Part.AGE: _age,
    Part.PROBATION: _probation,
    Part.HOURS: _hours,
    Part.CONDUCT: _conduct,
    Part.QUALIFICATION: _qualification,
    Part.NO_BLOCK: _no_block,
} | dict.fromkeys(EXAMS, _exam)


def _where(part: PartVerdict) -> tuple[str, Text]:
    """Where the person looks at the record behind a part, or goes on from here."""
    if part.part is Part.HOURS:
        return reverse("training:hours"), _("My hours")
    if part.url and (part.part in EXAMS or part.part is Part.CONDUCT):
        return part.url, _("Open the record")
    if part.part in EXAMS and not part.met and not part.need["elsewhere"]:
        return reverse("exams:home"), _("To the exams")
    return "", ""


def summary(verdict: Verdict) -> str:
    """One sentence: how many of the parts are met."""
    done, total = len(verdict.have), len(verdict.parts)
    missing = total - done
    if not missing:
        return _("You have everything that is asked.")
    return ngettext(
        "%(missing)s of %(total)s requirements is still missing.",
        "%(missing)s of %(total)s requirements are still missing.",
        missing,
    ) % {"missing": missing, "total": total}


def problem(one: Problem) -> str:
    """What is wrong with a rule, as a sentence beside its field."""
    return {
        "asked": _("The category is always asked."),
        "no_exam": _("Ask for at least one of the two exams."),
        "twice": _("A requirement stands in the rule twice."),
        "shared": _("A blueprint counts for one of the two exams only."),
        "unknown": _("This figure is not known."),
        "value": _("This figure is not possible."),
        "empty": _("Choose at least one."),
        "past": _(
            "A version holds from today or a later day: what was asked before does not change afterwards."
        ),
        "again": _("Somebody else has just saved a version. Try again."),
    }[one.code]
