"""Why a service refuses."""

from question_bank.rules.contract import Problem


class BankError(Exception):
    """The question stays as it was."""


class NotSound(BankError):
    """The question cannot be asked like this; `problems` says what is wrong where."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(f"{p.field}: {p.code}" for p in problems))
        self.problems = problems


class OtherPersonNeeded(BankError):
    """The bank demands that somebody else does this, after it was handed in for review."""


class NotAllowedNow(BankError):
    """The question is not in a state from which this may be done."""


class Changed(BankError):
    """Somebody changed the question since it was looked at."""
