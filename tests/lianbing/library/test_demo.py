"""The library's chapter of the demo stands on its own."""

import datetime

import pytest

from lianbing.kit.demo import Story
from lianbing.library.demo import library
from lianbing.library.models import HandbookEntry, LawEdition
from lianbing.library.queries import CitationResolver

pytestmark = pytest.mark.django_db


def test_the_chapter_imports_laws_without_doubts_and_a_handbook_that_cites_them(at):
    story = Story(today=at.date(), now=at)
    library(story)
    assert [edition.doubts for edition in LawEdition.objects.all()] == [[], []]
    assert story.data["articles"]["《云汐市市容环境管理条例》第十条之一"].suffix == 1
    resolver = CitationResolver(at.date())
    cited = [
        block.value["citation"]
        for entry in HandbookEntry.objects.live()
        for block in entry.body
        if block.block_type == "article"
    ]
    assert len(cited) >= 15
    assert [text for text in cited if resolver.resolve(text).reason] == []
    assert HandbookEntry.objects.live().count() >= 5
    assert max(e.holds_from for e in LawEdition.objects.all()) < at.date() - datetime.timedelta(days=365)
