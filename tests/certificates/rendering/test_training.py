"""The certificate on paper, read back: text, fonts, size, the code of the drawn page."""

import io
import random

import pypdf
import pytest
from django.utils import translation
from PIL import Image

from certificates.models import Certificate
from certificates.rendering.training import (
    batch_pdf,
    certificate_pdf,
    page_picture,
    sample_picture,
    verify_url,
)
from certificates.rules.designs import BORDERS, LAYOUTS, QR_PLACES, SHAPES, Design, written
from certificates.services.designs import check_seal
from tests.factories import certificates, people
from tests.journeys import qr_reader

MOST_BYTES = 200 * 1000


def made(name="王小明", revoked=False, **look):
    """A certificate of somebody of this name, in a design."""
    officer = people.officer(people.unit("测试局"), name=name)
    design = certificates.design(**look) if look else None
    found = certificates.certificate(officer, certificates.rule(), revoked=revoked, design=design)
    return Certificate.objects.prefetch_related("events").get(pk=found.pk)


def text_of(data):
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def fonts_of(data):
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["王小明", "欧阳𠮷䶮㛃㵘", "买买提江·阿不都热合曼·吐尔逊尼亚孜", "龘靐齉鿭𫖯𬱖"]
)
def test_names_are_drawn_and_read_back(name):
    data = certificate_pdf(made(name))
    assert name in text_of(data).replace("\n", "")
    assert len(data) <= MOST_BYTES


@pytest.mark.django_db
def test_fonts_are_subsets_and_lie_in_the_file():
    found = fonts_of(certificate_pdf(made("欧阳𠮷䶮㛃㵘", layout="plain")))
    assert found
    for font in found:
        below = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert str(font["/BaseFont"])[1:7].isupper()
        assert str(font["/BaseFont"])[7] == "+"
        assert {"/FontFile2", "/FontFile3"} & set(below)


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["\U000323af", "\ue000"])
def test_a_character_no_font_has_is_written_as_its_code_and_told(sign):
    text = text_of(certificate_pdf(made(f"王{sign}"))).replace("\n", "")
    assert text.count(f"U+{ord(sign):04X}") == 2
    assert sign not in text


@pytest.mark.django_db
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_layout_is_one_page_with_all_that_matters(layout, shape):
    one = made(layout=layout, shape=shape, seal_text="测试局培训专用", signatory="测试局")
    data = certificate_pdf(one)
    text = text_of(data).replace("\n", "")
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == 1
    for said in ("王小明", one.number, one.title, one.valid_until.isoformat(), "测试局", "不是行政执法证件"):
        assert said in text


@pytest.mark.django_db
def test_the_longest_texts_stay_on_one_page():
    long = {"sentence": "{name}{unit}{title}" + "同志参加集中培训经考核合格" * 14, "border": "corners"}
    data = certificate_pdf(made("买买提江·阿不都热合曼·吐尔逊尼亚孜", **long))
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == 1
    assert "不是行政执法证件" in text_of(data).replace("\n", "")


def noisy_seal():
    """A scan whose every dot is another red: the worst a seal can be."""
    size = (700, 700)
    noise = Image.frombytes("L", size, random.Random(7).randbytes(size[0] * size[1]))
    target = io.BytesIO()
    Image.merge("RGB", (Image.new("L", size, 230), noise, noise)).save(target, "PNG")
    return target.getvalue()


@pytest.mark.django_db
def test_the_noisiest_scan_of_a_seal_keeps_below_the_limit():
    look = {"layout": "banner", "sentence": "{name}（{unit}）完成“{exam}”，准予上岗。", "signatory": "测试局"}
    data = certificate_pdf(made("欧阳𠮷䶮㛃㵘", seal=check_seal(noisy_seal()), **look))
    assert 10_000 < len(data) <= MOST_BYTES


@pytest.mark.django_db
def test_a_sentence_of_ones_own_is_filled():
    text = text_of(certificate_pdf(made(sentence="{name}同志准予上岗，成绩{score}。"))).replace("\n", "")
    assert "王小明同志准予上岗，成绩—。" in text


@pytest.mark.django_db
def test_the_code_of_the_drawn_page_is_the_public_address():
    one = made(border="none", qr="right")
    page = Image.open(io.BytesIO(page_picture(one, dots_per_inch=254)))
    # 254 dots an inch = 10 a millimetre: the code stands 30 mm from the right edge, above the last line.
    strip = page.crop((page.width - 10 * 62, page.height // 2, page.width - 10 * 27, page.height - 250))
    assert qr_reader.read(qr_reader.code_in(strip)) == verify_url(one)


@pytest.mark.django_db
def test_a_reprint_is_the_same_byte_for_byte_in_any_language():
    one = made(layout="banner", seal_text="测试局培训专用")
    with translation.override("en"):
        english = certificate_pdf(one)
    assert english == certificate_pdf(Certificate.objects.prefetch_related("events").get(pk=one.pk))


@pytest.mark.django_db
def test_a_revoked_one_says_so_across_the_sheet():
    assert "已撤销" in text_of(certificate_pdf(made(revoked=True)))
    assert "已撤销" not in text_of(certificate_pdf(made(name="李四")))


@pytest.mark.django_db
def test_a_batch_is_one_file_with_a_page_each(at):
    several = [made("王小明"), made("李四", layout="plain", shape="portrait")]
    pages = pypdf.PdfReader(io.BytesIO(batch_pdf(several, at))).pages
    assert len(pages) == 2
    assert [several[n].number in pages[n].extract_text() for n in (0, 1)] == [True, True]
    assert [pages[n].mediabox.width > pages[n].mediabox.height for n in (0, 1)] == [True, False]


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("qr", QR_PLACES)
def test_every_sample_is_a_picture(border, qr):
    drawn = Image.open(io.BytesIO(sample_picture(Design(border=border, qr=qr), b"", issuer="测试局")))
    assert drawn.format == "PNG"
    assert drawn.width > drawn.height
    assert written(Design(border=border, qr=qr))["qr"] == qr
