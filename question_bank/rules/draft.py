"""A question before it is stored: what a form or a file says, with the right options by place."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from question_bank.rules.points import tidy_path
from question_bank.rules.text import fingerprint, tidy


@dataclass(frozen=True)
class Draft:
    """`options` are texts in the author's order; `right` are places in it, from 0. Nothing is checked yet."""

    kind: str
    stem: str
    options: tuple[str, ...]
    right: tuple[int, ...]
    explanation: str = ""
    point: str = ""
    difficulty: int = 3
    citations: tuple[str, ...] = ()

    def tidied(self) -> "Draft":
        """The same with every text cleaned, blank citations left out and no place twice."""
        return Draft(
            kind=self.kind,
            stem=tidy(self.stem),
            options=tuple(tidy(option) for option in self.options),
            right=tuple(sorted(set(self.right))),
            explanation=tidy(self.explanation),
            point=tidy_path(tidy(self.point)),
            difficulty=self.difficulty,
            citations=tuple(dict.fromkeys(text for one in self.citations if (text := tidy(one)))),
        )

    def content(self, ids: Sequence[str]) -> dict[str, Any]:
        """The stored content, with an id for every option."""
        options = [{"id": one, "text": text} for one, text in zip(ids, self.options, strict=True)]
        return {"stem": self.stem, "options": options}

    def key(self, ids: Sequence[str]) -> dict[str, Any]:
        """The stored key. A right place beyond the options becomes an id that no option has."""
        return {"options": [ids[place] if 0 <= place < len(ids) else "?" for place in self.right]}

    def fingerprint(self) -> str:
        """The same for two drafts that ask the same, whatever their key."""
        return fingerprint(self.kind, self.stem, self.options)

    def digest(self) -> str:
        """The same only for two drafts that are equal in everything."""
        told = [self.kind, self.stem, self.options, self.right, self.explanation, self.point]
        text = json.dumps([*told, self.difficulty, self.citations], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def search_text(self) -> str:
        """What a text search looks through."""
        return "\n".join([self.stem, *self.options, self.explanation, *self.citations]).casefold()
