#!/bin/sh
# Make .venv and install into it; quick when nothing has changed since the last time.
# Usage: sh tools/environment.sh [requirements file ...]
# PYTHON=/path/to/python chooses the Python that the environment is made with.
set -eu
cd "$(dirname "$0")/.."

say() { printf 'TrustBoard: %s\n' "$*"; }
stop() { printf 'TrustBoard: %s\n' "$*" >&2; exit 2; }
recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

choose_python() {
    if [ -n "${PYTHON:-}" ]; then
        recent "$PYTHON" || stop "PYTHON=$PYTHON is not a Python of version 3.11 or newer."
        echo "$PYTHON"
        return
    fi
    for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if recent "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    found=$(python3 --version 2>&1 || true)
    stop "needs Python 3.11 or newer, found: ${found:-none}." \
        "Install one, or name it: make run PYTHON=/path/to/python3.12"
}

make_environment() {
    python=$(choose_python) || exit 2
    "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || stop \
        "$("$python" --version) cannot make an environment: its venv or ensurepip is missing." \
        "On Debian and Ubuntu: sudo apt-get install python3-venv"
    say "making the environment .venv with $("$python" --version)"
    "$python" -m venv --clear .venv || stop "could not make .venv; the reason stands above."
}

# An environment counts as ready only for these exact files, at this place on disk.
fingerprint() { { pwd; cat pyproject.toml "$@"; } | cksum; }

install() {
    stamp=".venv/ready-$(basename "$1" .txt)"
    wanted=$(fingerprint "$1")
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
        return
    fi
    say "installing what $1 lists into .venv (once; needs the network, takes a few minutes)"
    .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check \
        --prefer-binary -r "$1" || stop "the installation stopped; the reason stands above."
    echo "$wanted" >"$stamp"
}

if ! .venv/bin/python -c 'import pip' >/dev/null 2>&1 || ! recent .venv/bin/python; then
    make_environment
fi
for file in "${@:-requirements.txt}"; do
    install "$file"
done
