#!/usr/bin/env bash
# Everything a machine can say about the code without running the product. Goes on after a failure, and fails at the end.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=()
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
export LIANBING_DATA_DIR="$data"

step() {
    local name=$1
    shift
    local output
    if output=$("$@" 2>&1); then
        echo "ok      $name"
    else
        echo "FAILED  $name"
        printf '%s\n' "$output"
        failed+=("$name")
    fi
}

templates() {
    find platform question_bank courses exams certificates -name '*.html' -path '*/templates/*' -print0 |
        xargs -0 "$bin/djade" --check --target-version 5.2
}

production() {
    LIANBING_ENV=production \
        LIANBING_SECRET_KEY=$("$bin/python" -c 'import secrets; print(secrets.token_urlsafe(60))') \
        LIANBING_ALLOWED_HOSTS=exam.example.org LIANBING_PUBLIC_URL=https://exam.example.org \
        DATABASE_URL='' "$bin/python" manage.py check --deploy --fail-level WARNING
}

step "format" "$bin/ruff" format --check .
step "lint" "$bin/ruff" check .
step "templates" templates
step "types" "$bin/mypy" platform/lianbing question_bank courses exams certificates
step "imports" env PYTHONPATH=platform:. "$bin/lint-imports"
step "migrations" "$bin/python" manage.py makemigrations --check --dry-run
step "translations" "$bin/python" manage.py messages --check
step "production settings" production
step "documentation" "$bin/pytest" -q -p no:cacheprovider tests/test_docs.py
if ((${#failed[@]})); then
    echo "make check: ${#failed[@]} failed: ${failed[*]}"
    exit 1
fi
