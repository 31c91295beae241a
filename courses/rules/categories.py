"""The content categories a new bureau starts with: what the founding documents call by name.

Sources: 宗旨教育、法制教育、执法业务 each year (R05); political study with 重大理论、思想政治教育、行风廉政教育
and professional study on the fixed study day (R08, R86); 警示教育 with its base and film (R20);
心理辅导 and 军事化训练 as named courses of the spring training (R78).
"""

from dataclasses import dataclass

POLITICAL = "political"
PROFESSIONAL = "professional"
CAUTIONARY = "cautionary"
OTHER = "other"
DEEPEST = 4


@dataclass(frozen=True)
class Preset:
    """One category as it is first made. `parent` is the code of another preset, "" at the top."""

    code: str
    name: str
    main: str
    parent: str = ""


PRESETS = (
    Preset("political", "政治学习", POLITICAL),
    Preset("theory", "重大理论", POLITICAL, "political"),
    Preset("ideology", "思想政治教育", POLITICAL, "political"),
    Preset("integrity", "行风廉政教育", POLITICAL, "political"),
    Preset("purpose", "宗旨教育", POLITICAL),
    Preset("professional", "业务学习", PROFESSIONAL),
    Preset("legal", "法制教育", PROFESSIONAL, "professional"),
    Preset("practice", "执法业务", PROFESSIONAL, "professional"),
    Preset("documents", "文书制作", PROFESSIONAL, "practice"),
    Preset("cautionary", "警示教育", CAUTIONARY),
    Preset("psychological", "心理辅导", OTHER),
    Preset("drill", "军事化训练", OTHER),
    Preset("equipment", "装备安全", OTHER),
)


def descendants(parents: dict[str, str], codes: frozenset[str]) -> frozenset[str]:
    """These codes with everything below them. `parents`: code -> code of its parent, "" at the top."""
    inside = set(codes)
    while True:
        more = {code for code, parent in parents.items() if parent in inside} - inside
        if not more:
            return frozenset(inside)
        inside |= more
