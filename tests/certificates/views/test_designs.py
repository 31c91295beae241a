"""The editor of designs: who may, the preview that follows, what is saved."""

import base64
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from certificates.models import CertificateDesign
from certificates.rules.designs import Design, written
from tests.factories import certificates

NEW = "/certificates/designs/new/"


def sent(**fields):
    return {**written(Design()), "title": "蓝色横版", "active": "on", **fields}


def seal(*colours):
    made = Image.new("RGB", (120, 120), "white")
    for n, colour in enumerate(colours):
        made.paste(colour, (n * 40, 0, n * 40 + 40, 120))
    target = io.BytesIO()
    made.save(target, "PNG")
    return SimpleUploadedFile("seal.png", target.getvalue(), "image/png")


def previewed(response):
    page = response.content.decode()
    data = page.split("data:image/png;base64,")[1].split('"')[0]
    return Image.open(io.BytesIO(base64.b64decode(data))), page


@pytest.mark.parametrize(("who", "status"), [("hr_all", 200), ("hr", 404), ("leader", 403)])
def test_hr_of_the_whole_bureau_alone_makes_designs(bureau, as_user, who, status):
    assert as_user(getattr(bureau, who)).get(NEW).status_code == status


def test_the_preview_follows_every_change_without_saving(bureau, as_user):
    client = as_user(bureau.hr_all)
    lying, _page = previewed(client.post(NEW, sent(), headers={"HX-Request": "true"}))
    standing, _page = previewed(client.post(NEW, sent(shape="portrait"), headers={"HX-Request": "true"}))
    assert lying.width > lying.height
    assert standing.width < standing.height
    assert not CertificateDesign.objects.exists()


def test_the_preview_names_what_is_wrong_and_goes_on(bureau, as_user):
    client = as_user(bureau.hr_all)
    answer = client.post(NEW, sent(sentence="{salary}", ink="#ffffff"), headers={"HX-Request": "true"})
    picture, page = previewed(answer)
    assert picture.width > 0
    assert page.count("alert-bad") == 2
    assert "{salary}" in page


def test_a_seal_not_saved_yet_shows_in_the_preview(bureau, as_user):
    client = as_user(bureau.hr_all)
    bare, _page = previewed(client.post(NEW, sent(), headers={"HX-Request": "true"}))
    given = sent(picture=seal("#c01818"), checked="on")
    sealed, _page = previewed(client.post(NEW, given, headers={"HX-Request": "true"}))
    assert bare.tobytes() != sealed.tobytes()


def test_without_script_a_button_previews_and_saves_nothing(bureau, as_user):
    answer = as_user(bureau.hr_all).post(NEW, sent(act="preview"))
    assert previewed(answer)[0].width > 0
    assert not CertificateDesign.objects.exists()


def test_it_is_saved_with_its_seal(bureau, as_user):
    answer = as_user(bureau.hr_all).post(NEW, sent(picture=seal("#c01818"), checked="on", qr="left"))
    design = CertificateDesign.objects.get()
    assert answer.url == design.get_absolute_url()
    assert (design.newest.look.qr, bytes(design.newest.seal)[:4]) == ("left", b"\x89PNG")


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"layout": "card"},
        {"heading": "行政执法证"},
        {"accent": "#ffff00"},
        {"ink": "javascript:"},
        {"sentence": "{{name}}"},
        {"picture": seal("#c01818")},
        {"picture": seal("#de2910", "#de2910", "#ffde00"), "checked": "on"},
        {"picture": SimpleUploadedFile("seal.png", b"<script>"), "checked": "on"},
    ],
)
def test_a_bad_design_is_not_saved(bureau, as_user, fields):
    answer = as_user(bureau.hr_all).post(NEW, sent(**fields))
    assert answer.context["form"].errors
    assert not CertificateDesign.objects.exists()


def test_the_seal_stays_unless_it_is_taken_away(bureau, as_user):
    client = as_user(bureau.hr_all)
    client.post(NEW, sent(picture=seal("#c01818"), checked="on"))
    design = CertificateDesign.objects.get()
    client.post(design.get_absolute_url(), sent(qr="left"))
    assert bytes(design.versions.get().seal)
    client.post(design.get_absolute_url(), sent(qr="left", without="on"))
    assert not bytes(design.versions.get().seal)


def test_a_rule_picks_a_design_in_use(bureau, as_user):
    version = certificates.design(title="蓝色横版")
    page = as_user(bureau.hr_all).get(f"/certificates/rules/{bureau.rule.uid}/").content.decode()
    assert "蓝色横版" in page
    CertificateDesign.objects.update(active=False)
    assert (
        "蓝色横版"
        not in as_user(bureau.hr_all).get(f"/certificates/rules/{bureau.rule.uid}/").content.decode()
    )
    assert version.number == 1


def test_a_rule_is_never_called_an_enforcement_card(bureau, as_user):
    fields = {"title": "行政执法证", "valid_months": "24", "categories": ["officer"], "number_prefix": "YX"}
    assert as_user(bureau.hr_all).post("/certificates/rules/new/", fields).context["form"].errors["title"]


def test_a_rule_for_classes_has_no_blueprint(bureau, as_user):
    fields = {
        "title": "结业证书",
        "valid_months": "24",
        "categories": ["officer"],
        "number_prefix": "YX",
        "active": "on",
    }
    assert as_user(bureau.hr_all).post("/certificates/rules/new/", fields).status_code == 302
    assert as_user(bureau.hr_all).post("/certificates/rules/new/", fields).context["form"].errors
    assert as_user(bureau.hr_all).get("/certificates/rules/").status_code == 200


def test_pictures_of_versions_and_none_of_what_is_not_there(bureau, as_user):
    version = certificates.design()
    client = as_user(bureau.hr)
    address = f"/certificates/designs/{version.design.uid}/1.png"
    assert client.get(address)["Content-Type"] == "image/png"
    assert client.get(address.replace("/1.png", "/2.png")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(bureau, as_user, count, django_assert_max_num_queries):
    for _ in range(count):
        certificates.design()
    client = as_user(bureau.hr_all)
    with django_assert_max_num_queries(12):
        assert client.get("/certificates/designs/").status_code == 200
