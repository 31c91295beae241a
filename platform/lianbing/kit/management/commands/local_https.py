"""Make a local authority and a certificate for an address of the local network."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lianbing.kit import clock, local_https


class Command(BaseCommand):
    help = "Make a local authority and a certificate for a private address; the server then speaks HTTPS."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", required=True, help="the server's address, such as 10.1.2.3")
        parser.add_argument("--json", action="store_true")

    def handle(self, **options: Any) -> None:
        try:
            certificate = local_https.make(options["address"], at=clock.now())
        except local_https.NotLocal as error:
            if options["json"]:
                self.stdout.write(json.dumps({"authority": "", "certificate": "", "expires": ""}))
            raise CommandError(
                _(
                    "%(address)s is not a private address. For a public one get a certificate the world trusts."
                )
                % {"address": error},
                returncode=2,
            ) from error
        report = {
            "authority": str(local_https.folder() / "authority.crt"),
            "certificate": str(local_https.folder() / "server.crt"),
            "expires": certificate.not_valid_after_utc.date().isoformat(),
        }
        if options["json"]:
            self.stdout.write(json.dumps(report))
        else:
            for name, value in report.items():
                self.stdout.write(f"{name:<12}{value}")
        self.stderr.write(
            f"Start again with LIANBING_BIND={options['address']} (or 0.0.0.0); phones find help at /trust/."
        )
