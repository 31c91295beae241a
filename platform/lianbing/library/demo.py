"""The library's chapter of the demo: the two regulations of Yunxi and a chapter of its handbook."""

import datetime
import json
from pathlib import Path

from lianbing.kit.demo import Story, chapter, keep_dates
from lianbing.library.models import Article
from lianbing.library.services import import_text, write_entry
from lianbing.people.rules import SYSTEM

DATA = Path(__file__).resolve().parent / "demo_data"
IMPORTED_DAYS_AGO = 400
# A law's dates are part of its address.
keep_dates("library")


@chapter(20)
def library(story: Story) -> None:
    """Import the regulations, write the handbook.

    Leaves story.data["articles"]: {"《title》label": Article}.
    """
    at = story.now - datetime.timedelta(days=IMPORTED_DAYS_AGO)
    for path in sorted(DATA.glob("*.md")):
        import_text(data=path.read_bytes(), file_name=path.name, by=SYSTEM, at=at)
    articles = Article.objects.select_related("edition__law")
    story.data["articles"] = {f"《{a.edition.law.title}》{a.label}": a for a in articles}
    for entry in json.loads((DATA / "handbook.json").read_text(encoding="utf-8")):
        at += datetime.timedelta(days=7)
        body = [(kind, value) for kind, value in entry["body"]]
        write_entry(
            title=entry["title"],
            slug=entry["slug"],
            summary=entry["summary"],
            body=body,
            by=SYSTEM,
            at=at,
        )
