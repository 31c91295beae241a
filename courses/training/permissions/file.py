"""Routes of the personal training file: one's own; those of a unit for its trainers, HR and leaders."""

from courses.training.permissions.rules import READERS
from lianbing.people.ports import Rule, only, signed_in
from lianbing.people.rules import Actor

ROUTES: dict[str, Rule] = {
    "training:file_mine": signed_in(scope="own"),
    "training:file_mine_pdf": signed_in(scope="own"),
    "training:files": only(*READERS, scope="unit"),
    "training:file": only(*READERS, scope="unit"),
    "training:file_pdf": only(*READERS, scope="unit"),
}


def can_read(actor: Actor, unit_path: str) -> bool:
    """Whether `actor` may open the file of somebody whose latest unit this is."""
    return bool(unit_path) and actor.covers(unit_path, *READERS)
