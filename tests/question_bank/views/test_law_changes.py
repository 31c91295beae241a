"""The page of questions whose law changed: the words before and after, and a person's word by keyboard."""

import datetime

import pytest
from django.urls import reverse

from lianbing.kit import clock
from lianbing.library.models import LawEvent
from lianbing.library.queries import impact_of
from lianbing.library.queries.amendments import changes_of
from lianbing.people.rules import Role
from question_bank import queries
from question_bank.models import LawReview, QuestionBank
from tests.factories import amendments as laws
from tests.factories import people
from tests.factories.question_bank import BankFactory

pytestmark = pytest.mark.django_db
LIST, SAY = "question_bank:law_changes", "question_bank:law_change_say"


@pytest.fixture(autouse=True)
def moment():
    with clock.pinned(laws.MIDNIGHT):
        yield


@pytest.fixture
def asked():
    """Two questions on the changed article and one on the removed one, of a bank of one person."""
    laws.old()
    bank = BankFactory(people_needed=1)
    made = [laws.question(number, bank=bank, stem=f"第{n}题（　）。") for n, number in enumerate((2, 2, 3))]
    laws.amended()
    return made


@pytest.fixture
def legal(client):
    client.force_login(people.staff(Role.LEGAL))
    return client


def say(client, group, questions, **told):
    data = {
        "article": group.change.article_id,
        "edition": group.change.event.edition_id,
        "event": group.change.event.kind,
        "question": [str(one.uid) for one in questions],
    }
    return client.post(reverse(SAY), data | told, follow=True)


def groups(client, **query):
    return client.get(reverse(LIST), query).context["groups"]


def test_questions_stand_under_their_article_with_the_words(legal, asked):
    page = legal.get(reverse(LIST))
    assert [len(group.questions) for group in page.context["groups"]] == [2, 1]
    text = page.content.decode()
    assert all(piece in text for piece in ("<del>", "<ins>", "第0题", "第二条"))


def test_still_right_for_a_whole_article_at_once(legal, asked):
    first = groups(legal)[0]
    say(legal, first, asked[:2], outcome="confirm")
    assert [len(group.questions) for group in groups(legal)] == [1]
    assert len(queries.drawable(asked[0].bank, at=laws.MIDNIGHT)) == 2


def test_only_what_is_ticked_is_said_of(legal, asked):
    say(legal, groups(legal)[0], asked[:1], outcome="confirm")
    assert LawReview.objects.filter(outcome="confirmed").count() == 1


@pytest.mark.parametrize(
    "told",
    [{"outcome": "retire"}, {"outcome": "confirm", "reason": "理由"}, {"outcome": "publish"}, {}],
    ids=["retire-without-reason", "enter-beside-the-reason", "another-word", "nothing"],
)
def test_half_said_changes_nothing(legal, asked, told):
    page = say(legal, groups(legal)[0], asked[:2], **told)
    assert page.status_code == 200
    assert not LawReview.objects.exclude(closed_at=None).exists()
    asked[0].refresh_from_db()
    assert asked[0].state == "published"


def test_retiring_takes_a_reason(legal, asked):
    say(legal, groups(legal)[1], asked[2:], outcome="retire", reason="条文已删除")
    asked[2].refresh_from_db()
    assert asked[2].state == "retired"


def test_a_change_that_is_not_there_is_not_found(legal, asked):
    group = groups(legal)[0]
    group.change.event.kind = "repealed"
    assert say(legal, group, asked[:1], outcome="confirm").status_code == 404


def test_changes_ahead_can_be_settled_ahead(legal, asked):
    with clock.pinned(laws.EARLY):
        assert groups(legal) == []
        say(legal, groups(legal, coming="on")[0], asked[:2], outcome="confirm", coming="on")
    assert [len(group.questions) for group in groups(legal)] == [1]


def test_who_wrote_it_is_told_that_somebody_else_decides(client):
    laws.old()
    writer = people.staff(Role.TRAINER, Role.LEGAL)
    asked = laws.question(bank=BankFactory(people_needed=1), by=people.actor(writer))
    QuestionBank.objects.update(people_needed=2)
    laws.amended()
    client.force_login(writer)
    [group] = groups(client)
    assert group.questions == [(asked, False)]
    say(client, group, [asked], outcome="confirm")
    assert not LawReview.objects.exists()


@pytest.mark.parametrize("more", [0, 8])
def test_the_page_keeps_its_budget(legal, asked, more, django_assert_max_num_queries):
    for number in range(more):
        laws.question(2, bank=asked[0].bank, stem=f"另{number}题（　）。")
    with django_assert_max_num_queries(15):
        legal.get(reverse(LIST))


def test_officers_have_no_business_here(client, asked):
    client.force_login(people.officer(people.unit()).user)
    assert client.get(reverse(LIST)).status_code == 403


def test_the_front_page_says_how_many_wait(legal, asked):
    page = legal.get("/").content.decode()
    assert reverse(LIST) in page


def test_the_impact_page_of_the_edition_names_the_questions(legal, asked):
    told = impact_of(changes_of(LawEvent.objects.all()), people.actor(people.staff(Role.LEGAL)))
    assert [(code, count) for code, _word, count in told.kinds] == [("question", 3)]


def test_an_exam_administrator_learns_nothing_of_questions(asked):
    told = impact_of(changes_of(LawEvent.objects.all()), people.actor(people.staff(Role.EXAM_ADMINISTRATOR)))
    assert told.things == 0


def test_a_day_earlier_nothing_waits(legal, asked):
    with clock.pinned(laws.MIDNIGHT - datetime.timedelta(seconds=1)):
        assert groups(legal) == []


@pytest.mark.parametrize(("moment", "waiting"), [(laws.EARLY, False), (laws.MIDNIGHT, True)])
def test_the_page_of_a_question_says_that_it_waits(legal, asked, moment, waiting):
    with clock.pinned(moment):
        assert legal.get(asked[0].get_absolute_url()).context["law_waiting"] is waiting
