"""Who keeps templates of other offices (HR of the whole bureau) and who fills them (HR, for their units)."""

from lianbing.people.models import Unit
from lianbing.people.ports import Rule, only
from lianbing.people.rules import Actor, Role

ROUTES: dict[str, Rule] = {
    "ratings:office_templates": only(Role.HR, scope="unit"),
    "ratings:office_template_fill": only(Role.HR, scope="unit"),
    "ratings:office_template_retire": only(Role.HR, scope="all"),
}


def keeps_templates(actor: Actor) -> bool:
    """HR of the whole bureau."""
    return any(len(path) <= Unit.steplen for path in actor.scopes(Role.HR))
