"""Who decides reviews: HR of the unit. Leaders see who is due in the register itself."""

from lianbing.people.ports import Rule, only
from lianbing.people.rules import Role

DECIDERS = (Role.HR,)

ROUTES: dict[str, Rule] = {
    "certificates:reviews": only(*DECIDERS, scope="unit"),
    "certificates:reviews_decide": only(*DECIDERS, scope="unit"),
    "certificates:reviews_unit": only(*DECIDERS, scope="unit"),
}
