"""Which files prove something: seen from their content, never from their name."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from courses.training import evidence
from courses.training.evidence import EvidenceRefused
from tests.factories import plans

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.mark.parametrize(
    ("upload", "content_type", "name"),
    [
        (plans.picture("证书.png"), "image/png", "证书.png"),
        (plans.picture("证书.exe", kind="JPEG"), "image/jpeg", "证书.jpg"),
        (SimpleUploadedFile("../../a.pdf", PDF), "application/pdf", "a.pdf"),
    ],
)
def test_images_and_pdfs_are_kept_under_the_ending_of_their_content(upload, content_type, name):
    upload.seek(0)
    kept = evidence.read(upload)
    assert (kept.content_type, kept.name) == (content_type, name)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", b"MZ\x90\x00"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
        ("a.pdf", b"%PDF-1.7 cut off"),
        ("a.html", b"<script>x()</script>%PDF-1.7 %%EOF"),
        ("a.png", b"\x89PNG\r\n\x1a\n broken"),
        ("a.gif", b"GIF89a\x01\x00\x01\x00"),
        ("a.png", b""),
    ],
)
def test_anything_else_is_refused_by_name(name, data):
    with pytest.raises(EvidenceRefused, match=name):
        evidence.read(SimpleUploadedFile(name, data, content_type="image/png"))


def test_a_file_of_more_than_ten_megabytes_is_refused(monkeypatch):
    monkeypatch.setattr(evidence, "LARGEST", 10)
    with translation.override("en"), pytest.raises(EvidenceRefused, match="larger"):
        evidence.read(SimpleUploadedFile("a.pdf", PDF))


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr(evidence, "MOST_PIXELS", 10)
    with pytest.raises(EvidenceRefused):
        evidence.read(plans.picture())
