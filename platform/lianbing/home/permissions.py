"""Routes of the home app."""

from lianbing.people.ports import Rule, only, public
from lianbing.people.rules import GRANTABLE, Role

ROUTES: dict[str, Rule] = {
    "home:front": public(),
    "home:language": public(),
    "home:style": only(*GRANTABLE),
    # kit lies below people and cannot say who may see its pages
    "kit:healthz": public(),
    "kit:readyz": public(),
    "kit:trust": public(),
    "kit:authority": public(),
    "kit:system": only(Role.SYSTEM_ADMINISTRATOR),
}
