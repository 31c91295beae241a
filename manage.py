#!/usr/bin/env python
"""Run a management command of Lianbing."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    if (ROOT / "platform" / "__init__.py").exists():
        sys.exit(
            "platform/__init__.py must not exist: it would hide Python's own platform module. Delete it."
        )
    sys.path.append(str(ROOT / "platform"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianbing.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
