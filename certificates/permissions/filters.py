"""Whoever is signed in keeps filters of their own; the lists themselves say who may read them."""

from lianbing.people.ports import Rule, signed_in

ROUTES: dict[str, Rule] = {
    "certificates:filter_save": signed_in(scope="own"),
    "certificates:filter_remove": signed_in(scope="own"),
}
