"""Discretion grades (裁量等级) of a penalty against what the law allows.

A grade above the legal maximum is refused. One below the minimum counts only as 减轻 on the ground of art. 32
of 行政处罚法, none at all only as 不予处罚 on that of art. 33. Gaps between grades and overlaps are named, because
the same conduct must not meet two grades or none; two grades that share one amount as end and beginning do not
overlap. How the lines are written stands in `rules.penalties`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lianbing.library.rules import citations
from lianbing.library.rules.penalties import KINDS, Bound, Grade, Range, amount_words, range_words

PENALTY_LAW = "行政处罚法"
MITIGATED, EXEMPTED = 32, 33
REFUSED = frozenset(
    {
        "no_bounds",
        "unknown_subject",
        "unit_differs",
        "above_maximum",
        "below_minimum",
        "exempt_unfounded",
        "not_provided",
    }
)


@dataclass(frozen=True)
class Trouble:
    """Something about grades. `code` says what; `refused` whether the card cannot stand with it.

    `grade` is its name ("" for all of a subject), `detail` the amounts it is about, `line` where the
    grade stands (0 for all of a subject).
    """

    code: str
    subject: str
    grade: str = ""
    detail: str = ""
    line: int = 0

    @property
    def refused(self) -> bool:
        return self.code in REFUSED


def rests_on(basis: str, article: int) -> bool:
    """Whether a basis names this article of 行政处罚法."""
    return any(
        reference.law_title.endswith(PENALTY_LAW)
        and reference.number <= article <= (reference.to or reference.place).number
        for reference in citations.find(basis)
    )


def check(bounds: Sequence[Bound], grades: Sequence[Grade]) -> list[Trouble]:
    """Everything to be said about these grades, what is refused first. No grades, nothing to say."""
    found = [trouble for grade in grades for trouble in _of_grade(bounds, grade)]
    for bound in bounds:
        found += _between(bound, [grade for grade in grades if _meant(bounds, grade) is bound])
    return sorted(found, key=lambda trouble: not trouble.refused)


def _meant(bounds: Sequence[Bound], grade: Grade) -> Bound | None:
    """What the law allows for whom a grade is about; the only bound where the grade names nobody."""
    if not grade.subject and len(bounds) == 1:
        return bounds[0]
    return next((bound for bound in bounds if bound.subject == grade.subject), None)


def _of_grade(bounds: Sequence[Bound], grade: Grade) -> Iterable[Trouble]:
    def say(code: str, detail: str = "") -> Trouble:
        return Trouble(code, grade.subject, grade.name, detail, grade.line)

    if grade.exempt:
        if not rests_on(grade.basis, EXEMPTED):
            yield say("exempt_unfounded")
        return
    bound = _meant(bounds, grade)
    if bound is None:
        yield say("unknown_subject" if bounds else "no_bounds", grade.subject)
        return
    milder = rests_on(grade.basis, MITIGATED)
    strange = [kind for kind in grade.kinds if kind not in bound.kinds]
    if strange and not (milder and all(_lighter(kind, bound) for kind in strange)):
        yield say("not_provided", "、".join(strange))
    if grade.fine and bound.fine:
        yield from _amounts(grade.fine, bound.fine, milder, say)


def _lighter(kind: str, bound: Bound) -> bool:
    """Whether a kind of penalty stands before all that the law threatens, in the order of art. 9."""
    return all(KINDS.index(kind) < KINDS.index(one) for one in bound.kinds)


def _amounts(
    fine: Range, legal: Range, milder: bool, say: Callable[[str, str], Trouble]
) -> Iterable[Trouble]:
    if fine.unit != legal.unit:
        yield say("unit_differs", f"{fine.unit} / {legal.unit}")
        return
    if (fine.high, not fine.open_end) > (legal.high, not legal.open_end):
        yield say("above_maximum", f"{range_words(fine)} > {range_words(legal)}")
    if (fine.low, fine.open_start) < (legal.low, legal.open_start) and not milder:
        yield say("below_minimum", f"{range_words(fine)} < {range_words(legal)}")


def _between(bound: Bound, grades: Sequence[Grade]) -> Iterable[Trouble]:
    """Gaps from the legal minimum to the maximum, and overlaps. What lies below the minimum fills nothing."""
    legal = bound.fine
    if legal is None:
        return
    fines = [
        (grade.fine, grade.name)
        for grade in grades
        if grade.fine and grade.fine.unit == legal.unit and grade.fine.low >= legal.low
    ]
    if not fines:
        return
    fines.sort(key=lambda pair: (pair[0].low, pair[0].high))
    least = Decimal(1) if legal.unit.startswith("元") else Decimal(0)
    reached, name = Range(legal.low, legal.low, legal.unit), ""
    for fine, grade in fines:
        if fine.low - reached.high > least or (
            fine.low == reached.high and reached.open_end and fine.open_start
        ):
            yield Trouble("gap", bound.subject, grade, _span(reached.high, fine.low, legal.unit))
        if name and fine.low < reached.high:
            yield Trouble(
                "overlap",
                bound.subject,
                grade,
                f"{name} {_span(fine.low, min(fine.high, reached.high), legal.unit)}",
            )
        if fine.high >= reached.high:
            reached, name = fine, grade
    if legal.high - reached.high > least:
        yield Trouble("gap", bound.subject, "", _span(reached.high, legal.high, legal.unit))


def _span(low: Decimal, high: Decimal, unit: str) -> str:
    return f"{amount_words(low)}-{amount_words(high)}{unit}"
