#!/bin/sh
# Make .venv with any Python from 3.11 on, then install what is locked. `--dev`: what tests and checks need too.
set -eu
cd "$(dirname "$0")/.."

if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    found=
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            found=$candidate
            break
        fi
    done
    if [ -z "$found" ]; then
        echo "Lianbing needs Python 3.11 or newer; none was found. Set PYTHON=/path/to/python3." >&2
        exit 1
    fi
    echo "Making .venv with $("$found" --version) ..." >&2
    if ! "$found" -m venv --clear .venv; then
        echo "Could not make .venv. On Debian and Ubuntu: apt install python3-venv" >&2
        exit 1
    fi
fi
exec .venv/bin/python scripts/setup.py "$@"
