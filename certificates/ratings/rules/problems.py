"""What is wrong with a specification: where, which rule, and its figures. Codes, never texts."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

Param = str | int
NO_PARAMS: Mapping[str, Param] = MappingProxyType({})


@dataclass(frozen=True)
class Problem:
    """`field` says where ("lines.2.weight"), `code` which rule, `params` its figures for the sentence."""

    field: str
    code: str
    params: Mapping[str, Param] = dataclasses.field(default_factory=lambda: NO_PARAMS)


class BadSpec(ValueError):
    """A document that is no sound indicator or scheme."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.field}: {problem.code}")
        self.problem = problem
