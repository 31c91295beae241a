"""Whether somebody may apply for an enforcement certificate, and what they still need: "you have / you still need".

`judge` takes the rule in force, the evidence on record and a day, and says of every part that is asked
whether it is met, by what, and until when. It decides nothing about anybody: a person applies, and a person
enters the certificate in the register.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from certificates.rules.qualifying_parts import CATEGORY, EXAMS, EligibilityRule, Part, PartRule
from certificates.rules.validity import add_months, last_day

ZERO = Decimal(0)


@dataclass(frozen=True)
class Result:
    """One released result: of which paper, on which day, passed or not. `url` opens it."""

    paper: str
    on: datetime.date
    passed: bool
    title: str = ""
    score: Decimal | None = None
    full_marks: Decimal | None = None
    url: str = ""


@dataclass(frozen=True)
class Attested:
    """What HR entered with a document: that a part is met (or stands against somebody) from a day until another."""

    part: Part
    met: bool
    on: datetime.date
    until: datetime.date | None = None
    document_no: str = ""

    def holds(self, day: datetime.date) -> bool:
        """Whether it holds on a day."""
        return self.on <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Mark:
    """Something in somebody's conduct that counts against them, such as a sanction, and the day it bears."""

    on: datetime.date
    title: str
    url: str = ""


@dataclass(frozen=True)
class Evidence:
    """All that is on record of one person. `hours` are those of the span the rule asks for."""

    category: str
    joined_on: datetime.date | None = None
    results: tuple[Result, ...] = ()
    attested: tuple[Attested, ...] = ()
    hours: Decimal = ZERO
    marks: tuple[Mark, ...] = ()
    qualifications: frozenset[str] = frozenset()
    blocked_until: datetime.date | None = None


@dataclass(frozen=True)
class PartVerdict:
    """How one part stands. `code` says in which way, `have` and `need` are the figures for the sentence.

    `since` and `until` bound the time in which it is met (or in which something stands against it);
    `url` opens the record behind it. `final`: nothing the person does can meet it.
    """

    part: Part
    met: bool
    code: str
    have: Mapping[str, Any] = field(default_factory=dict)
    need: Mapping[str, Any] = field(default_factory=dict)
    since: datetime.date | None = None
    until: datetime.date | None = None
    url: str = ""
    final: bool = False


@dataclass(frozen=True)
class Verdict:
    """How somebody stands on a day, part by part."""

    parts: tuple[PartVerdict, ...]

    @property
    def eligible(self) -> bool:
        """Whether everything is met."""
        return all(one.met for one in self.parts)

    @property
    def barred(self) -> bool:
        """Whether something stands against them that nothing they do will change (the category)."""
        return any(one.final and not one.met for one in self.parts)

    @property
    def have(self) -> list[PartVerdict]:
        """What is met."""
        return [one for one in self.parts if one.met]

    @property
    def missing(self) -> list[PartVerdict]:
        """What is still needed."""
        return [one for one in self.parts if not one.met]

    @property
    def until(self) -> datetime.date | None:
        """The last day on which everything now met is still met, or None = no end is known."""
        return min((one.until for one in self.have if one.until), default=None)


def judge(rule: EligibilityRule, evidence: Evidence, day: datetime.date) -> Verdict:
    """How somebody with this evidence stands to a rule on a day."""
    return Verdict(tuple(_JUDGES[one.part](one, evidence, day) for one in rule.parts))


def hours_from(asked: PartRule, day: datetime.date) -> datetime.date:
    """The first day whose hours count on `day`: of this calendar year, or of the last so many months."""
    months = asked.get("months")
    if months == 0:
        return datetime.date(day.year, 1, 1)
    return add_months(day, -months) + datetime.timedelta(days=1)


def _category(asked: PartRule, evidence: Evidence, day: datetime.date) -> PartVerdict:
    del day
    met = evidence.category == CATEGORY
    return PartVerdict(asked.part, met, "met" if met else evidence.category, final=not met)


def _stated(asked: PartRule, evidence: Evidence, day: datetime.date, *, met: bool) -> Attested | None:
    """The newest statement of HR on a part that holds on the day."""
    holding = [
        one for one in evidence.attested if one.part is asked.part and one.met is met and one.holds(day)
    ]
    return max(holding, key=lambda one: one.on, default=None)


def _by_document(asked: PartRule, stated: Attested, need: Mapping[str, Any] | None = None) -> PartVerdict:
    have = {"document_no": stated.document_no}
    return PartVerdict(asked.part, True, "document", have, need or {}, since=stated.on, until=stated.until)


def _age(asked: PartRule, evidence: Evidence, day: datetime.date) -> PartVerdict:
    need = {"least": asked.get("least")}
    stated = _stated(asked, evidence, day, met=True)
    return (
        _by_document(asked, stated, need) if stated else PartVerdict(asked.part, False, "unknown", {}, need)
    )


def _probation(asked: PartRule, evidence: Evidence, day: datetime.date) -> PartVerdict:
    need = {"months": asked.get("months")}
    stated = _stated(asked, evidence, day, met=True)
    if stated:
        return _by_document(asked, stated, need)
    if evidence.joined_on is None:
        return PartVerdict(asked.part, False, "unknown", {}, need)
    ends = add_months(evidence.joined_on, asked.get("months"))
    have = {"joined_on": evidence.joined_on}
    if ends <= day:
        return PartVerdict(asked.part, True, "met", have, need, since=ends)
    return PartVerdict(asked.part, False, "running", have, need, since=ends)


def _exam(asked: PartRule, evidence: Evidence, day: datetime.date) -> PartVerdict:
    exempt = sorted(evidence.qualifications & set(asked.get("exempt")))
    need = {"months": asked.get("months"), "elsewhere": not asked.get("papers")}
    if exempt:
        return PartVerdict(asked.part, True, "exempt", {"qualification": exempt[0]}, need)
    papers = set(asked.get("papers"))
    sat = [one for one in evidence.results if one.paper in papers and one.on <= day]
    passed = [_passed(asked, one, need) for one in sat if one.passed]
    passed += [
        _document_pass(asked, one, need)
        for one in evidence.attested
        if one.part is asked.part and one.met and one.on <= day
    ]
    best = max(passed, key=lambda one: (one.until or datetime.date.max, one.since), default=None)
    if best is not None and (best.until is None or best.until >= day):
        return best
    failed = max((one for one in sat if not one.passed), key=lambda one: one.on, default=None)
    if failed and (best is None or best.until is None or failed.on > best.until):
        have = {"title": failed.title, "score": failed.score, "full_marks": failed.full_marks}
        return PartVerdict(asked.part, False, "failed", have, need, since=failed.on, url=failed.url)
    if best is not None:
        return PartVerdict(asked.part, False, "lapsed", best.have, need, best.since, best.until, best.url)
    return PartVerdict(asked.part, False, "never", {}, need)


def _good_until(asked: PartRule, on: datetime.date) -> datetime.date | None:
    months = asked.get("months")
    return last_day(on, months) if months else None


def _passed(asked: PartRule, result: Result, need: Mapping[str, Any]) -> PartVerdict:
    have = {"title": result.title, "score": result.score, "full_marks": result.full_marks}
    until = _good_until(asked, result.on)
    return PartVerdict(asked.part, True, "passed", have, need, since=result.on, until=until, url=result.url)


def _document_pass(asked: PartRule, stated: Attested, need: Mapping[str, Any]) -> PartVerdict:
    """A pass elsewhere: good until the day HR entered, else as long as any pass."""
    until = stated.until or _good_until(asked, stated.on)
    have = {"document_no": stated.document_no}
    return PartVerdict(asked.part, True, "document", have, need, since=stated.on, until=until)


def _hours(asked: PartRule, evidence: Evidence, day: datetime.date) -> PartVerdict:
    needed = Decimal(asked.get("hours"))
    have = {"hours": evidence.hours}
    need = {"hours": needed, "months": asked.get("months"), "missing": max(ZERO, needed - evidence.hours)}
    met = evidence.hours >= needed
    # In a calendar year what is met stays met until its end; a sliding span may lose hours any day.
    until = datetime.date(day.year, 12, 31) if met and not asked.get("months") else None
    return PartVerdict(
        asked.part, met, "met" if met else "short", have, need, since=hours_from(asked, day), until=until
    )


def _conduct(asked: PartRule, evidence: Evidence, day: datetime.date) -> PartVerdict:
    need = {"months": asked.get("months")}
    against = _stated(asked, evidence, day, met=False)
    if against:
        have = {"document_no": against.document_no}
        return PartVerdict(asked.part, False, "against", have, need, against.on, against.until)
    newest = max((one for one in evidence.marks if one.on <= day), key=lambda one: one.on, default=None)
    ends = last_day(newest.on, asked.get("months")) if newest else day
    if newest is None or ends < day:
        return PartVerdict(asked.part, True, "clear", {}, need)
    have = {"title": newest.title}
    return PartVerdict(asked.part, False, "marked", have, need, newest.on, ends, newest.url)


def conduct_from(asked: PartRule, day: datetime.date) -> datetime.date:
    """A day before which no mark counts any more on `day`."""
    return add_months(day, -asked.get("months"))


def _qualification(asked: PartRule, evidence: Evidence, day: datetime.date) -> PartVerdict:
    need = {"kinds": asked.get("kinds")}
    held = sorted(evidence.qualifications & set(asked.get("kinds")))
    if held:
        return PartVerdict(asked.part, True, "met", {"qualification": held[0]}, need)
    stated = _stated(asked, evidence, day, met=True)
    return _by_document(asked, stated, need) if stated else PartVerdict(asked.part, False, "never", {}, need)


def _no_block(asked: PartRule, evidence: Evidence, day: datetime.date) -> PartVerdict:
    until = evidence.blocked_until
    if until is not None and until >= day:
        return PartVerdict(asked.part, False, "blocked", until=until)
    return PartVerdict(asked.part, True, "free")


_JUDGES = {
    Part.CATEGORY: _category,
    Part.AGE: _age,
    Part.PROBATION: _probation,
    Part.HOURS: _hours,
    Part.CONDUCT: _conduct,
    Part.QUALIFICATION: _qualification,
    Part.NO_BLOCK: _no_block,
} | dict.fromkeys(EXAMS, _exam)
