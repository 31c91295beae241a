"""What changes the bank. Each service takes who acts (`by`) and the moment (`at`)."""

from question_bank.services import waiting  # noqa: F401 -- it registers itself
from question_bank.services.banks import change_bank, exempt_points, make_bank, point_named
from question_bank.services.bulk import TooMany, edit_many
from question_bank.services.discarding import discard_draft
from question_bank.services.errors import BankError, Changed, NotAllowedNow, NotSound, OtherPersonNeeded
from question_bank.services.importing import import_bank
from question_bank.services.law_changes import confirm_still_right, retire_all
from question_bank.services.law_reviews import open_reviews
from question_bank.services.likeness import settle_twins
from question_bank.services.pictures import NotAPicture, add_picture
from question_bank.services.points import BadMove, delete_point, merge_points, move_point
from question_bank.services.reports import NotSaid, answer_report, report_error
from question_bank.services.reviewing import (
    pass_review,
    publish,
    put_in_pool,
    retire,
    send_back,
    submit_for_review,
)
from question_bank.services.undoing import undo
from question_bank.services.use import UsedIn, record_use
from question_bank.services.writing import create_question, revise

__all__ = [
    "BadMove",
    "BankError",
    "Changed",
    "NotAPicture",
    "NotAllowedNow",
    "NotSaid",
    "NotSound",
    "OtherPersonNeeded",
    "TooMany",
    "UsedIn",
    "add_picture",
    "answer_report",
    "change_bank",
    "confirm_still_right",
    "create_question",
    "delete_point",
    "discard_draft",
    "edit_many",
    "exempt_points",
    "import_bank",
    "make_bank",
    "merge_points",
    "move_point",
    "open_reviews",
    "pass_review",
    "point_named",
    "publish",
    "put_in_pool",
    "record_use",
    "report_error",
    "retire",
    "retire_all",
    "revise",
    "send_back",
    "settle_twins",
    "submit_for_review",
    "undo",
]
