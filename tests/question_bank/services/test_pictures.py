"""Pictures are drawn anew, kept once, and known before a question shows them."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from lianbing.people.rules import SYSTEM, Role
from question_bank import queries, services
from question_bank.models import QuestionPicture
from question_bank.services.pictures import SMALL_ENOUGH, redrawn
from tests.factories.people import staff
from tests.factories.question_bank import question

pytestmark = pytest.mark.django_db


def picture(kind="PNG", size=(40, 30), mode="RGB", **how):
    target = io.BytesIO()
    Image.new(mode, size, 128).save(target, kind, **how)
    return target.getvalue()


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGB"), ("JPEG", "RGB"), ("WEBP", "RGB"), ("GIF", "P"), ("PNG", "LA")]
)
def test_the_usual_formats_come_in(at, kind, mode):
    made = services.add_picture(data=picture(kind, mode=mode), by=SYSTEM, at=at)
    assert (made.mime, made.width, made.height) == ("image/png", 40, 30)


def test_nothing_but_the_picture_is_kept():
    exif = Image.Exif()
    exif[0x010E] = "拍摄于某某路"
    made, _mime, _size = redrawn(picture("JPEG", exif=exif))
    assert not Image.open(io.BytesIO(made)).getexif()


def test_a_large_photograph_becomes_small():
    target = io.BytesIO()
    Image.effect_noise((2400, 1800), 80).convert("RGB").save(target, "JPEG", quality=95)
    made, mime, size = redrawn(target.getvalue())
    assert (mime, max(size)) == ("image/jpeg", 1280)
    assert len(made) < 4 * SMALL_ENOUGH < len(target.getvalue())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unreadable"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "unreadable"),
        (picture()[:60], "unreadable"),
        (picture(size=(9000, 9000), mode="1"), "too_many_pixels"),
        (b"x" * (10 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_what_is_no_picture_is_refused(at, data, code):
    with pytest.raises(services.NotAPicture) as refused:
        services.add_picture(data=data, by=SYSTEM, at=at)
    assert refused.value.code == code
    assert not QuestionPicture.objects.exists()


def test_the_same_picture_is_kept_once(at):
    one, other = (services.add_picture(data=picture(), by=SYSTEM, at=at) for _ in "12")
    assert one == other


def test_a_page_without_a_network_carries_its_pictures(at, django_assert_num_queries):
    made = services.add_picture(data=picture(), by=SYSTEM, at=at)
    with django_assert_num_queries(1):
        found = queries.carried([f"看图\n![x](picture:{made.uid.hex})", f"![x](picture:{0:032x})"])
    assert list(found) == [made.uid.hex]
    assert found[made.uid.hex].startswith("data:image/png;base64,")


def test_a_question_shows_only_pictures_that_are_there(at, client):
    with pytest.raises(services.NotSound):
        question(stem=f"看图\n![x](picture:{0:032x})")
    made = services.add_picture(data=picture(), by=SYSTEM, at=at)
    shown = question(stem=f"看图\n![现场](picture:{made.uid.hex})")
    client.force_login(staff(Role.LEGAL))
    page = client.get(shown.get_absolute_url()).content.decode()
    assert f'src="{reverse("question_bank:picture", args=[made.uid])}" alt="现场"' in page


def test_a_picture_is_uploaded_and_read_by_staff_alone(client):
    client.force_login(staff(Role.TRAINER))
    address = reverse("question_bank:picture_add")
    assert client.post(address).status_code == 400
    answer = client.post(address, {"picture": io.BytesIO(picture())})
    made = QuestionPicture.objects.get()
    assert made.uid.hex in answer.json()["markup"]
    own = reverse("question_bank:picture", args=[made.uid])
    assert client.get(own)["Content-Type"] == "image/png"
    client.force_login(staff(Role.MARKER))
    assert client.get(own).status_code == 403
