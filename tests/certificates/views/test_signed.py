"""Signed certificates for machines, and the page that checks them for people."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from certificates.queries.credentials import newest
from certificates.rules import signing, status_list
from certificates.rules.badge_shape import problems
from certificates.services.credentials import sign
from certificates.services.keys import rotate
from certificates.services.revoking import revoke
from certificates.state.training import Ground
from certificates.views import gate
from lianbing.kit import clock
from lianbing.people.rules import SYSTEM
from tests.factories import certificates


@pytest.fixture
def signed(bureau, at):
    made = certificates.certificate(bureau.officer)
    sign([made], at=at)
    return made


def published(client):
    """The public keys as the site gives them."""
    return signing.key_set(signing.loads(client.get("/verify/keys/").content))


def test_the_holder_takes_the_credential_along(bureau, signed, as_user):
    response = as_user(bureau.officer.user).get(f"/certificates/{signed.uid}/credential.jwt")
    payload, _kid = signing.verify(response.content.decode(), published(as_user(None)))
    assert response["Content-Type"] == "application/vc+jwt"
    assert problems(payload) == []
    assert payload["credentialSubject"]["licenseNumber"] == signed.number


def test_nobody_else_does(bureau, signed, as_user):
    for user in (bureau.other.user, bureau.hr_west, bureau.invigilator):
        assert as_user(user).get(f"/certificates/{signed.uid}/credential.jwt").status_code in {403, 404}
    assert as_user(None).get(f"/certificates/{signed.uid}/credential.jwt").status_code == 302


def test_one_older_than_the_keys_is_signed_when_it_is_asked_for(bureau, as_user):
    made = certificates.certificate(bureau.officer)
    asked = f"/certificates/{made.uid}/credential.jwt"
    first = as_user(bureau.officer.user).get(asked)
    assert first.status_code == 200
    assert as_user(bureau.officer.user).get(asked).content == first.content


def test_one_revoked_before_it_was_signed_has_none(bureau, as_user):
    made = certificates.certificate(bureau.officer, revoked=True)
    assert as_user(bureau.officer.user).get(f"/certificates/{made.uid}/credential.jwt").status_code == 404


def test_keys_stay_public_after_a_rotation_and_go_when_given_up(signed, as_user, at):
    client, old = as_user(None), newest(signed).key.kid
    rotate(by=SYSTEM, at=at, reason="每年更换密钥")
    assert len(published(client)) == 2
    assert client.get(f"/verify/keys/{old}/").json()["kid"] == old
    rotate(by=SYSTEM, at=at, reason="怀疑泄露密钥", compromised=True)
    assert set(published(client)) == {old, next(iter(published(client)))}
    for unknown in ("nonsense", "A" * 43):
        assert client.get(f"/verify/keys/{unknown}/").status_code == 404


def test_nothing_private_stands_among_the_keys(signed, as_user):
    assert b'"d"' not in as_user(None).get("/verify/keys/").content


def test_a_revocation_stands_on_the_list_within_the_minute(signed, as_user, at):
    client, place = as_user(None), newest(signed).status_index

    def is_set():
        payload, _kid = signing.verify(client.get("/verify/status/1/").content.decode(), published(client))
        assert payload["credentialSubject"]["ttl"] == 60_000
        return status_list.is_set(payload["credentialSubject"]["encodedList"], place)

    assert not is_set()
    revoke(certificate=signed, ground=Ground.OTHER, reason="调查认定违规", by=SYSTEM, at=at)
    with clock.pinned(at + datetime.timedelta(seconds=1)):
        assert is_set()


def test_the_list_is_never_kept_and_costs_three_statements(signed, as_user, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        response = as_user(None).get("/verify/status/1/")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999", "-1", "x"])
def test_there_is_no_other_list(signed, as_user, number):
    assert as_user(None).get(f"/verify/status/{number}/").status_code == 404


def test_the_text_of_the_code_is_checked_on_a_page(signed, as_user):
    page = as_user(None).post("/verify/offline/", {"text": newest(signed).offline.replace("\n", "\r\n")})
    assert (page.context["verdict"].valid, page.context["verdict"].status) == (True, "register")
    assert "王**" in page.content.decode()
    assert "王小明" not in page.content.decode()


def test_a_file_is_checked_too(signed, as_user):
    file = SimpleUploadedFile("one.jwt", newest(signed).token.encode())
    assert as_user(None).post("/verify/offline/", {"file": file}).context["verdict"].valid


def test_one_revoked_is_refused_on_the_page(signed, as_user, at):
    revoke(certificate=signed, ground=Ground.OTHER, reason="调查认定违规", by=SYSTEM, at=at)
    page = as_user(None).post("/verify/offline/", {"text": newest(signed).offline})
    assert page.context["verdict"].reason == "revoked"


@pytest.mark.parametrize("text", ["hello", "LIANBING-CERT-1", "\x00", "%PDF-", "{", "a.b.c", "中" * 500])
def test_anything_else_gets_a_plain_answer(signed, as_user, text):
    page = as_user(None).post("/verify/offline/", {"text": text})
    assert page.status_code == 200
    assert "verdict" not in page.context or not page.context["verdict"].valid


@pytest.mark.parametrize("given", [{}, {"text": "  \n"}, {"text": "x" * 30_000}])
def test_nothing_or_too_much_is_said_in_the_form(signed, as_user, given):
    page = as_user(None).post("/verify/offline/", given)
    assert page.context["form"].errors


def test_checks_are_counted(signed, as_user, monkeypatch):
    monkeypatch.setattr(gate, "CHECKS_A_MINUTE", 2)
    client = as_user(None)
    assert [client.get("/verify/offline/").status_code for _ in range(3)] == [200, 200, 429]


def test_the_page_opens_before_anything_was_ever_signed(db, as_user):
    assert as_user(None).get("/verify/offline/").status_code == 200
    assert as_user(None).get("/verify/keys/").json() == {"keys": []}
