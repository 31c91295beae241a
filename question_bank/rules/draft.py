"""A question before it is stored: what a form or a file says, as a normal form of its kind."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from question_bank.rules.points import tidy_path
from question_bank.rules.text import fingerprint, tidy

TRUE_FALSE = ("正确", "错误")
# Members of a normal form that ask, beside the stem; all others belong to the key or to the paper.
_ASKING = ("options", "steps")


@dataclass(frozen=True)
class Draft:
    """`body` is the kind's normal form without its name (see docs on the kinds); nothing is checked yet."""

    kind: str
    body: dict[str, Any]
    explanation: str = ""
    point: str = ""
    difficulty: int = 3
    citations: tuple[str, ...] = ()

    @classmethod
    def of_choice(
        cls, kind: str, stem: str, options: Sequence[str] = (), right: Sequence[int] = (), **rest: Any
    ) -> "Draft":
        """A draft of a kind with options: their texts in the author's order, and the places of the right ones."""
        if kind == "true_false":
            told = set(right)
            return cls(kind, {"stem": stem, "right": (0 in told) if len(told) == 1 else None}, **rest)
        return cls(kind, {"stem": stem, "options": list(options), "right": sorted(set(right))}, **rest)

    @property
    def stem(self) -> str:
        """The text that asks."""
        return str(self.body.get("stem", ""))

    @property
    def options(self) -> tuple[str, ...]:
        """The texts of the options, where the kind has options."""
        if self.kind == "true_false":
            return TRUE_FALSE
        return tuple(self.body.get("options", ()))

    @property
    def right(self) -> tuple[int, ...]:
        """The places of the right options; for true or false 0 is 正确, 1 is 错误."""
        told = self.body.get("right", ())
        if isinstance(told, bool):
            return (0,) if told else (1,)
        return tuple(told or ())

    def tidied(self) -> "Draft":
        """The same with every text cleaned, blank citations left out and none twice."""
        return replace(
            self,
            body=_tidied(self.body),
            explanation=tidy(self.explanation),
            point=tidy_path(tidy(self.point)),
            citations=tuple(dict.fromkeys(text for one in self.citations if (text := tidy(one)))),
        )

    def fingerprint(self) -> str:
        """The same for two drafts that ask the same, whatever their key."""
        return fingerprint(self.kind, self.stem, self.options or _asked(self.body))

    def digest(self) -> str:
        """The same only for two drafts that are equal in everything."""
        plain = self.options and "reason" not in self.body
        said = [self.stem, self.options, self.right] if plain else [json.dumps(self.body, sort_keys=True)]
        told = [self.kind, *said, self.explanation, self.point, self.difficulty, self.citations]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()

    def search_text(self) -> str:
        """What a text search looks through."""
        return "\n".join([*_texts(self.body), self.explanation, *self.citations]).casefold()


def _tidied(value: Any) -> Any:
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, dict):
        return {name: _tidied(one) for name, one in value.items()}
    return [_tidied(one) for one in value] if isinstance(value, list) else value


def _texts(value: Any) -> Iterator[str]:
    """Every text of a normal form, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _asked(body: dict[str, Any]) -> list[str]:
    """The texts beside the stem that ask: options, steps, and all that asks in the parts of a case."""
    own = [text for name in _ASKING for text in _texts(body.get(name, []))]
    parts = [part for part in body.get("parts", []) if isinstance(part, dict)]
    return own + [text for part in parts for text in [str(part.get("stem", "")), *_asked(part)]]
