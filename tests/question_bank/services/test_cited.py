"""Every article a citation means is known, and a change of any of them stops the question."""

import datetime

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianbing.kit import due
from lianbing.library.models import ArticleChange, LawEdition, OpenCitation
from lianbing.library.rules.repealing import Act
from lianbing.library.services import effective, repealing
from lianbing.library.services.open_citations import look_again
from lianbing.people.rules import SYSTEM, Role
from question_bank import queries, services
from question_bank.models import Citation, CitationGap, CitedArticle, LawReview, Pool
from question_bank.queries import law_changes as reading
from question_bank.rules.law_changes import Changed, may_be_drawn
from question_bank.services import cited
from tests.factories import amendments as laws
from tests.factories import library, people
from tests.factories.question_bank import MOMENT, BankFactory, draft, published, question

pytestmark = pytest.mark.django_db
ALL = frozenset(Pool.values)
BODY = [f"第{number}条 第{number}条的旧文字。" for number in "一二三四五六"]
DAY = datetime.timedelta(days=1)


def bank_of_one():
    return BankFactory(people_needed=1)


def citing(*texts, bank=None, **fields):
    return published(bank or bank_of_one(), citations=texts, **fields)


def labels(version):
    return [row.article.label for row in version.cited_articles.select_related("article")]


def drawn(bank, at):
    return {item.question_id for item in queries.drawable(bank, at=at)}


def legal():
    return people.actor(people.staff(Role.LEGAL))


def amend(*numbers):
    """The edition of December, in which these articles of six say other words."""
    body = [line.replace("旧", "新") if place in numbers else line for place, line in enumerate(BODY, 1)]
    return laws.amended(body=body)


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("第三条", ["第三条"]),
        ("第三条、第五条", ["第三条", "第五条"]),
        ("第二条至第四条", ["第二条", "第三条", "第四条"]),
        ("第一条、第三条至第四条、第六条第一款", ["第一条", "第三条", "第四条", "第六条"]),
    ],
)
def test_all_articles_of_a_citation_are_stored(text, articles):
    laws.old(body=BODY)
    version = citing(f"《{laws.TITLE}》{text}").published_version
    assert labels(version) == articles
    assert version.citations.get().article.label == articles[0]
    assert not CitationGap.objects.exists()


@pytest.mark.parametrize("changed", [2, 3, 4])
def test_a_change_of_any_article_of_a_range_stops_the_question(changed):
    laws.old(body=BODY)
    asked = citing(f"《{laws.TITLE}》第二条至第四条")
    amend(changed)
    assert drawn(asked.bank, laws.MIDNIGHT - laws.MINUTE) == {asked.pk}
    assert drawn(asked.bank, laws.MIDNIGHT) == set()


def test_a_change_beside_the_range_stops_nothing():
    laws.old(body=BODY)
    asked = citing(f"《{laws.TITLE}》第二条至第四条")
    amend(1, 5)
    assert drawn(asked.bank, laws.MIDNIGHT) == {asked.pk}


def test_every_changed_article_asks_for_its_own_word():
    laws.old(body=BODY)
    asked, by = citing(f"《{laws.TITLE}》第二条至第四条"), legal()
    amend(2, 4)
    for change in list(reading.waiting_changes(laws.DAY, pools=ALL)):
        assert drawn(asked.bank, laws.MIDNIGHT) == set()
        services.confirm_still_right(change=change, questions=[asked], by=by, at=laws.MIDNIGHT)
    assert drawn(asked.bank, laws.MIDNIGHT) == {asked.pk}
    assert LawReview.objects.filter(outcome="confirmed").count() == 2


def test_a_law_imported_later_stops_the_frozen_question_at_midnight():
    asked = citing(f"《{laws.TITLE}》第二条、第三条")
    assert CitationGap.objects.count() == 1
    laws.old()
    look_again(at=MOMENT + DAY)
    assert labels(asked.published_version) == ["第二条", "第三条"]
    assert asked.published_version.citations.get().article is None
    assert not CitationGap.objects.exists()
    assert not OpenCitation.objects.exists()
    laws.amended()
    assert drawn(asked.bank, laws.MIDNIGHT - laws.MINUTE) == {asked.pk}
    assert drawn(asked.bank, laws.MIDNIGHT) == set()


def test_what_was_published_before_an_amendment_means_the_older_words():
    asked = citing(f"《{laws.TITLE}》第二条")
    old = laws.old()
    laws.amended()
    look_again(at=laws.MIDNIGHT + DAY)
    assert CitedArticle.objects.get().article.edition == old
    assert drawn(asked.bank, laws.MIDNIGHT) == set()


def test_a_law_decided_but_not_in_force_yet_is_meant_as_it_first_holds():
    coming = laws.amended(at=MOMENT)
    LawEdition.objects.filter(pk=coming.pk).update(published_on=MOMENT.date())
    asked = citing(f"《{laws.TITLE}》第二条")
    look_again(at=MOMENT)
    assert labels(asked.published_version) == ["第二条"]


def test_a_law_decided_only_afterwards_is_no_guess():
    asked = citing(f"《{laws.TITLE}》第二条")
    laws.amended()
    look_again(at=laws.MIDNIGHT + DAY)
    assert not CitedArticle.objects.filter(version=asked.published_version).exists()
    assert OpenCitation.objects.get().code == "not_in_force"


def test_what_is_ambiguous_stays_open():
    asked = citing(f"《{laws.TITLE}》第二条")
    laws.old(body=[*laws.OLD, "第二条 又一个第二条。"])
    look_again(at=MOMENT)
    assert not asked.published_version.cited_articles.exists()
    assert OpenCitation.objects.get().code == "ambiguous"


def test_half_a_citation_is_stored_and_the_other_half_listed():
    laws.old()
    asked = citing(f"《{laws.TITLE}》第二条、《另外一部条例》第一条")
    assert labels(asked.published_version) == ["第二条"]
    look_again(at=MOMENT)
    assert OpenCitation.objects.get().law_name == "另外一部条例"
    library.edition("另外一部条例", file_name="other.md")
    look_again(at=MOMENT)
    assert labels(asked.published_version) == ["第二条", "第一条"]
    assert not OpenCitation.objects.exists()


def test_a_draft_gets_its_article_and_saving_anew_forgets_the_old_ones():
    made = question(citations=(f"《{laws.TITLE}》第二条",))
    laws.old()
    look_again(at=MOMENT)
    assert made.latest.citations.get().article.label == "第二条"
    services.revise(question=made, draft=draft(citations=(f"《{laws.TITLE}》第三条",)), by=SYSTEM, at=MOMENT)
    assert labels(made.latest) == ["第三条"]


def test_of_a_frozen_version_nothing_is_taken_away():
    laws.old()
    row = citing(f"《{laws.TITLE}》第二条").published_version.cited_articles.get()
    for change in (row.delete, lambda: CitedArticle.objects.update(whole=True)):
        with pytest.raises(DatabaseError, match="official"), transaction.atomic():
            change()


def test_an_amendment_asks_for_a_look_at_who_cites_the_whole_law_but_stops_nothing():
    laws.old()
    asked = citing(f"《{laws.TITLE}》")
    laws.amended()
    due.run_all(at=laws.MIDNIGHT)
    assert drawn(asked.bank, laws.MIDNIGHT) == {asked.pk}
    changes = list(reading.waiting_changes(laws.DAY, pools=ALL))
    assert [(g.change.article.label, g.questions) for g in reading.waiting(changes, pools=ALL)] == [
        ("第二条", [asked])
    ]
    assert LawReview.objects.get().version == asked.published_version
    services.confirm_still_right(change=changes[0], questions=[asked], by=legal(), at=laws.MIDNIGHT)
    assert not reading.waiting_changes(laws.DAY, pools=ALL).exists()
    assert not LawReview.objects.filter(closed_at=None).exists()


def test_a_repeal_stops_who_cites_the_whole_law():
    old = laws.old()
    asked = citing(f"《{laws.TITLE}》")
    act = Act("关于废止部分规定的决定", "云泊政规〔2026〕5号", laws.DAY, "清理")
    repealing.repeal(targets=[old], act=act, by=SYSTEM, at=laws.EARLY)
    assert drawn(asked.bank, laws.MIDNIGHT - laws.MINUTE) == {asked.pk}
    assert drawn(asked.bank, laws.MIDNIGHT) == set()
    change = reading.waiting_changes(laws.DAY, pools=ALL).get()
    services.confirm_still_right(change=change, questions=[asked], by=legal(), at=laws.MIDNIGHT)
    assert drawn(asked.bank, laws.MIDNIGHT) == {asked.pk}


def test_a_repeal_stops_who_cited_the_whole_of_an_older_edition_whose_first_article_went():
    laws.old()
    asked = citing(f"《{laws.TITLE}》")
    new = laws.amended(body=["第二条 擅自占用道路经营的，处五百元罚款。"])
    LawEdition.objects.filter(pk=new.pk).update(effective_to=laws.DAY + 30 * DAY)
    effective.settle(law=new.law_id, at=laws.EARLY)
    assert drawn(asked.bank, laws.MIDNIGHT) == {asked.pk}
    assert drawn(asked.bank, laws.MIDNIGHT + 30 * DAY) == set()


def test_the_library_hears_of_every_article_and_of_the_whole_law():
    edition = laws.old(body=BODY)
    several = citing(f"《{laws.TITLE}》第二条、第四条")
    whole = citing(f"《{laws.TITLE}》", bank=several.bank)
    assert queries.citations_in(edition.pk) == 2
    pks = {article.label: article.pk for article in edition.articles.all()}
    heard = queries.questions_citing([pks["第三条"], pks["第四条"]])
    assert [(one.uid, one.article_pk) for one in heard] == [
        (str(several.uid), pks["第四条"]),
        (str(whole.uid), pks["第三条"]),
    ]


def test_catching_up_reads_what_was_never_read_once(django_assert_max_num_queries):
    laws.old(body=BODY)
    asked = [citing(f"《{laws.TITLE}》第二条至第四条", stem=f"第{n}题（　）。") for n in range(3)]
    citing("《某某法》第一条", stem="另一题（　）。")
    forget()
    assert cited.catch_up(at=MOMENT + DAY) == 9
    assert labels(asked[0].published_version) == ["第二条", "第三条", "第四条"]
    assert CitationGap.objects.get().citation.text == "《某某法》第一条"
    assert cited.catch_up(at=MOMENT + DAY) == 0
    with django_assert_max_num_queries(1):
        cited.catch_up(at=MOMENT + DAY)


def test_catching_up_keeps_the_article_that_was_stored():
    old = laws.old()
    made = question(citations=(f"《{laws.TITLE}》第二条",), bank=bank_of_one())
    laws.amended()
    services.publish(question=made, by=SYSTEM, at=laws.MIDNIGHT + DAY)
    forget()
    cited.catch_up(at=laws.MIDNIGHT + DAY)
    assert CitedArticle.objects.get().article.edition == old


def forget():
    """As a database stands that was upgraded."""
    from lianbing.kit.append_only import lifted

    with lifted():
        CitedArticle.objects.all().delete()
        CitationGap.objects.all().delete()


@pytest.mark.parametrize("count", [1, 12])
def test_catching_up_costs_the_same_for_many(count, django_assert_num_queries):
    laws.old(body=BODY)
    bank = bank_of_one()
    for number in range(count):
        citing(f"《{laws.TITLE}》第二条至第四条", stem=f"第{number}题（　）。", bank=bank)
    forget()
    with django_assert_num_queries(13):
        cited.catch_up(at=MOMENT)


@pytest.mark.parametrize("count", [1, 5])
def test_the_waiting_questions_cost_the_same_for_many(count, django_assert_num_queries):
    laws.old(body=BODY)
    bank = bank_of_one()
    for number in range(count):
        citing(f"《{laws.TITLE}》第二条至第四条", stem=f"第{number}题（　）。", bank=bank)
        citing(f"《{laws.TITLE}》", stem=f"第{number}部（　）。", bank=bank)
    amend(2, 3)
    changes = list(reading.waiting_changes(laws.DAY, pools=ALL))
    with django_assert_num_queries(10):
        groups = reading.waiting(changes, pools=ALL)
    assert [len(group.questions) for group in groups] == [2 * count, count]


@pytest.fixture
def six():
    """Questions on all sorts of pieces of a law of six articles."""
    laws.old(body=BODY)
    bank = bank_of_one()
    texts = ["第一条", "第一条至第三条", "第二条、第五条", "第四条至第六条", "第六条第一款、第一条"]
    asked = [citing(f"《{laws.TITLE}》{text}", stem=f"{text}（　）。", bank=bank) for text in texts]
    return bank, asked, legal()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changed=st.sets(st.integers(1, 6), min_size=1),
    said=st.sets(st.tuples(st.integers(0, 4), st.integers(1, 6))),
)
def test_a_question_leaves_the_draw_exactly_when_one_of_its_articles_changed_unconfirmed(six, changed, said):
    bank, asked, by = six
    with transaction.atomic():
        amend(*changed)
        changes = {c.article.number: c for c in ArticleChange.objects.select_related("event", "article")}
        for place, number in sorted(said):
            if number in changes:
                services.confirm_still_right(
                    change=changes[number], questions=[asked[place]], by=by, at=laws.EARLY
                )
        found = drawn(bank, laws.MIDNIGHT)
        for question in asked:
            version = question.published_version
            mine = set(version.cited_articles.values_list("article_id", flat=True))
            its = [
                Changed(c.article_id, c.event.edition_id, c.event.kind, c.on)
                for c in changes.values()
                if c.article_id in mine
            ]
            confirmed = set(version.law_reviews.values_list("article_id", "edition_id", "event"))
            assert (question.pk in found) is may_be_drawn(its, confirmed, laws.DAY)
        assert drawn(bank, laws.MIDNIGHT - laws.MINUTE) == {one.pk for one in asked}
        transaction.set_rollback(True)


def test_the_rows_of_a_citation_go_with_it():
    laws.old()
    made = question(citations=(f"《{laws.TITLE}》第二条", "《某某法》第一条"))
    Citation.objects.filter(version=made.latest).delete()
    assert not CitedArticle.objects.exists()
    assert not CitationGap.objects.exists()
