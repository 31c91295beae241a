"""How a person of some ability answers a question of any kind: right with a logistic probability, else nearly."""

import math
import random
from typing import Any

from question_bank.models import QuestionVersion

Content = dict[str, Any]
HARDER = {"multiple_choice": 0.7, "indefinite_choice": 0.9, "ordering": 0.3}
EXCUSES = ("不清楚", "记不清了。", "略")


def chance_of(version: QuestionVersion, ability: float) -> float:
    """How likely somebody of this ability (0 = middling, 2 = very good) answers it rightly."""
    hard = (version.difficulty - 3) * 0.45 + HARDER.get(version.kind, 0.0)
    return 1 / (1 + math.exp(-1.3 * (ability - hard)))


def answer(rng: random.Random, kind: str, content: Content, key: Content, chance: float) -> Any:
    """A response in canonical form; right with this chance, else a near miss."""
    if kind == "fill_blank":
        return _blanks(rng, key, chance)
    if kind == "ordering":
        return _order(rng, key, chance)
    if kind in {"short_answer", "essay"}:
        return _text(rng, key, chance, content["limit"])
    if kind == "case_analysis":
        parts = {
            part["id"]: answer(rng, part["kind"], part["content"], key["parts"][part["id"]], chance)
            for part in content["parts"]
        }
        return {name: one for name, one in parts.items() if one} or []
    chosen = _choice(rng, kind, content, key, chance)
    if content.get("asks_reason"):
        return {
            "options": chosen,
            "reason": key.get("reference", "")[:200] if rng.random() < chance else "略",
        }
    return chosen


def _choice(rng: random.Random, kind: str, content: Content, key: Content, chance: float) -> list[str]:
    ids = [option["id"] for option in content["options"]]
    right = sorted(key["options"])
    if rng.random() < chance:
        return right
    if kind in {"multiple_choice", "indefinite_choice"} and len(right) > 1 and rng.random() < 0.7:
        return sorted(rng.sample(right, len(right) - 1))
    wrong = [one for one in ids if one not in right]
    return [rng.choice(wrong or ids)]


def _blanks(rng: random.Random, key: Content, chance: float) -> Any:
    given = {
        name: accepted[0] if rng.random() < chance else rng.choice(["", "十五日"])
        for name, accepted in sorted(key["blanks"].items())
    }
    return {name: text for name, text in given.items() if text} or []


def _order(rng: random.Random, key: Content, chance: float) -> list[str]:
    order = list(key["order"])
    if rng.random() >= chance:
        place = rng.randrange(len(order) - 1)
        order[place], order[place + 1] = order[place + 1], order[place]
    return order


def _text(rng: random.Random, key: Content, chance: float, limit: int) -> Any:
    """Some of the scoring points in words of one's own, an excuse, or nothing."""
    said = [point["text"] for point in key.get("points", []) if rng.random() < chance]
    rng.shuffle(said)
    if said:
        return "；".join(f"{n}. {text}" for n, text in enumerate(said, start=1))[:limit]
    return rng.choice(EXCUSES) if rng.random() < 0.7 else []
