"""Books of posts for tests, made and approved by the services themselves."""

import datetime

from lianbing.library.models import HandbookEdition
from lianbing.library.rules.books import BookText
from lianbing.library.services import books
from tests.factories import cards

AT = cards.AT
DAY = datetime.timedelta(days=1)
TEXT = BookText(
    duties="巡查本岗位的路段。",
    procedures="亮证、取证、告知、处理。",
    discipline="着装规范。",
    equipment="现场执法配备执法记录设备两部以上。",
)


def draft(post=None, by=None, at=AT, text=TEXT, confirm_by=None) -> HandbookEdition:
    """A draft with these words."""
    by = by or cards.trainer()
    made = books.begin(post=post, by=by, at=at)
    return books.save(
        draft=made,
        text=text,
        reason="测试",
        confirm_by=confirm_by or made.confirm_by,
        seen=made.edits,
        by=by,
        at=at,
    )


def approved(post=None, at=AT, **fields) -> HandbookEdition:
    """A book in use."""
    made = draft(post, at=at, **fields)
    return books.approve(draft=made, seen=made.edits, by=cards.legal(), at=at)
