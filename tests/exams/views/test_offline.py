"""The service worker and the empty exam page: for everybody, and holding nobody's data."""

import json
import re

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_worker_keeps_what_the_page_loads(client):
    text = client.get(reverse("exams:worker")).content.decode()
    kept = json.loads(re.search(r"const FILES = (\[.*?\]);", text)[1])
    page = client.get(reverse("exams:shell")).content.decode()
    assert sorted(kept) == sorted(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))


def test_the_worker_is_a_script_that_is_asked_for_again(client):
    reply = client.get(reverse("exams:worker"))
    assert reply.headers["Content-Type"] == "text/javascript"
    assert reply.headers["Cache-Control"] == "no-cache"


def test_the_empty_page_has_no_paper(client):
    page = client.get(reverse("exams:shell")).content.decode()
    assert '<script id="attempt-data" type="application/json">null</script>' in page


@pytest.mark.parametrize("name", ["exams:worker", "exams:shell"])
def test_only_reading_is_possible(client, name):
    assert client.post(reverse(name)).status_code == 405
