"""Routes of signed certificates and of the public roster."""

from certificates.permissions.training import READERS
from lianbing.people.models import Unit
from lianbing.people.ports import Rule, only, public, signed_in
from lianbing.people.rules import Actor, Role

ROUTES: dict[str, Rule] = {
    "certificates:credential": signed_in(scope="unit"),
    "certificates:verify_keys": public(),
    "certificates:verify_key": public(),
    "certificates:verify_status": public(),
    "certificates:verify_offline": public(),
    "certificates:rosters": public(),
    "certificates:roster": public(),
    "certificates:roster_desk": only(*READERS, scope="unit"),
    "certificates:roster_switch": only(Role.HR, scope="unit"),
    "certificates:roster_sheet": only(*READERS, scope="unit"),
}


def desk_scopes(actor: Actor) -> list[str]:
    """The unit paths whose rosters the actor sees on the desk."""
    return actor.scopes(*READERS)


def may_switch(actor: Actor, unit: Unit) -> bool:
    """HR of the unit decides what the public reads of it."""
    return actor.covers(unit.path, Role.HR)
