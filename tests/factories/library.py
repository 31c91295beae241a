"""Laws for tests, made by the importer itself so that they are as real ones."""

import datetime

from lianbing.library.models import LawEdition
from lianbing.library.rules.numerals import article_label
from lianbing.library.services import import_text
from lianbing.people.rules import SYSTEM

AT = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
MARK = "<!-- INFO END -->"


def law_source(title="测试市市容条例", history=("2020年1月2日 通过",), articles=3, body=None):
    """The Markdown of a law: `articles` plain ones in one chapter, or `body` as given."""
    lines = [f"# {title}", *history, MARK]
    if body is None:
        body = ["## 第一章 总则", *(f"{article_label(n)} 这是第{n}号条文。" for n in range(1, articles + 1))]
    return "\n\n".join([*lines, *body])


def edition(title="测试市市容条例", file_name="law.md", **source) -> LawEdition:
    """A law edition in the database."""
    data = law_source(title, **source).encode()
    made = import_text(data=data, file_name=file_name, by=SYSTEM, at=AT).edition
    assert made is not None
    return made


def article(title="测试市市容条例", number=1, **source):
    """One article of a new edition."""
    return edition(title, **source).articles.get(number=number, suffix=0)
