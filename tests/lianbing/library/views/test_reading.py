"""What an officer is given to read: the list, the text as circulated, the check, the confirmation."""

import datetime

import pytest
from django.urls import reverse

from lianbing.kit import clock
from lianbing.library.models import LibraryDocument, Receipt
from tests.factories import documents, people
from tests.factories import question_bank as bank

pytestmark = pytest.mark.django_db
EARLY = datetime.datetime(2026, 11, 10, 2, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def moment():
    with clock.pinned(EARLY):
        yield


@pytest.fixture
def unit():
    return people.unit()


@pytest.fixture
def officer(unit, client):
    made = people.officer(unit)
    client.force_login(made.user)
    return made


def page_of(circulation, name="to_read"):
    return reverse(f"library:{name}", args=[circulation.uid])


def test_reading_and_confirming(client, officer, unit):
    made = documents.circulation(unit, note="请于会前阅读")
    page = client.get(page_of(made))
    assert "请于会前阅读" in page.content.decode()
    page = client.post(page_of(made), follow=True)
    assert Receipt.objects.get().reader.officer == officer
    assert page.context["receipt"]
    client.post(page_of(made))
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(
    client, officer, unit, count, django_assert_max_num_queries
):
    for _number in range(count):
        documents.circulation(unit)
    client.get(reverse("library:reading"))
    with django_assert_max_num_queries(12):
        assert len(client.get(reverse("library:reading")).context["waiting"]) == count


def test_the_front_page_says_what_is_to_be_read_and_what_is_overdue(client, officer, unit):
    documents.circulation(unit, of=documents.document("关于规范着装的通报"))
    assert "关于规范着装的通报" in client.get("/").content.decode()
    with clock.pinned(EARLY + datetime.timedelta(days=20)):
        assert "badge-bad" in client.get("/").content.decode()


def test_what_was_given_to_others_does_not_exist(client, officer):
    other = people.unit("二中队")
    people.officer(other)
    made = documents.circulation(other)
    for name in ("to_read", "check"):
        for ask in (client.get, client.post):
            assert ask(page_of(made, name)).status_code == 404
    assert not Receipt.objects.exists()


def test_the_text_is_the_one_that_was_circulated(client, officer, unit):
    made = documents.circulation(unit)
    document = LibraryDocument.objects.get()
    document.body = [("rules", ["新的规定。"])]
    document.save_revision().publish()
    page = client.get(page_of(made))
    assert "严禁酒后执法" in page.content.decode()
    assert "新的规定" not in page.content.decode()
    assert page.context["newer"]


@pytest.fixture
def asked():
    return bank.published(explanation="两人以上执法。")


def test_the_check_is_a_plain_form_that_tells_nothing(client, officer, unit, asked):
    made = documents.circulation(unit, questions=[str(asked.uid)])
    assert "<button" not in client.get(page_of(made)).content.decode().partition('id="confirm"')[2][:400]
    text = client.get(page_of(made, "check")).content.decode()
    assert "两人以上执法" not in text
    assert 'type="radio"' in text


def test_a_failed_try_explains_and_may_be_repeated(client, officer, unit, asked):
    made = documents.circulation(unit, questions=[str(asked.uid)])
    version = asked.published_version
    right = version.key["options"][0]
    wrong = next(one["id"] for one in version.content["options"] if one["id"] != right)
    page = client.post(page_of(made, "check"), {f"q{version.pk}": wrong}, follow=True)
    assert not page.context["found"].passed
    assert "两人以上执法" in page.content.decode()
    client.post(page_of(made))
    assert not Receipt.objects.exists()
    page = client.post(page_of(made, "check"), {f"q{version.pk}": right}, follow=True)
    assert page.context["found"].passed
    client.post(page_of(made))
    assert Receipt.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"q": ["x"]}, "unknown"])
def test_a_check_that_is_not_answered_is_shown_again(client, officer, unit, asked, sent):
    made = documents.circulation(unit, questions=[str(asked.uid)])
    sent = {f"q{asked.published_version_id}": "unknown"} if sent == "unknown" else sent
    page = client.post(page_of(made, "check"), sent)
    assert page.status_code == 200
    assert page.context["problem"]


def test_somebody_elses_try_does_not_exist(client, officer, unit, asked):
    other = people.officer(unit)
    made = documents.circulation(unit, questions=[str(asked.uid)])
    version = asked.published_version
    page = client.post(page_of(made, "check"), {f"q{version.pk}": version.key["options"]}, follow=True)
    address = page.redirect_chain[-1][0]
    client.force_login(other.user)
    assert client.get(address).status_code == 404


def test_who_has_no_record_of_service_has_nothing_to_read(client):
    client.force_login(people.UserFactory())
    assert client.get(reverse("library:reading")).status_code == 200
