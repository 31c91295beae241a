"""Verification by a stranger."""

import uuid

import pytest

from tests.factories import certificates, people


def look_up(client, uid):
    return client.get(f"/verify/{uid}/")


@pytest.mark.parametrize(
    ("old", "left", "revoked", "state"),
    [
        (100, 300, False, "valid"),
        (100, 30, False, "expiring"),
        (100, -1, False, "expired"),
        (-3, 300, False, "upcoming"),
        (100, 300, True, "revoked"),
    ],
)
def test_every_state_is_told_without_signing_in(bureau, as_user, old, left, revoked, state):
    made = certificates.certificate(bureau.officer, days_old=old, days_left=left, revoked=revoked)
    response = look_up(as_user(None), made.uid)
    assert (response.status_code, response.context["state"]) == (200, state)
    assert made.number in response.content.decode()


def test_names_are_masked_and_nothing_private_is_told(bureau, as_user):
    made = certificates.certificate(bureau.officer, revoked=True)
    page = look_up(as_user(None), made.uid).content.decode()
    assert "王**" in page
    for secret in ("王小明", bureau.officer.staff_number, "440101", "SECRET-REASON", "东城中队"):
        assert secret not in page


@pytest.mark.parametrize("uid", [uuid.UUID(int=1), "nonsense", "1", "TEST-2026-000001", "%00", "a" * 500])
def test_unknown_ids_get_one_and_the_same_page(bureau, as_user, uid):
    response = look_up(as_user(None), uid)
    assert response.status_code == 404
    assert response.context["state"] == "unknown"
    assert "certificates/verify.html" in [template.name for template in response.templates]


def test_known_and_unknown_cost_the_same(bureau, as_user, django_assert_num_queries):
    made = certificates.certificate(bureau.officer, revoked=True)
    for uid in (made.uid, uuid.uuid4(), "nonsense"):
        with django_assert_num_queries(1):
            look_up(as_user(None), uid)


def test_a_number_opens_nothing(bureau, as_user):
    made = certificates.certificate(bureau.officer)
    assert look_up(as_user(None), made.number).status_code == 404


def test_the_answer_is_never_kept_by_a_browser(bureau, as_user):
    made = certificates.certificate(bureau.officer)
    assert "no-store" in look_up(as_user(None), made.uid)["Cache-Control"]


def test_a_later_name_changes_nothing(bureau, as_user):
    made = certificates.certificate(bureau.officer)
    bureau.officer.name = "赵六七"
    bureau.officer.save()
    assert look_up(as_user(None), made.uid).context["name"] == "王**"


def test_how_to_verify_has_no_box_for_numbers(bureau, as_user):
    page = as_user(None).get("/verify/")
    assert page.status_code == 200
    assert b"<input" not in page.content


@pytest.mark.parametrize("path", ["/verify/", f"/verify/{uuid.UUID(int=1)}/"])
def test_nothing_can_be_posted(db, as_user, path):
    assert as_user(None).post(path).status_code == 405


def test_two_letter_names_are_masked(bureau, as_user):
    made = certificates.certificate(people.officer(bureau.east, name="李四"))
    assert look_up(as_user(None), made.uid).context["name"] == "李*"
