"""Cards as pages show them: what is wrong in words, grades and steps as tables, two versions beside each other."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianbing.library.models import ArticleChange, CardCitation, CardFlag, CardVersion
from lianbing.library.queries import CitationResolver, Resolution
from lianbing.library.rendering import diff
from lianbing.library.rendering.impact import words
from lianbing.library.rules import diff_words, legal_amounts, working_days
from lianbing.library.rules.cards import LISTS, TEXTS, CardText, Fault
from lianbing.library.rules.diff import Fate, Row, Side
from lianbing.library.rules.penalties import Bound, Grade, lines_of, parse_bounds, parse_grades
from lianbing.library.rules.working_days import Deadline, Kind, Step, parse_steps

NAMES = {
    "code": gettext_lazy("Code"),
    "name": gettext_lazy("Name of the matter"),
    "item": gettext_lazy("Level-1 item"),
    "violation": gettext_lazy("Violation"),
    "seen": gettext_lazy("What one sees in the street"),
    "violation_basis": gettext_lazy("Basis of the violation"),
    "penalty_basis": gettext_lazy("Basis of the penalty"),
    "bounds": gettext_lazy("Penalty the law allows"),
    "grades": gettext_lazy("Discretion grades"),
    "procedure": gettext_lazy("Procedure"),
    "steps": gettext_lazy("Procedure steps"),
    "evidence": gettext_lazy("Evidence checklist"),
    "documents": gettext_lazy("Papers of the case"),
    "phrases": gettext_lazy("What to say"),
    "mistakes": gettext_lazy("Common errors"),
    "risks": gettext_lazy("Integrity risks"),
    "equipment": gettext_lazy("Equipment and safety"),
    "posts": gettext_lazy("Posts"),
}
SAYINGS = {
    "empty": gettext_lazy("This must be filled in."),
    "long": gettext_lazy("At most %(detail)s characters."),
    "characters": gettext_lazy("It holds characters that cannot be shown."),
    "code": gettext_lazy("A code has up to 40 letters, digits, - and _, such as SR-0101."),
    "reserved": gettext_lazy("This word is taken by the system. Choose another code."),
    "no_article": gettext_lazy(
        "No article is named in “%(detail)s”. Write it like 《行政处罚法》第三十三条."
    ),
    "penalty": gettext_lazy("“%(detail)s” is no penalty. Write 警告, 50元以上200元以下, 1-3倍 or 不予处罚."),
    "amount": gettext_lazy(
        "“%(detail)s” cannot be read as a penalty. Write amounts in digits, such as 50-200元, 1-3倍, 20-50元/平方米."
    ),
    "reversed": gettext_lazy("“%(detail)s”: the upper amount must not lie below the lower one."),
    "twice": gettext_lazy("“%(detail)s” is the second fine in one line. Write one fine a line."),
    "fields": gettext_lazy("“%(detail)s” has too few or too many parts. Part them by |."),
    "name": gettext_lazy("“%(detail)s”: a grade has a name and its circumstances."),
    "subject": gettext_lazy("“%(detail)s” stands twice. Each subject has one line."),
    "lines": gettext_lazy("At most %(detail)s lines."),
    "step_fields": gettext_lazy(
        "“%(detail)s” has too many parts: step | what to do | time limit | counted from."
    ),
    "step_name": gettext_lazy("“%(detail)s”: the step has no name."),
    "step_twice": gettext_lazy("The step “%(detail)s” stands twice."),
    "step_limit": gettext_lazy("“%(detail)s” is no time limit. Write 7个工作日, 90日, 24小时 or 当场."),
    "step_since": gettext_lazy("No earlier step is called “%(detail)s”."),
    "step_lines": gettext_lazy("At most %(detail)s lines."),
    "no_bounds": gettext_lazy("%(detail)s: say first what penalty the law allows."),
    "unknown_subject": gettext_lazy("%(detail)s: the penalty the law allows says nothing of this subject."),
    "unit_differs": gettext_lazy("%(detail)s: counted in another unit than in the law."),
    "above_maximum": gettext_lazy("%(detail)s: above the legal maximum. It is refused."),
    "below_minimum": gettext_lazy(
        "%(detail)s: below the legal minimum. That is 减轻 and needs its basis: 《行政处罚法》第三十二条."
    ),
    "exempt_unfounded": gettext_lazy("%(detail)s: 不予处罚 needs its basis: 《行政处罚法》第三十三条."),
    "not_provided": gettext_lazy("%(detail)s: the law does not provide this penalty."),
    "gap": gettext_lazy("%(detail)s: no grade covers these amounts."),
    "overlap": gettext_lazy("%(detail)s: two grades cover the same amounts."),
    "art_85": gettext_lazy(
        "%(detail)s: 二日, 三日, 五日 and 七日 in 行政处罚法 are working days (第八十五条). Write 工作日 if it is one of them."
    ),
    "post": gettext_lazy("There is no post called “%(detail)s”."),
    "procedure": gettext_lazy(
        "“%(detail)s” is no procedure. Write 简易程序, 普通程序, 简易或普通程序 or 不涉及处罚."
    ),
}


def say(fault: Fault) -> str:
    """A fault in words, with its line where there is one."""
    text = str(SAYINGS[fault.code]) % {"detail": fault.detail[:80]}
    return _("Line %(line)s: %(text)s") % {"line": fault.line, "text": text} if fault.line else text


@dataclass(frozen=True)
class GradeGroup:
    """What the law allows for one subject, and its grades."""

    bound: Bound
    grades: Sequence[Grade]


@dataclass(frozen=True)
class StepLine:
    """One step on the page, with its latest day for the day asked for."""

    number: int
    step: Step
    due: Deadline | None = None
    counted: bool = False


def grade_groups(version: CardVersion) -> list[GradeGroup]:
    """The grades of a version by subject, in the order of the law; grades for everybody stand with the first."""
    bounds, grades = parse_bounds(version.bounds), parse_grades(version.grades)
    subjects = {bound.subject for bound in bounds}
    return [
        GradeGroup(
            bound,
            [g for g in grades if g.subject == bound.subject or (not place and g.subject not in subjects)],
        )
        for place, bound in enumerate(bounds)
    ]


def strange_bounds(version: CardVersion) -> list[str]:
    """What the card says the law allows and the articles of the penalty do not say, in words."""
    rows = [row for row in version.citations.all() if row.basis == CardCitation.Basis.PENALTY]
    texts = [one.article.text for row in rows for one in row.articles.all()]
    named = dict.fromkeys(
        legal_amounts.amounts_words(fine) for text in texts for fine in legal_amounts.fines_in(text)
    )
    saying = _("“%(bound)s” does not stand in the articles of the penalty, which name: %(named)s")
    return [
        saying % {"bound": bound.penalty.text, "named": "、".join(named)}
        for bound in legal_amounts.not_in_law(parse_bounds(version.bounds), texts)
    ]


def step_lines(version: CardVersion, happened: str, on: datetime.date | None) -> list[StepLine]:
    """The steps; with a day, the latest day of each when the step called `happened` was on it."""
    steps = parse_steps(version.steps)
    if on is None or not steps:
        return [StepLine(number, step) for number, step in enumerate(steps, 1)]
    rows = working_days.latest(steps, happened, on)
    return [
        StepLine(number, step, due, step.kind in {Kind.WORKING, Kind.CALENDAR})
        for number, (step, _start, due) in enumerate(rows, 1)
    ]


def parts(version: CardVersion) -> list[tuple[str, str, list[str]]]:
    """The lists of a card that hold something: (field, heading, lines)."""
    found = [
        (name, str(NAMES[name]), [line for _n, line in lines_of(getattr(version, name))]) for name in LISTS
    ]
    return [part for part in found if part[2]]


@dataclass(frozen=True)
class BasisLine:
    """One citation with what it means on the day of reading, and the edition it was approved with."""

    citation: CardCitation
    resolutions: Sequence[Resolution]
    approved_with: Sequence[str]


def basis(version: CardVersion, resolver: CitationResolver) -> list[tuple[str, list[BasisLine]]]:
    """The citations of a version under the two headings, as a resolver that was prepared for them reads them."""
    rows = list(version.citations.all())
    groups = []
    for kind, word in CardCitation.Basis.choices:
        lines = [
            BasisLine(row, resolver.resolve_all(row.text), _editions(row))
            for row in rows
            if row.basis == kind
        ]
        if lines:
            groups.append((str(word), lines))
    return groups


def _editions(row: CardCitation) -> list[str]:
    named = [f"{one.article.edition} {one.article.label}" for one in row.articles.all()]
    return list(dict.fromkeys(named))


def text_of(version: CardVersion) -> CardText:
    """A version as the rules see it. Reads its posts and citations."""
    texts = {name: getattr(version, name) for name in TEXTS if not name.endswith("_basis")}
    lines: dict[str, list[str]] = {"violation": [], "penalty": []}
    for citation in version.citations.all():
        lines[citation.basis].append(citation.text)
    return CardText(
        **texts,
        violation_basis="\n".join(lines["violation"]),
        penalty_basis="\n".join(lines["penalty"]),
        posts=tuple(sorted(row.post.name for row in version.posts.all())),
    )


@dataclass(frozen=True)
class Changed:
    """One part of a card before and after."""

    heading: str
    words: SafeString
    tone: str
    name: str


def comparison(old: CardText | None, new: CardText) -> list[Changed]:
    """What a draft changes, part by part; of a new card every part that says something."""
    found = []
    for field in (*TEXTS, "posts"):
        before, after = _shown(old, field) if old else "", _shown(new, field)
        if before == after:
            continue
        heading = str(NAMES[field])
        sides = (Side(heading, "", before) if before else None, Side(heading, "", after) if after else None)
        runs = diff_words.compare(before, after) if before and after else ()
        fate = Fate.CHANGED if all(sides) else Fate.REMOVED if before else Fate.ADDED
        names = {Fate.CHANGED: _("Reworded"), Fate.ADDED: _("Added"), Fate.REMOVED: _("Removed")}
        found.append(Changed(heading, diff.pair(Row(fate, *sides, runs)), diff.TONES[fate], names[fate]))
    return found


def _shown(card: CardText, field: str) -> str:
    value = getattr(card, field)
    if field == "posts":
        return "\n".join(value)
    return str(dict(CardVersion.Procedure.choices).get(value, value)) if field == "procedure" else str(value)


@dataclass(frozen=True)
class FlagLine:
    """One changed article of a card: the old words beside the new ones."""

    flag: CardFlag
    after: str
    words: SafeString


def flag_lines(flags: Iterable[CardFlag], changes: dict[int, ArticleChange]) -> list[FlagLine]:
    """The open flags of a card with the words of the article before and after."""
    lines = []
    for flag in flags:
        change = changes.get(flag.article_id)
        after = change.successor if change else None
        lines.append(
            FlagLine(flag, f"{after.edition} {after.label}" if after else "", words(flag.article, after))
        )
    return lines
