"""The rehearsal page is open to who holds a seat or runs the match (the view looks); presses on trial, to the latter."""

from lianbing.people.ports import Rule, public, signed_in

ROUTES: dict[str, Rule] = {
    "contests:rehearsal": public(),
    "contests:rehearsal_trial": signed_in(scope="own"),
}
