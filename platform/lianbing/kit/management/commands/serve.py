"""Serve the site until SIGINT or SIGTERM; prints `Ready: <URL>` once it answers."""

import sys
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lianbing.kit import health, local_https
from lianbing.kit.server import parent, run


class Command(BaseCommand):
    help = "Serve the site until SIGINT or SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reload", action="store_true", help="start again when the code changes")
        parser.add_argument(
            "--prepare", action="store_true", help="first migrate, and make the demo in an empty database"
        )

        parser.add_argument(
            "--with-parent", action="store_true", help="end when the process that started it is told to"
        )

    def handle(self, **options: Any) -> None:
        if options["with_parent"]:
            parent.follow()
        if options["prepare"]:
            self._prepare()
        if options["reload"]:
            self._serve_and_watch()
            return
        if settings.PRODUCTION:
            self._refuse_demo_accounts()
            call_command("collectstatic", interactive=False, verbosity=0)
        from lianbing.asgi import application

        code = run.serve(
            application,
            host=settings.BIND,
            port=settings.PORT,
            certificate=local_https.files(),
            on_ready=self._say_ready,
        )
        self.stdout.flush()
        run.leave(code)
        sys.exit(code)

    def _prepare(self) -> None:
        if not health.migrations_applied():
            self.stderr.write("Migrating the database ...")
            call_command("migrate", interactive=False, verbosity=0)
        if not settings.PRODUCTION:
            call_command("seed_demo", if_empty=True, stdout=self.stdout, stderr=self.stderr)
        self.stdout.flush()

    def _say_ready(self, port: int) -> None:
        scheme = "https" if local_https.files() else "http"
        host = settings.BIND
        if host in {"0.0.0.0", "::"}:
            host = local_https.address() or "127.0.0.1"
        host = f"[{host}]" if ":" in host else host
        print(f"Ready: {scheme}://{host}:{port}", flush=True)

    def _refuse_demo_accounts(self) -> None:
        if get_user_model()._default_manager.filter(is_demo=True, is_active=True).exists():
            raise CommandError("This database holds demo accounts; production refuses them.", returncode=2)

    def _serve_and_watch(self) -> None:
        from watchfiles import PythonFilter, run_process

        watched = [
            settings.ROOT / name for name in ("platform", "question_bank", "exams", "certificates", "locale")
        ]
        run_process(
            *[path for path in watched if path.exists()],
            target=f"{sys.executable} manage.py serve",
            target_type="command",
            watch_filter=PythonFilter(extra_extensions=(".mo",)),
        )
