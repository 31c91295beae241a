"""News from the apps below that training must not miss."""

import datetime
from typing import Any

from courses.training.services import departures
from courses.training.services.online import record_completion
from lianbing.kit.outbox import receive


@receive("course_completed")
def course_completed(payload: dict[str, Any], at: datetime.datetime) -> None:
    """Hours for the online course, once however often the news comes."""
    record_completion(payload=payload, at=at)


@receive("officer_moved")
def officer_left(payload: dict[str, Any], at: datetime.datetime) -> None:
    """Who of these people leaves is taken out of the classes that begin after that."""
    departures.take_out(officers=payload["officers"], at=at)
