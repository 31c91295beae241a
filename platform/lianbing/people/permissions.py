"""Routes of the people app and the named predicates others use."""

from collections.abc import Collection

from lianbing.people.ports import Rule, only, public, signed_in
from lianbing.people.rules import Actor, Role

DOOR = (Role.INVIGILATOR, Role.EXAM_ADMINISTRATOR, Role.HR, Role.SECURITY_ADMINISTRATOR)

ROUTES: dict[str, Rule] = {
    "people:sign_in": public(),
    "people:sign_out": signed_in(scope="own", during_password_change=True),
    "people:password_change": signed_in(scope="own", during_password_change=True),
    "people:officer_list": only(Role.HR, Role.LEADER, Role.SYSTEM_ADMINISTRATOR, scope="unit"),
    "people:officer": only(Role.HR, Role.LEADER, Role.SYSTEM_ADMINISTRATOR, scope="unit"),
    "people:officer_move": only(Role.HR, scope="unit"),
    "people:officer_leave": only(Role.HR, scope="unit"),
    "people:officer_merge": only(Role.HR, scope="unit"),
    "people:duplicates": only(Role.HR, scope="unit"),
    "people:unit_tree": only(Role.HR, Role.LEADER, Role.SYSTEM_ADMINISTRATOR, scope="unit"),
    "people:unit_add": only(Role.HR, Role.SYSTEM_ADMINISTRATOR, scope="unit"),
    "people:unit_edit": only(Role.HR, Role.SYSTEM_ADMINISTRATOR, scope="unit"),
    "people:roster_upload": only(Role.HR, Role.SYSTEM_ADMINISTRATOR),
    "people:roster_confirm": only(Role.HR, Role.SYSTEM_ADMINISTRATOR),
    "people:roster_template": only(Role.HR, Role.SYSTEM_ADMINISTRATOR),
    "people:slips": only(Role.HR, Role.SYSTEM_ADMINISTRATOR, scope="unit"),
    "people:door": only(*DOOR, scope="unit"),
    "people:role_list": only(Role.SECURITY_ADMINISTRATOR),
    "people:role_withdraw": only(Role.SECURITY_ADMINISTRATOR),
    "people:account_active": only(Role.SECURITY_ADMINISTRATOR),
    "people:access_matrix": only(Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR),
    "people:audit_trail": only(Role.AUDIT_ADMINISTRATOR),
}


def can_reset_password(actor: Actor, *, user_id: int, roles: Collection[Role], unit_path: str) -> bool:
    """Whether `actor` may give this account a new one-time password.

    At the door an invigilator may, for learners in the units they look after. An account that holds a
    granted role is worth more than the door: only a security administrator resets it, never their own.
    """
    if actor.user_id == user_id:
        return False
    if actor.has(Role.SECURITY_ADMINISTRATOR):
        return True
    return not roles and actor.covers(unit_path, *DOOR)


def can_print_slips(actor: Actor, unit_path: str) -> bool:
    """Whether `actor` may print one-time passwords for the people of a unit."""
    return actor.covers(unit_path, Role.HR, Role.SYSTEM_ADMINISTRATOR)


def can_keep(actor: Actor, unit_path: str) -> bool:
    """Whether `actor` may move, retire or merge the people of a unit."""
    return actor.covers(unit_path, Role.HR)


def can_see(actor: Actor, unit_path: str) -> bool:
    """Whether `actor` may open the page of a person of a unit."""
    return actor.covers(unit_path, Role.HR, Role.LEADER, Role.SYSTEM_ADMINISTRATOR)


def can_shape(actor: Actor, unit_path: str) -> bool:
    """Whether `actor` may add, rename and close units below this path ("" = the whole bureau)."""
    return actor.covers(unit_path, Role.HR, Role.SYSTEM_ADMINISTRATOR)


def can_grant(actor: Actor, *, user_id: int) -> bool:
    """Whether `actor` may give roles to or take them from this account: never one's own."""
    return actor.has(Role.SECURITY_ADMINISTRATOR) and actor.user_id != user_id


def can_disable(actor: Actor, *, user_id: int) -> bool:
    """Whether `actor` may disable or enable this account: never one's own."""
    return actor.has(Role.SECURITY_ADMINISTRATOR) and actor.user_id != user_id


def can_import_roster(actor: Actor) -> bool:
    """Whether `actor` may import a roster, which reaches every unit: only with the whole bureau in hand."""
    return actor.covers("", Role.HR, Role.SYSTEM_ADMINISTRATOR)
