"""What decides about people, as plain Python: access, identity numbers, one-time codes, timelines."""

from lianbing.people.rules.access import (
    ADMINISTRATORS,
    EVERYONE,
    GRANTABLE,
    LEARNERS,
    NOBODY,
    SYSTEM,
    Actor,
    Grant,
    Role,
    grant_conflict,
)
from lianbing.people.rules.identity import masked_id_number, masked_name

__all__ = [
    "ADMINISTRATORS",
    "EVERYONE",
    "GRANTABLE",
    "LEARNERS",
    "NOBODY",
    "SYSTEM",
    "Actor",
    "Grant",
    "Role",
    "grant_conflict",
    "masked_id_number",
    "masked_name",
]
