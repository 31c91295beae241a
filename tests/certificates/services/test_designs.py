"""Keeping designs: who may, what is refused, and what freezes."""

import io

import pytest
from django.db import DatabaseError, transaction
from PIL import Image, ImageDraw

from certificates.models import CertificateDesign
from certificates.rules.designs import Design
from certificates.services.designs import DesignRefused, check_seal, save_design
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import Role
from tests.factories import certificates, people


@pytest.fixture
def hr(db):
    return people.actor(people.staff(Role.HR))


def saved(hr, at, design=None, **fields):
    fields = {"title": "局徽色", "active": True, "seal": None, "look": Design(), **fields}
    return save_design(design=design, by=hr, at=at, **fields)


def picture(*colours, kind="PNG", size=(300, 300)):
    made = Image.new("RGBA", size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(made)
    for n, colour in enumerate(colours):
        draw.rectangle((n * 60, 40, n * 60 + 59, 260), fill=colour)
    target = io.BytesIO()
    made.convert("RGBA" if kind == "PNG" else "RGB").save(target, kind)
    return target.getvalue()


def test_a_new_design_has_its_first_version_and_is_on_record(hr, at):
    made = saved(hr, at, look=Design(layout="plain"))
    assert [(one.number, one.look.layout) for one in made.versions.all()] == [(1, "plain")]
    assert AuditRecord.objects.get(stream="certificates").action == "design_saved"


def test_a_version_nobody_uses_is_written_over(hr, at):
    made = saved(hr, at)
    saved(hr, at, made, look=Design(qr="left"))
    assert [(one.number, one.look.qr) for one in made.versions.all()] == [(1, "left")]


def test_a_version_in_use_stays_and_a_new_one_holds(hr, at):
    made = saved(hr, at)
    made.versions.update(frozen_at=at)
    saved(hr, at, made, look=Design(qr="left"))
    saved(hr, at, made, look=Design(qr="top"))
    assert [(one.number, one.look.qr) for one in made.versions.all()] == [(2, "top"), (1, "right")]


def test_saving_the_same_again_makes_no_version(hr, at):
    made = saved(hr, at)
    made.versions.update(frozen_at=at)
    saved(hr, at, made, title="局徽色二")
    assert (made.versions.count(), CertificateDesign.objects.get().title) == (1, "局徽色二")


def test_the_database_holds_a_frozen_version(hr, at):
    frozen = certificates.design(frozen_at=at)
    with pytest.raises(DatabaseError), transaction.atomic():
        type(frozen).objects.filter(pk=frozen.pk).update(number=9)


@pytest.mark.parametrize("look", [Design(heading="行政执法证"), Design(ink="#eeeeee"), Design(qr="x")])
def test_a_bad_look_is_not_saved(hr, at, look):
    with pytest.raises(DesignRefused):
        saved(hr, at, look=look)
    assert not CertificateDesign.objects.exists()


def test_a_name_is_given_once(hr, at):
    saved(hr, at)
    with pytest.raises(DesignRefused):
        saved(hr, at)


def test_hr_of_one_unit_keeps_no_designs(hr, at):
    squad = people.unit("一中队", people.unit())
    with pytest.raises(DesignRefused):
        saved(people.actor(people.staff(Role.HR, unit=squad)), at)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_seal_of_one_colour_is_drawn_anew(kind):
    made = Image.open(io.BytesIO(check_seal(picture("#c01818", kind=kind))))
    assert (made.format, max(made.size)) == ("PNG", 300)
    assert not made.info.get("exif")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a not at all",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        picture("#c01818", size=(900, 100)),
        picture("#de2910", "#de2910", "#ffde00"),
        b"x" * (2 * 1024 * 1024 + 1),
        picture("#c01818")[:200],
    ],
)
def test_what_is_no_seal_is_refused(data):
    with pytest.raises(DesignRefused):
        check_seal(data)
