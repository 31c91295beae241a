"""The kinds that may stand alone on a paper and as a part of a case, in the order in which a paper asks them."""

from question_bank.kinds import (
    essay,
    fill_blank,
    indefinite_choice,
    multiple_choice,
    ordering,
    short_answer,
    single_choice,
    true_false,
)
from question_bank.kinds.base import Kind

KINDS: dict[str, Kind] = {
    module.kind.name: module.kind
    for module in (
        single_choice,
        multiple_choice,
        indefinite_choice,
        true_false,
        fill_blank,
        ordering,
        short_answer,
        essay,
    )
}
