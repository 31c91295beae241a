"""The real bank of 3,441 questions: every figure is known."""

import re
import tarfile
import time
from collections import Counter
from pathlib import Path

import pytest

from lianbing.library.services import import_text
from lianbing.people.rules import SYSTEM
from question_bank import queries, services
from question_bank.formats import File
from question_bank.models import Citation, Question, QuestionBank

pytestmark = [pytest.mark.django_db, pytest.mark.real_input]
CREATED, BROKEN, TWINS = 3428, 13, 7


@pytest.fixture
def bring(real_input, at):
    def bringing(**options):
        file = File(real_input / "banks/nelsonnick_hrss_2019/questions.json")
        return services.import_bank(file=file, bank="hrss", by=SYSTEM, at=at, publish=True, **options)

    return bringing


def test_the_whole_bank(bring):
    start = time.process_time()
    report = bring()
    seconds = time.process_time() - start
    assert (report.read, len(report.refused), report.created) == (3441, BROKEN, CREATED)
    assert report.by_kind == {
        "fill_blank": 536,
        "multiple_choice": 769,
        "single_choice": 1586,
        "true_false": 550,
    }
    broken = Counter(one["where"].rsplit(" ", 1)[-1].rstrip("ABCDEF") for one in report.refused)
    assert broken == {"question": 1, "answer": 6, "option": 6}
    assert len(report.duplicates) == TWINS
    assert len(queries.drawable(QuestionBank.objects.get())) == CREATED - TWINS
    assert report.exit_code == 1
    assert seconds < 60  # of the processor: the budget of 10,000, whatever else the machine is doing


@pytest.fixture
def laws(real_input, at):
    """Two laws the bank cites, imported from the bulk archive."""
    [archive] = (real_input / "laws" / "bulk").glob("*.tar.xz")
    wanted = ("社会法/劳动合同法(2012-12-28).md", "社会法/社会保险法(2018-12-29).md")
    with tarfile.open(archive) as packed:
        for member in packed:
            if member.name.endswith(wanted):
                data = packed.extractfile(member).read()
                import_text(data=data, file_name=Path(member.name).name, by=SYSTEM, at=at)


def test_citations_resolve_to_the_articles_that_are_there(laws, bring):
    bring()
    found = Citation.objects.exclude(article=None).select_related("article__edition__law")
    assert found.count() == 292
    for citation in found:
        assert {citation.article.label, f"第{citation.article.number}条"} & {
            match.replace(" ", "") for match in re.findall(r"第[^条]+条", citation.text)
        }
        named = re.split("[》第]", citation.text.removeprefix("《"))[0]
        assert named.strip() in citation.article.edition.law.title
    assert not Citation.objects.filter(
        article=None, text__regex="^《(中华人民共和国)?社会保险法》第"
    ).exists()


def test_a_second_run_creates_nothing(bring):
    bring()
    again = bring()
    assert (again.created, again.unchanged) == (0, CREATED)
    assert Question.objects.count() == CREATED
