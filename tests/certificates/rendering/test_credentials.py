"""A certificate on paper carries its proof."""

import io

import pytest
from PIL import Image

from certificates.queries.credentials import newest, public_keys
from certificates.queries.register import by_uid
from certificates.rendering.credentials import CHECKS, REASONS, offline_element, on_paper
from certificates.rendering.training import certificate_pdf, page_picture
from certificates.rules import offline, signing, verifying
from certificates.services.credentials import sign
from certificates.services.keys import rotate
from lianbing.people.rules import SYSTEM
from tests.factories import certificates
from tests.journeys import qr_reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(at):
    made = certificates.certificate()
    sign([made], at=at)
    return by_uid(made.uid)


def test_the_pdf_carries_the_code_and_stays_the_same_after_a_rotation(signed, at):
    first = certificate_pdf(signed)
    assert offline.inside_pdf(first) == newest(signed).offline
    rotate(by=SYSTEM, at=at, reason="每年更换密钥")
    assert certificate_pdf(signed) == first


def test_the_second_code_of_the_drawn_page_proves_it_without_a_network(at):
    look = certificates.design(border="none", qr="top", layout="plain")
    made = certificates.certificate(design=look)
    sign([made], at=at)
    page = Image.open(io.BytesIO(page_picture(by_uid(made.uid), dots_per_inch=254)))
    # 254 dots an inch = 10 a millimetre: the code stands 30 mm from the right edge, above the last line.
    strip = page.crop((page.width - 10 * 66, page.height // 2, page.width - 10 * 27, page.height - 350))
    text = qr_reader.read(qr_reader.code_in(strip))
    paper, kid = offline.read(text, signing.key_set({"keys": public_keys()}))
    assert (paper.number, paper.masked_name[:2], kid) == (made.number, "测*", newest(made).key.kid)


def test_a_certificate_that_waits_for_its_signature_is_printed_without(at):
    waiting = by_uid(certificates.certificate().uid)
    assert on_paper(waiting) == {"credential": "", "offline": "", "keyword": ""}
    assert offline_element(waiting) is None
    assert offline.inside_pdf(certificate_pdf(waiting)) == ""


def test_every_check_and_every_refusal_has_its_words():
    assert {
        getattr(verifying, name)
        for name in ("FORM", "KEY", "SIGNATURE", "SHAPE", "BEGUN", "NOT_ENDED", "STATUS")
    } == set(CHECKS)
    codes = {"malformed", "bad_algorithm", "unknown_key", "bad_signature"}
    assert codes | {f"status_{code}" for code in codes} <= set(REASONS)
