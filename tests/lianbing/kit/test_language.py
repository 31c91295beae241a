"""Chinese first: the browser's wish does not count, the person's choice does."""

import pytest
from django.conf import settings
from django.urls import reverse

pytestmark = pytest.mark.django_db


def words(client, **headers):
    return client.get(reverse("home:front"), headers=headers).headers["Content-Language"]


def test_an_english_browser_gets_chinese(client):
    assert words(client, accept_language="en-US") == "zh-hans"


def test_the_switch_is_remembered(client):
    response = client.post(reverse("home:language"), {"language": "en", "next": "/"})
    assert response.url == "/"
    assert words(client) == "en"


def test_an_unknown_language_is_chinese(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "tlh"
    assert words(client) == "zh-hans"


def test_the_switch_leads_nowhere_else(client):
    response = client.post(reverse("home:language"), {"language": "en", "next": "https://example.com/"})
    assert response.url == "/"


def test_a_link_cannot_switch(client):
    client.get(reverse("home:language"), {"language": "en"})
    assert words(client) == "zh-hans"
