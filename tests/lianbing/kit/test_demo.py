"""The demo: chapters in order, logins kept private, dates moved without touching a user's rows."""

import datetime
import json
import random

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from lianbing.kit import demo
from lianbing.kit.models import DemoSeed
from lianbing.people.models import Appointment, PasswordReset, Post
from tests.factories.people import OfficerFactory, officer, unit


@pytest.fixture(autouse=True)
def _in_english():
    """Reasons are compared by their message ids; that they are all translated is checked elsewhere."""
    with translation.override("en"):
        yield


TODAY = datetime.date(2026, 11, 20)
WEEK = datetime.timedelta(days=7)


@pytest.fixture
def story(at):
    return demo.Story(today=TODAY, now=at)


@pytest.fixture
def book(monkeypatch, settings, tmp_path):
    """An empty book of chapters: tests write their own."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(demo, "_chapters", {})
    return demo._chapters


def people_chapter(book, at):
    def tell(story):
        bureau = unit("云汐局")
        moved = officer(bureau, since=TODAY - 2 * WEEK)
        moved.appointments.update(ends_on=TODAY - WEEK)
        Appointment.objects.create(
            officer=moved, unit=bureau, post=Post.objects.get(), starts_on=TODAY - WEEK, recorded_at=at
        )
        PasswordReset.objects.create(user=moved.user, at=at, actor={}, reason="test")
        story.data["logins"] = [{"role": "officer", "username": "1", "password": "p", "name": "甲"}]

    tell.__module__ = "lianbing.people.demo"
    book["people"] = (10, tell)


@pytest.mark.django_db
def test_chapters_are_told_in_order(book, story):
    told = []
    for order in (30, 10, 20):
        book[str(order)] = (order, lambda s, n=order: told.append(n))
    demo.run(story)
    assert told == [10, 20, 30]


@pytest.mark.django_db
def test_a_failing_chapter_leaves_nothing_behind(book, story):
    book["a"] = (1, lambda s: unit("半个局"))
    book["b"] = (2, lambda s: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        demo.run(story)
    assert demo.is_empty()
    assert demo.seeded() is None


@pytest.mark.django_db
def test_chance_in_a_story_is_the_same_every_time(story):
    assert story.rng.random() == random.Random(demo.SEED).random()


@pytest.mark.django_db
def test_logins_are_readable_by_their_owner_alone(book, story, at):
    people_chapter(book, at)
    demo.run(story)
    path = demo.logins_path()
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(path.read_text())[0]["role"] == "officer"


@pytest.mark.django_db
def test_refresh_moves_the_dates_of_the_demo_even_on_frozen_rows(book, story, at):
    people_chapter(book, at)
    demo.run(story)
    assert demo.refresh(at=at + WEEK) == 7
    starts = list(Appointment.objects.order_by("starts_on").values_list("starts_on", "ends_on"))
    assert starts == [(TODAY - WEEK, TODAY), (TODAY, None)]
    assert PasswordReset.objects.get().at == at + WEEK
    assert demo.refresh(at=at + WEEK) == 0


@pytest.mark.parametrize(("hours", "days"), [(0, 0), (23, 0), (24, 1), (71, 2), (-50, 0)])
@pytest.mark.django_db
def test_refresh_moves_by_whole_days_so_that_nothing_lies_ahead(book, story, at, hours, days):
    people_chapter(book, at)
    demo.run(story)
    assert demo.refresh(at=at + datetime.timedelta(hours=hours)) == days


@pytest.mark.django_db
def test_refresh_leaves_what_a_user_added(book, story, at):
    people_chapter(book, at)
    demo.run(story)
    own = officer(unit("自己的局"), since=TODAY)
    demo.refresh(at=at + WEEK)
    assert own.appointments.get().starts_on == TODAY


@pytest.mark.django_db
def test_refresh_that_would_collide_changes_nothing(book, story, at):
    people_chapter(book, at)
    demo.run(story)
    first = Appointment.objects.order_by("starts_on").first()
    Appointment.objects.create(
        officer=first.officer,
        unit=first.unit,
        post=first.post,
        starts_on=TODAY + WEEK,
        ends_on=TODAY + 2 * WEEK,
        recorded_at=at,
    )
    with pytest.raises(demo.DemoRefused):
        demo.refresh(at=at + 2 * WEEK)
    first.refresh_from_db()
    assert first.starts_on == TODAY - 2 * WEEK


@pytest.mark.django_db
def test_models_may_keep_their_dates(book, story, at, monkeypatch):
    monkeypatch.setattr(demo, "_kept", {"people.appointment"})
    people_chapter(book, at)
    demo.run(story)
    demo.refresh(at=at + WEEK)
    assert Appointment.objects.latest("starts_on").starts_on == TODAY - WEEK


@pytest.mark.django_db
def test_the_command_seeds_once(book, at, capsys):
    people_chapter(book, at)
    call_command("seed_demo", "--if-empty")
    call_command("seed_demo", "--if-empty")
    assert DemoSeed.objects.count() == 1
    assert capsys.readouterr().out.count("officer") == 2


@pytest.mark.django_db
def test_the_command_leaves_a_database_with_people_alone(book):
    OfficerFactory()
    call_command("seed_demo", "--if-empty")
    assert demo.seeded() is None
    with pytest.raises(CommandError):
        call_command("seed_demo")


@pytest.mark.django_db
def test_the_command_refuses_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("seed_demo")


@pytest.mark.django_db
def test_there_is_nothing_to_refresh_without_a_demo():
    with pytest.raises(CommandError, match="no demo"):
        call_command("seed_demo", "--refresh")
