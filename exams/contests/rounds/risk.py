"""风险: a team chooses how many points it plays for: right wins them, wrong loses them."""

from exams.contests.rounds.plan import AFTER_MISS, BY, EACH, TIES, timing
from exams.contests.rounds.stakes import LOSS, Stakes
from exams.contests.rounds.turns import WRONG
from exams.contests.rules.settings import choice, flag, values, whole


class Risk(Stakes):
    """Each team in its order chooses a value or declines."""

    name = "risk"
    settings = (
        values("values", "10", "20", "30"),
        whole("per_value", 0, most=50),
        LOSS,
        *timing(120, timeout=WRONG),
        flag("decline", True),
        choice("order", "lowest", "highest", "seat"),
        TIES,
        EACH,
        AFTER_MISS,
        BY,
    )


kind = Risk()
