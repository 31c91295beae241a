"""Routes of the home app."""

from lianbing.people.ports import Rule, only, public
from lianbing.people.rules import GRANTABLE

ROUTES: dict[str, Rule] = {
    "home:front": public(),
    "home:style": only(*GRANTABLE),
}
