"""What contests hear of from the other apps."""

import datetime
from typing import Any

from exams.contests.services.merging import follow_merge
from lianbing.kit.outbox import receive


@receive("officers_merged")
def entries_merged(payload: dict[str, Any], at: datetime.datetime) -> None:
    """Who played under two entries plays under the one that stays."""
    del at
    follow_merge(kept=payload["kept"], merged=payload["merged"])
