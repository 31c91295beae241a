"""Who may do what, as plain Python: roles, grants over unit subtrees, and the actor who carries them."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """The roles of the bureau. Officer, auxiliary and civilian follow from the category; the rest are granted."""

    OFFICER = "officer"
    AUXILIARY = "auxiliary"
    CIVILIAN = "civilian"
    TRAINER = "trainer"
    EXAM_ADMINISTRATOR = "exam_administrator"
    INVIGILATOR = "invigilator"
    MARKER = "marker"
    HR = "hr"
    LEGAL = "legal"
    LEADER = "leader"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"


LEARNERS = frozenset({Role.OFFICER, Role.AUXILIARY, Role.CIVILIAN})
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})
EVERYONE = frozenset(Role)
GRANTABLE = EVERYONE - LEARNERS


@dataclass(frozen=True)
class Grant:
    """A role over a unit and everything below it. An empty path is the whole bureau."""

    role: Role
    unit_path: str = ""


@dataclass(frozen=True)
class Actor:
    """A person as they act now: identity, own unit, and grants. Services take it as `by`.

    `unit_path` is the materialised path of the unit they are appointed to ("" when none).
    """

    user_id: int | None
    staff_number: str
    name: str
    officer_id: int | None = None
    unit_path: str = ""
    grants: tuple[Grant, ...] = field(default=())

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    def has(self, *roles: Role) -> bool:
        """Whether any of `roles` is held, over whatever unit."""
        return not self.roles.isdisjoint(roles)

    def covers(self, unit_path: str, *roles: Role) -> bool:
        """Whether one of `roles` is held over the unit with this path."""
        return any(g.role in roles and unit_path.startswith(g.unit_path) for g in self.grants)

    def scopes(self, *roles: Role) -> list[str]:
        """The unit paths over which one of `roles` is held, shortest first, without those inside others."""
        kept: list[str] = []
        for path in sorted({g.unit_path for g in self.grants if g.role in roles}, key=len):
            if not any(path.startswith(outer) for outer in kept):
                kept.append(path)
        return kept

    def snapshot(self) -> dict[str, Any]:
        """What the audit trail keeps of the actor."""
        return {
            "staff_number": self.staff_number,
            "name": self.name,
            "roles": sorted(self.roles),
            "unit": self.unit_path,
        }


NOBODY = Actor(user_id=None, staff_number="", name="")
SYSTEM = Actor(user_id=None, staff_number="system", name="系统")


def grant_conflict(held: frozenset[Role], wanted: Role) -> Role | None:
    """The role that forbids `wanted`, or None. The three administrators are three people (GB/T 22239-2019)."""
    if wanted not in ADMINISTRATORS:
        return None
    return next((role for role in sorted(held & ADMINISTRATORS) if role != wanted), None)
