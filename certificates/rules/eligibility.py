"""Whether a pass may become a certificate, and if not, why not."""

from collections.abc import Collection
from enum import StrEnum

# 行政处罚法 (2021) art. 42: penalties are imposed by enforcement officers who hold the qualification.
LAW = "《中华人民共和国行政处罚法》第四十二条"


class Refusal(StrEnum):
    """Why a certificate is refused."""

    AUXILIARY = "auxiliary"
    CATEGORY = "category"
    LEFT = "left"


def refusal(*, category: str, allowed: Collection[str], has_left: bool = False) -> Refusal | None:
    """Why a person of `category` gets no certificate under a rule for `allowed`, or None = eligible.

    An auxiliary is refused by law (LAW) wherever the rule is not made for auxiliaries; who is of another
    category that the rule does not name is refused by the rule; who has left the bureau gets none.
    """
    if has_left:
        return Refusal.LEFT
    if category in allowed:
        return None
    return Refusal.AUXILIARY if category == "auxiliary" else Refusal.CATEGORY


def mixes_enforcement(allowed: Collection[str]) -> bool:
    """Whether a rule would give officers and auxiliaries one and the same title: it must not."""
    return {"officer", "auxiliary"} <= set(allowed)
