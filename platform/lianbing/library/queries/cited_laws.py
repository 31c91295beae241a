"""From the names that citations use to the laws of the library."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, Q

from lianbing.library.models import Law, LawEdition, LawName
from lianbing.library.queries.laws import STANDING
from lianbing.library.rules import citations, law_header

NAMES_AT_ONCE = 400
BEGINNINGS_AT_ONCE = 50


def laws_named(names: Iterable[str], *, ends_of_runs: Iterable[str] = ()) -> dict[str, list[Law]]:
    """The standing laws that go by each name, as compared (`citations.title`); none for a name nobody bears.

    The full title counts before the short one, either before a name the legal section gave; the parts of
    a code share theirs. `ends_of_runs` are mere candidates: a closing （试行） is not guessed for them.
    One statement for some hundred names, two more where some are no titles.
    """
    sure, maybe = set(names), set(ends_of_runs)
    exact = _short_titled(sure | maybe)
    found = {name: _called(name, exact.get(law_header.short(name), [])) for name in sure | maybe}
    given = _given({name for name, laws in found.items() if not laws})
    found |= {name: [law] for name, law in given.items()}
    missing = {name for name in sure if not found[name]}
    found |= _with_brackets(missing)
    return found


def _standing() -> Exists:
    return Exists(LawEdition.objects.filter(STANDING, law=OuterRef("pk")))


def _batches(names: set[str], size: int) -> Iterator[list[str]]:
    ordered = sorted(names)
    return (ordered[start : start + size] for start in range(0, len(ordered), size))


def _short_titled(names: set[str]) -> dict[str, list[Law]]:
    """Laws by short title, each also under the short name without a closing （试行） that was asked for."""
    asked: dict[str, set[str]] = {}
    for name in names:
        short = law_header.short(name)
        for key in {short, citations.without_closing_brackets(short)}:
            asked.setdefault(key, set()).add(short)
    found: dict[str, list[Law]] = {}
    for batch in _batches(set(asked), NAMES_AT_ONCE):
        for law in Law.objects.filter(_standing(), short_title__in=batch).order_by("pk"):
            for short in asked[law.short_title]:
                found.setdefault(short, []).append(law)
    return found


def _given(names: set[str]) -> dict[str, Law]:
    """Laws by the names the legal section gave, which bear no name of the state."""
    by_short: dict[str, Law] = {}
    for batch in _batches({law_header.short(name) for name in names}, NAMES_AT_ONCE):
        for row in LawName.objects.filter(name__in=batch).select_related("law"):
            by_short[row.name] = row.law
    return {name: by_short[short] for name in names if (short := law_header.short(name)) in by_short}


def _with_brackets(names: set[str]) -> dict[str, list[Law]]:
    """Laws whose titles go on with （试行） and the like where the citation's name ends."""
    found: dict[str, list[Law]] = {}
    for batch in _batches(names, BEGINNINGS_AT_ONCE):
        begins = Q()
        for name in batch:
            begins |= Q(short_title__startswith=f"{law_header.short(name)}（")
        laws = list(Law.objects.filter(begins, _standing()).order_by("pk"))
        found |= {name: _called(name, laws) for name in batch}
    return found


def _called(name: str, laws: list[Law]) -> list[Law]:
    """Of these laws, those that go by this name."""
    keys = citations.name_keys(name)
    found = [law for law in laws if citations.name_keys(law.title) & keys]
    exact = [law for law in found if citations.title(law.title) == name]
    return exact or [law for law in found if law.short_title == law_header.short(name)] or found
