"""Extracts of personal files: equal to the file of the day, hashed, signed, compared by whoever holds the paper."""

import datetime
import io

import pypdf
import pytest
from django.core.cache import cache

from certificates.models import SigningKey
from certificates.ratings.models import Extract
from certificates.ratings.queries.extracts import content_of, is_whole
from certificates.ratings.rules.extracts import digest, grouped
from certificates.ratings.services.extracts import NoExtract, make_extract
from lianbing.kit import append_only, clock
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import Role
from tests.factories import certificates, hours, people

TODAY = datetime.date(2026, 11, 20)
LIST, NEW = "/ratings/extracts/", "/ratings/extracts/new/"


@pytest.fixture(autouse=True)
def friday(at):
    cache.clear()
    with clock.pinned(at):
        yield


@pytest.fixture
def officer(db):
    """An officer of the east squad who passed an exam and has a day of hours."""
    east = people.unit("东城中队", people.unit("云汐市城管局"))
    found = people.officer(east, name="王小明", id_number_masked="440101********12")
    hours.table()
    hours.granted(found, "a")
    certificates.result(certificates.released(east), found, 81)
    return found


@pytest.fixture
def hr(officer):
    return people.staff(Role.HR, unit=officer.appointments.get().unit)


def made(officer, hr, at, as_of=TODAY, purpose="竞争上岗"):
    return make_extract(officer=officer, as_of=as_of, purpose=purpose, by=people.actor(hr), at=at)


def signed_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(response):
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(response.content)).pages)


def test_it_equals_the_file_of_that_day_and_its_hash_is_the_files(officer, hr, at):
    extract = made(officer, hr, at)
    content = content_of(officer, as_of=TODAY, reader=people.actor(hr))
    assert extract.content == content
    assert extract.digest == digest(content)
    assert content["hours"] == "8"
    assert AuditRecord.objects.get(action="extract_made").details["sha256"] == extract.digest


def test_what_comes_later_changes_no_extract_and_is_told_apart(client, officer, hr, at):
    extract = made(officer, hr, at)
    page = signed_in(client, hr)
    assert page.get(extract.get_absolute_url()).context["unchanged"]
    hours.granted(officer, "b", at=at)
    response = page.get(extract.get_absolute_url())
    assert (response.context["whole"], response.context["unchanged"]) == (True, False)
    extract.refresh_from_db()
    assert digest(extract.content) == extract.digest


def test_a_changed_word_is_found(officer, hr, at):
    extract = made(officer, hr, at)
    extract.content["hours"] = "80"
    assert not is_whole(extract)


@pytest.mark.parametrize("field", ["signature", "digest", "made_at", "uid"])
def test_a_changed_part_of_the_signature_is_found(officer, hr, at, field):
    extract, other = (
        made(officer, hr, at),
        made(officer, hr, at + datetime.timedelta(hours=1), purpose="轮岗"),
    )
    assert is_whole(extract)
    setattr(extract, field, "0" * 64 if field == "digest" else getattr(other, field))
    assert not is_whole(extract)


def test_a_key_known_to_others_proves_nothing(officer, hr, at):
    extract = made(officer, hr, at)
    SigningKey.objects.update(retired_at=at, compromised_at=at)
    assert not is_whole(extract)


def test_the_paper_bears_the_hash_and_is_the_same_whenever_printed(client, officer, hr, at):
    extract = made(officer, hr, at)
    page = signed_in(client, hr)
    first = page.get(f"{extract.get_absolute_url()}extract.pdf")
    with clock.pinned(at + datetime.timedelta(days=3)):
        second = page.get(f"{extract.get_absolute_url()}extract.pdf")
    assert first.content == second.content
    text = text_of(first).replace("\n", " ")
    assert extract.digest in text.replace(" ", "")
    assert "王小明" in text
    assert "440101********12" in text
    assert AuditRecord.objects.filter(action="extract_printed").count() == 2


@pytest.mark.parametrize(
    ("as_of", "purpose"), [(TODAY + datetime.timedelta(days=1), "竞争上岗"), (TODAY, " "), (TODAY, "x")]
)
def test_no_file_of_tomorrow_and_none_without_a_purpose(officer, hr, at, as_of, purpose):
    with pytest.raises(NoExtract):
        made(officer, hr, at, as_of, purpose)
    assert not Extract.objects.exists()


def test_hr_makes_one_in_the_browser(client, officer, hr):
    asked = {"staff_number": officer.staff_number, "as_of": "2026-11-20", "purpose": "干部选拔"}
    response = signed_in(client, hr).post(NEW, asked)
    assert response["Location"] == Extract.objects.get().get_absolute_url()


@pytest.mark.parametrize(
    "wrong", [{"staff_number": "无此人"}, {"as_of": "2027-01-01"}, {"as_of": "昨天"}, {"purpose": ""}]
)
def test_what_is_wrong_is_said_and_nothing_is_made(client, officer, hr, wrong):
    asked = {"staff_number": officer.staff_number, "as_of": "2026-11-20", "purpose": "干部选拔", **wrong}
    response = signed_in(client, hr).post(NEW, asked)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Extract.objects.exists()


def test_hr_of_another_unit_and_the_person_themselves_make_none(client, officer, hr, at):
    west = people.staff(Role.HR, unit=people.unit("西城中队"))
    people.grant(officer.user, Role.HR)
    extract = made(officer, hr, at)
    asked = {"staff_number": officer.staff_number, "as_of": "2026-11-20", "purpose": "干部选拔"}
    for user in (west, officer.user):
        assert "staff_number" in signed_in(client, user).post(NEW, asked).context["form"].errors
        assert client.get(extract.get_absolute_url()).status_code == 404
    assert Extract.objects.count() == 1


def test_whoever_holds_the_paper_compares_the_hash_and_learns_no_more(client, officer, hr, at):
    extract = made(officer, hr, at)
    page = client.get(f"/ratings/extracts/verify/{extract.uid}/").content.decode()
    assert grouped(extract.digest) in page
    assert "王**" in page or "王*" in page
    for secret in ("王小明", officer.staff_number, "竞争上岗", "440101"):
        assert secret not in page


@pytest.mark.parametrize("uid", ["x", "00000000-0000-4000-8000-000000000000"])
def test_an_address_without_an_extract_is_not_found(client, db, uid):
    assert client.get(f"/ratings/extracts/verify/{uid}/").status_code == 404


def test_extracts_are_never_changed():
    assert "ratings.Extract" in {guard.model for guard in append_only.guards()}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_few_statements(client, officer, hr, at, count, django_assert_max_num_queries):
    for number in range(count):
        made(officer, hr, at, purpose=f"第{number}次")
    signed_in(client, hr).get(LIST)
    with django_assert_max_num_queries(10):
        assert len(client.get(LIST).context["page_obj"].object_list) == count
