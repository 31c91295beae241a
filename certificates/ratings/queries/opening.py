"""What stands behind a point: every one opens the record it came from."""

from certificates.ratings.models import Fact, Result
from certificates.ratings.queries.evidence import Selection
from certificates.ratings.queries.statements import basis_of


def facts_of(result: Result) -> dict[str, list[Fact]]:
    """The facts behind each line of a result, by the code of the indicator, oldest first; as they stood then."""
    basis = basis_of(result.statement)
    codes = [line.code for line in basis.scheme.lines]
    lines = [basis.indicators[line.code, line.version] for line in basis.scheme.lines]
    selection = Selection(lines, basis.scheme.subject, basis.first, basis.last, basis.upto)
    found = selection.facts(result.officer_id or result.unit_id or 0)
    return {codes[place]: facts for place, facts in found.items()}


def facts_behind(result: Result, code: str) -> list[Fact]:
    """The facts behind one line of a result; none for a code it does not have."""
    return facts_of(result).get(code, [])


def parts_behind(result: Result) -> list[Result]:
    """The results of earlier periods that were rolled up into this one, in their order. One statement."""
    wanted = [part[0] for part in result.parts]
    whose = {"officer": result.officer_id} if result.officer_id else {"unit": result.unit_id}
    rows = Result.objects.filter(statement__in=wanted, **whose).select_related("statement__period__scheme")
    found = {row.statement_id: row for row in rows}
    return [found[statement] for statement in wanted if statement in found]
