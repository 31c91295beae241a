"""Who makes and reads extracts of personal files: HR over the unit of the person, never of themselves."""

from lianbing.people.models import Unit
from lianbing.people.ports import Rule, only, public
from lianbing.people.rules import Actor, Role

ROUTES: dict[str, Rule] = {
    "ratings:extracts": only(Role.HR, scope="unit"),
    "ratings:extract_new": only(Role.HR, scope="unit"),
    "ratings:extract": only(Role.HR, scope="unit"),
    "ratings:extract_pdf": only(Role.HR, scope="unit"),
    "ratings:extract_verify": public(),
}


def takes_extract(actor: Actor, officer_id: int, unit_path: str | None) -> bool:
    """HR over the unit where the person serves; of somebody who serves nowhere (None), HR of the whole bureau.

    Nobody signs for themselves: one's own file is open to oneself, and a colleague makes the extract.
    """
    if actor.officer_id == officer_id:
        return False
    if unit_path is None:
        return any(len(path) <= Unit.steplen for path in actor.scopes(Role.HR))
    return actor.covers(unit_path, Role.HR)
