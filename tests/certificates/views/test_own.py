"""A certificate for its holder and for HR; revoking."""

import io

import pypdf
import pytest
from django.urls import reverse

from certificates.rendering.training import verify_url
from lianbing.kit import qr
from lianbing.kit.models import AuditRecord
from tests.factories import certificates, people


@pytest.fixture
def certificate(bureau):
    return certificates.certificate(bureau.officer, bureau.rule)


def address(name, certificate):
    return reverse(f"certificates:{name}", args=[certificate.uid])


def test_my_certificates_say_training_certificate(bureau, certificate, as_user):
    page = as_user(bureau.officer.user).get("/certificates/").content.decode()
    assert certificate.number in page
    assert "培训证书" in page or "Training certificate" in page


def test_nobody_sees_those_of_a_colleague_in_the_list(bureau, certificate, as_user):
    assert certificate.number not in as_user(bureau.other.user).get("/certificates/").content.decode()


def test_staff_without_an_own_one_go_to_the_overview(bureau, as_user):
    assert as_user(bureau.hr).get("/certificates/").url == "/certificates/overview/"


@pytest.mark.parametrize("name", ["detail", "pdf"])
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 200),
        ("hr", 200),
        ("hr_all", 200),
        ("leader", 200),
        ("other", 404),
        ("hr_west", 404),
        ("invigilator", 404),
    ],
)
def test_who_may_read_it(bureau, certificate, as_user, name, who, status):
    user = getattr(bureau, who)
    user = getattr(user, "user", user)
    assert as_user(user).get(address(name, certificate)).status_code == status


@pytest.mark.parametrize("name", ["detail", "pdf", "revoke"])
def test_strangers_are_sent_to_sign_in(bureau, certificate, as_user, name):
    assert as_user(None).get(address(name, certificate)).status_code == 302


def test_detail_shows_the_code_of_the_public_address(bureau, certificate, as_user):
    page = as_user(bureau.officer.user).get(address("detail", certificate)).content.decode()
    assert qr.svg(verify_url(certificate)) in page


def test_pdf_is_small_and_says_what_it_is(bureau, certificate, as_user):
    response = as_user(bureau.officer.user).get(address("pdf", certificate))
    assert len(response.content) < 200_000
    text = pypdf.PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
    for part in (certificate.number, "王小明", certificate.valid_until.isoformat(), "岗位执法培训合格证书"):
        assert part in text


@pytest.mark.parametrize("name", ["㛃", "䶮𫖯", "赵喆"])
def test_pdf_prints_rare_names(bureau, as_user, name):
    officer = people.officer(bureau.east, name=name)
    made = certificates.certificate(officer, bureau.rule)
    response = as_user(officer.user).get(address("pdf", made))
    assert name in pypdf.PdfReader(io.BytesIO(response.content)).pages[0].extract_text()


def test_history_gives_the_reason_to_hr_and_not_to_the_holder(bureau, as_user):
    made = certificates.certificate(bureau.officer, bureau.rule, revoked=True)
    assert "SECRET-REASON" in as_user(bureau.hr).get(address("detail", made)).content.decode()
    assert "SECRET-REASON" not in as_user(bureau.officer.user).get(address("detail", made)).content.decode()


def revoke(client, certificate, **fields):
    sent = {"ground": "rules_broken", "reason": "调查认定违规", "confirmed": "on", **fields}
    return client.post(address("revoke", certificate), sent)


def test_hr_revokes_and_it_shows_at_once(bureau, certificate, as_user):
    assert revoke(as_user(bureau.hr), certificate).url == certificate.get_absolute_url()
    public = as_user(None).get(f"/verify/{certificate.uid}/")
    assert public.context["state"] == "revoked"
    assert AuditRecord.objects.filter(action="revoked").count() == 1


@pytest.mark.parametrize("fields", [{"reason": "不好"}, {"reason": ""}, {"confirmed": ""}, {"ground": "x"}])
def test_revoking_needs_reason_ground_and_a_yes(bureau, certificate, as_user, fields):
    response = revoke(as_user(bureau.hr), certificate, **fields)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not certificate.events.filter(kind="revoked").exists()


@pytest.mark.parametrize(
    ("who", "status"), [("hr_west", 404), ("leader", 403), ("invigilator", 403), ("officer", 403)]
)
def test_who_may_not_revoke(bureau, certificate, as_user, who, status):
    user = getattr(bureau, who)
    assert revoke(as_user(getattr(user, "user", user)), certificate).status_code == status


def test_hr_does_not_revoke_their_own(bureau, certificate, as_user):
    people.grant(bureau.officer.user, "hr")
    assert revoke(as_user(bureau.officer.user), certificate).status_code == 404


def test_revoking_twice_says_so(bureau, certificate, as_user):
    revoke(as_user(bureau.hr), certificate)
    response = revoke(as_user(bureau.hr), certificate)
    assert response.context["form"].non_field_errors()


@pytest.mark.parametrize("count", [1, 3])
def test_my_page_costs_the_same_however_many(bureau, as_user, count, django_assert_max_num_queries):
    for _ in range(count):
        certificates.certificate(bureau.officer, bureau.rule)
    client = as_user(bureau.officer.user)
    with django_assert_max_num_queries(7):
        client.get("/certificates/")


@pytest.mark.parametrize("name", ["detail", "pdf"])
def test_pages_to_read_refuse_a_post(bureau, certificate, as_user, name):
    assert as_user(bureau.officer.user).post(address(name, certificate)).status_code == 405
