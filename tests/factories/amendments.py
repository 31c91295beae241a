"""Laws that change, for tests: an old edition, an amended one, and the day on which the words change."""

import datetime

from lianbing.library.models import LawEdition
from lianbing.library.services import effective
from tests.factories import library, question_bank

TITLE = "测试市市容条例"
DAY = datetime.date(2026, 12, 1)
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
MIDNIGHT = datetime.datetime(2026, 12, 1, tzinfo=SHANGHAI)
MINUTE = datetime.timedelta(minutes=1)
EARLY = datetime.datetime(2026, 11, 5, 4, 0, tzinfo=datetime.UTC)
OLD = [
    "第一条 为了加强市容管理，制定本条例。",
    "第二条 擅自占用道路经营的，处五百元罚款。",
    "第三条 本条例由市城市管理局解释。",
]
NEW = ["第一条 为了加强市容管理，制定本条例。", "第二条 擅自占用道路经营的，处一千元罚款。"]


def old(title=TITLE, body=OLD) -> LawEdition:
    """An edition in force since 2020."""
    made = library.edition(title, history=("2020年1月2日 通过",), body=body)
    LawEdition.objects.filter(pk=made.pk).update(effective_on=datetime.date(2020, 2, 1), status="published")
    made.refresh_from_db()
    return made


def amended(title=TITLE, body=NEW, on=DAY, checked=True, at=EARLY) -> LawEdition:
    """An edition published in November 2026 that holds from `on`; its second article says other words."""
    made = library.edition(title, history=("2026年11月2日 修订",), body=body, file_name="new.md")
    LawEdition.objects.filter(pk=made.pk).update(
        effective_on=on, status="published" if checked else "draft", imported_at=at
    )
    effective.settle(law=made.law_id, at=at)
    made.refresh_from_db()
    return made


def article(edition, number):
    """The article of an edition with this number."""
    return edition.articles.get(number=number, suffix=0)


def question(number=2, title=TITLE, bank=None, **fields):
    """A published question that cites an article of a law."""
    citation = f"《{title}》第{'零一二三四五六七八九'[number]}条"
    return question_bank.published(bank, citations=(citation,), **fields)
