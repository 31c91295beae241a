"""Files of published lessons: ranges for films, nothing that no lesson shows, pictures only inside the editor."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from courses.models import CourseFile, LessonFile
from lianbing.people.rules import Role
from tests.factories.courses import AT, lesson
from tests.factories.films import film
from tests.factories.people import officer, staff, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def kept(data, name="q.mp4", kind="video/mp4", shown=True):
    file = CourseFile.objects.create(
        sha256=hashlib.sha256(data).hexdigest(),
        name=name,
        content_type=kind,
        size=len(data),
        file=ContentFile(data, name=name),
        kept_at=AT,
    )
    if shown:
        LessonFile.objects.create(lesson=lesson(), file=file)
    return reverse("courses:file", args=[file.pk])


def test_a_learner_plays_a_film_from_the_middle(client, media):
    client.force_login(officer(unit()).user)
    data = film(60)
    part = client.get(kept(data), headers={"range": "bytes=4-7"})
    assert (part.status_code, part.content, part["Content-Type"]) == (206, b"ftyp", "video/mp4")
    assert part["Content-Range"] == f"bytes 4-7/{len(data)}"


def test_a_pdf_opens_and_runs_nothing(client, media):
    client.force_login(officer(unit()).user)
    page = client.get(kept(b"%PDF-1.4", "课件.pdf", "application/pdf"))
    assert page["Content-Type"] == "application/pdf"
    assert page["Content-Disposition"].startswith("inline")
    assert "script-src" not in page["Content-Security-Policy"]
    assert "default-src 'none'" in page["Content-Security-Policy"]


def test_a_file_that_no_lesson_shows_is_not_there(client, media):
    client.force_login(officer(unit()).user)
    assert client.get(kept(film(1), shown=False)).status_code == 404


def test_strangers_get_no_file(client, media):
    assert client.get(kept(film(2))).status_code == 302


def test_pictures_of_the_editor_are_for_the_editor(client, media, settings, tmp_path):
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.png").write_bytes(b"\x89PNG")
    (tmp_path / "secret.png").write_bytes(b"\x89PNG")
    client.force_login(officer(unit()).user)
    assert client.get("/cms/media/images/a.png").status_code == 403
    client.force_login(staff(Role.TRAINER))
    assert client.get("/cms/media/images/a.png").status_code == 200
    for name in ("images/../secret.png", "secret.png", "images/none.png", "images/a.html"):
        assert client.get(f"/cms/media/{name}").status_code == 404
