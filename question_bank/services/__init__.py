"""What changes the bank. Each service takes who acts (`by`) and the moment (`at`)."""

from question_bank.services.errors import (
    BankError,
    Changed,
    CitationNeeded,
    NotAllowedNow,
    NotSound,
    SecondPersonNeeded,
)
from question_bank.services.importing import import_bank
from question_bank.services.writing import (
    change_bank,
    create_question,
    demand_citations,
    make_bank,
    publish,
    record_use,
    retire,
    revise,
    send_back,
    submit_for_review,
)

__all__ = [
    "BankError",
    "Changed",
    "CitationNeeded",
    "NotAllowedNow",
    "NotSound",
    "SecondPersonNeeded",
    "change_bank",
    "create_question",
    "demand_citations",
    "import_bank",
    "make_bank",
    "publish",
    "record_use",
    "retire",
    "revise",
    "send_back",
    "submit_for_review",
]
