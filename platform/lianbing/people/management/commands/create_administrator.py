"""The first three people of an empty bureau."""

import json
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lianbing.kit import clock
from lianbing.people.models import role_name
from lianbing.people.rules import Role
from lianbing.people.services.accounts import AccountRefused, create_administrator

ROLES = {
    "system": Role.SYSTEM_ADMINISTRATOR,
    "security": Role.SECURITY_ADMINISTRATOR,
    "audit": Role.AUDIT_ADMINISTRATOR,
}


class Command(BaseCommand):
    help = "Make the system, security or audit administrator of an empty bureau; prints a one-time password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", choices=sorted(ROLES), required=True)
        parser.add_argument("--staff-number", required=True)
        parser.add_argument("--name", default="")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, **options: Any) -> None:
        number = options["staff_number"].strip()
        if not number or len(number) > 32 or not number.isprintable():
            self._refuse(options, _("The staff number must have 1 to 32 characters."), 2)
        role = ROLES[options["role"]]
        try:
            user, code = create_administrator(
                role=role, staff_number=number, name=options["name"].strip()[:50], at=clock.now()
            )
        except AccountRefused as error:
            self._refuse(options, self._reason(error, role), 1)
        report = {"role": str(role), "staff_number": user.staff_number, "name": user.name, "password": code}
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self.stdout.write(f"{role_name(role)}  {user.staff_number}  {user.name}")
            self.stdout.write(_("One-time password: %(code)s") % {"code": code})

    def _refuse(self, options: dict[str, Any], reason: str, code: int) -> NoReturn:
        if options["json"]:
            self.stdout.write(json.dumps({"error": reason}, ensure_ascii=False))
        raise CommandError(reason, returncode=code)

    def _reason(self, error: AccountRefused, role: Role) -> str:
        if error.code == "conflict":
            return _("This person is already %(role)s. The three administrators must be three people.") % {
                "role": role_name(error.details["role"])
            }
        return _("There is already another %(role)s. Grant the role on the page of roles.") % {
            "role": role_name(role)
        }
