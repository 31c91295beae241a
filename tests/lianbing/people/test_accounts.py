"""Signing in, one-time codes, chosen passwords, locks, the three administrators."""

import json

import pytest
from django.contrib.auth.hashers import get_hasher
from django.core.management import CommandError, call_command
from django.urls import reverse

from lianbing.people import ports
from lianbing.people.hashers import OneTimeCodeHasher
from lianbing.people.models import PasswordReset, User
from lianbing.people.rules import Role
from lianbing.people.rules.identity import CODE_ALPHABET, bare_code
from lianbing.people.services import accounts
from tests.factories.people import UserFactory, actor, officer, staff, unit

pytestmark = pytest.mark.django_db
OWN = "a-Chosen-9-word"


@pytest.fixture
def person():
    """An officer whose password is a one-time code, kept on `.code`."""
    made = officer(unit())
    made.code, stored = accounts.encoded_code()
    User.objects.filter(pk=made.user.pk).update(password=stored, must_change_password=True)
    made.user.refresh_from_db()
    return made


def sign_in(client, username, password, **extra):
    return client.post("/sign-in/", {"username": username, "password": password, **extra})


def test_codes_have_no_look_alikes_and_enough_of_them():
    assert not set("0O1IL2Z5S8B") & set(CODE_ALPHABET)
    assert len(CODE_ALPHABET) ** 12 > 2**48


def test_a_code_signs_in_and_asks_for_a_new_password(client, person):
    assert sign_in(client, person.staff_number, person.code).url == "/"
    assert client.get("/").url == "/password/"
    assert client.post("/password/").status_code == 200


@pytest.mark.parametrize("change", [str.lower, bare_code, lambda code: code.replace("-", " ")])
def test_a_code_may_be_typed_carelessly(client, person, change):
    assert sign_in(client, person.staff_number, change(person.code)).status_code == 302


def test_a_code_is_never_rehashed(person):
    before = User.objects.get(pk=person.user.pk).password
    user = User.objects.get(pk=person.user.pk)
    assert user.check_password(person.code)
    assert User.objects.get(pk=person.user.pk).password == before


def test_choosing_a_password_ends_the_code_and_keeps_the_session(client, person):
    sign_in(client, person.staff_number, person.code)
    response = client.post(
        "/password/", {"old_password": person.code, "new_password1": OWN, "new_password2": OWN}
    )
    user = User.objects.get(pk=person.user.pk)
    assert response.status_code == 302
    assert user.check_password(OWN)
    assert not user.must_change_password
    assert client.get("/password/").status_code == 200


@pytest.mark.parametrize("new", ["short1", "12345678", "password", "", "NUMBER1", "NUMBERNUMBER", "CODE"])
def test_weak_passwords_are_refused_in_chinese(client, person, new):
    new = person.code if new == "CODE" else new.replace("NUMBER", person.staff_number)
    sign_in(client, person.staff_number, person.code)
    response = client.post(
        "/password/", {"old_password": person.code, "new_password1": new, "new_password2": new}
    )
    assert response.status_code == 200
    assert response.context["form"].errors


def test_the_session_id_changes_at_sign_in(client, person):
    client.get("/sign-in/")
    session = client.session
    session["probe"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client, person.staff_number, person.code)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("wanted", "landed"), [("/exams/", "/exams/"), ("https://evil.example/", "/"), ("//evil.example", "/")]
)
def test_next_stays_on_this_site(client, person, wanted, landed):
    assert sign_in(client, person.staff_number, person.code, next=wanted).url == landed


@pytest.mark.parametrize("data", [{}, {"username": "\x00", "password": "x"}, {"username": "a" * 500}])
def test_odd_input_is_refused_calmly(client, data):
    assert client.post("/sign-in/", data).status_code == 200


def test_five_failures_lock_the_account_at_that_address_only(client, person):
    for _turn in range(5):
        last = sign_in(client, person.staff_number, "wrong")
    assert last.status_code == 429
    assert sign_in(client, person.staff_number, person.code).status_code == 429
    elsewhere = client.post(
        "/sign-in/", {"username": person.staff_number, "password": person.code}, REMOTE_ADDR="10.0.0.9"
    )
    assert elsewhere.status_code == 302


def test_a_lock_does_not_touch_the_neighbour(client, person):
    for _turn in range(6):
        sign_in(client, "nobody-here", "wrong")
    assert sign_in(client, person.staff_number, person.code).status_code == 302


def test_an_empty_username_locks_nobody(client, person):
    for _turn in range(12):
        assert sign_in(client, "  ", "wrong").status_code == 200
    assert sign_in(client, person.staff_number, person.code).status_code == 302


def test_signing_out_needs_a_post_and_raises_the_epoch(client, person):
    client.force_login(person.user)
    assert client.get("/sign-out/").status_code == 405
    response = client.post("/sign-out/")
    assert response["Clear-Site-Data"] == '"cache"'
    assert User.objects.get(pk=person.user.pk).auth_epoch == 2
    assert "_auth_user_id" not in client.session


def test_a_guard_may_refuse_and_a_person_may_insist(client, person, monkeypatch):
    monkeypatch.setattr(ports, "_sign_out_guards", {"test": lambda actor, at: "An exam is open."})
    client.force_login(person.user)
    assert client.post("/sign-out/").status_code == 409
    response = client.post("/sign-out/", {"anyway": "1"})
    assert response.status_code == 302
    assert "Clear-Site-Data" not in response


def test_a_reset_kills_the_session_and_is_on_record(client, person, at):
    client.force_login(person.user)
    by = actor(staff(Role.INVIGILATOR))
    code = accounts.reset_password(user=person.user, reason="忘记密码", by=by, at=at)
    assert client.get("/password/").status_code == 302
    assert User.objects.get(pk=person.user.pk).check_password(code)
    assert PasswordReset.objects.get().actor["staff_number"] == by.staff_number


def test_a_reset_lifts_the_lock(client, person, at):
    for _turn in range(5):
        sign_in(client, person.staff_number, "wrong")
    code = accounts.reset_password(user=person.user, reason="门口", by=actor(staff(Role.INVIGILATOR)), at=at)
    assert sign_in(client, person.staff_number, code).status_code == 302


@pytest.mark.parametrize("role", [Role.TRAINER, Role.HR, Role.SYSTEM_ADMINISTRATOR])
def test_an_invigilator_never_resets_an_account_with_a_role(at, role):
    with pytest.raises(accounts.AccountRefused):
        accounts.reset_password(user=staff(role), reason="x", by=actor(staff(Role.INVIGILATOR)), at=at)


def test_a_security_administrator_does_but_not_their_own(at):
    security = staff(Role.SECURITY_ADMINISTRATOR)
    assert accounts.reset_password(user=staff(Role.HR), reason="x", by=actor(security), at=at)
    with pytest.raises(accounts.AccountRefused):
        accounts.reset_password(user=security, reason="x", by=actor(security), at=at)


def test_an_invigilator_resets_only_in_their_units(at, person):
    other = unit("别的支队")
    with pytest.raises(accounts.AccountRefused):
        accounts.reset_password(
            user=person.user, reason="x", by=actor(staff(Role.INVIGILATOR, unit=other)), at=at
        )


def test_a_disabled_account_is_out_at_once(client, person, at):
    client.force_login(person.user)
    by = actor(staff(Role.SECURITY_ADMINISTRATOR))
    accounts.set_active(user=person.user, active=False, reason="调查", by=by, at=at)
    assert client.get("/password/").status_code == 302
    assert sign_in(client, person.staff_number, person.code).status_code == 200


def made(capsys, *args):
    call_command("create_administrator", *args, "--json")
    return json.loads(capsys.readouterr().out)


def test_the_first_three_administrators(client, capsys):
    for number, role in enumerate(("system", "security", "audit")):
        report = made(capsys, "--role", role, "--staff-number", f"A{number}")
        assert sign_in(client, f"A{number}", report["password"]).status_code == 302
        client.logout()


def test_one_person_is_not_two_administrators(capsys):
    made(capsys, "--role", "system", "--staff-number", "A1")
    with pytest.raises(CommandError) as refused:
        call_command("create_administrator", "--role", "audit", "--staff-number", "A1")
    assert refused.value.returncode == 1


def test_a_second_holder_is_refused_but_a_new_password_is_not(capsys):
    first = made(capsys, "--role", "system", "--staff-number", "A1")
    again = made(capsys, "--role", "system", "--staff-number", "A1")
    assert first["password"] != again["password"]
    with pytest.raises(CommandError):
        call_command("create_administrator", "--role", "system", "--staff-number", "A2")


def test_the_code_is_stored_under_the_fast_hasher(person):
    assert person.user.__class__.objects.get(pk=person.user.pk).password.startswith(
        get_hasher("one_time_code").algorithm
    )


def test_the_pages_answer(client):
    assert client.get(reverse("people:sign_in")).status_code == 200
    assert client.get("/password/").url.startswith("/sign-in/")
    assert UserFactory().must_change_password is False


def test_signing_in_never_leads_back_to_signing_in(client, person):
    client.force_login(person.user)
    for wanted in ("/sign-in/", "/sign-in/?next=/sign-in/", "//elsewhere.example/"):
        assert client.get("/sign-in/", {"next": wanted}).url == "/"


def test_a_lost_act_is_no_page_to_come_back_to(client):
    assert client.get("/people/").url == "/sign-in/?next=/people/"
    assert client.post("/sign-out/").url == "/sign-in/"


def test_a_wrong_code_takes_as_long_as_a_wrong_password(person, monkeypatch):
    spent = []
    slow = type("Slow", (), {"salt": lambda _: "s", "encode": lambda _, *args: spent.append(args)})
    monkeypatch.setattr("lianbing.people.hashers.get_hasher", slow)
    hasher, stored = OneTimeCodeHasher(), User.objects.get(pk=person.user.pk).password
    assert hasher.verify(person.code, stored)
    assert spent == []
    assert not hasher.verify("AAAA-AAAA-AAAA", stored)
    assert len(spent) == 1


def test_an_account_without_a_role_reads_finds_its_way_and_leaves(client):
    client.force_login(UserFactory())
    for address in ("/", "/password/", "/library/", "/exams/", "/certificates/"):
        assert client.get(address).status_code == 200
    assert client.get("/people/").status_code == 403
    assert "/sign-out/" in client.get("/").text
    assert client.post("/sign-out/").url == "/sign-in/"


def test_a_disabled_account_without_a_role_is_a_stranger(client):
    user = UserFactory()
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/library/").url.startswith("/sign-in/")
