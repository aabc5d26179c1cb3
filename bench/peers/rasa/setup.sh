#!/bin/sh
# Rasa 3.6.21 in an environment of its own (Python 3.10, 2.7 GB): bench/peers/rasa/.venv. Exits 3 where it cannot be had.
#
#   sh bench/peers/rasa/setup.sh                             a Python 3.10 that is there, or one that uv brings
#   PYTHON310=/path/to/python3.10 sh bench/peers/rasa/setup.sh
#
# The lock is renewed by: echo rasa==3.6.21 | uv pip compile --quiet --universal --python-version 3.10 --generate-hashes \
#   --no-header --no-annotate - -o bench/peers/rasa/requirements.lock
set -eu
cd "$(dirname "$0")"

skip() {
  echo "Rasa is skipped: $1" >&2
  exit 3
}

is_310() {
  "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null
}

found() {
  for candidate in "${PYTHON310:-}" python3.10 "$HOME"/.pyenv/versions/3.10.*/bin/python; do
    [ -n "$candidate" ] && is_310 "$candidate" && echo "$candidate" && return
  done
  command -v uv >/dev/null 2>&1 || return
  uv python find 3.10 2>/dev/null && return
  uv python install --quiet 3.10 2>/dev/null && uv python find 3.10 2>/dev/null
}

if .venv/bin/python -c 'import rasa.version as v; assert v.__version__ == "3.6.21"' 2>/dev/null; then
  echo "Rasa 3.6.21 is set up."
  exit
fi
python=$(found || true)
[ -n "$python" ] || skip "there is no Python 3.10. Name one with PYTHON310=…, or install uv."
rm -rf .venv
"$python" -m venv .venv || skip "$python makes no environment (is python3.10-venv missing?)."
echo "Installing Rasa 3.6.21 (about two minutes) …"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock ||
  skip "its packages could not be installed."
echo "Rasa 3.6.21 is set up."
