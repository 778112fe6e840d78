"""Ask whether a pinned package has a known weakness, and whether its license fits ours.

`make audit` runs this. pip-audit has an environment of its own, so that it and what it needs are
not part of what is audited. It ends with 0 although it could not ask about a package; here that
counts:

0  every pinned package was asked about, none has a known weakness, every license fits
1  a weakness is known, or a license does not fit
2  not every package could be asked about; nothing can be said
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LISTS = ("requirements.txt", "requirements-dev.txt")
AUDITOR = "pip-audit==2.10.1"
ENVIRONMENT = ROOT / ".venv" / "audit"
#: Who is asked, in this order, until one has answered about every package.
SERVICES = ("pypi", "osv")
#: Licenses under which a package may be used and shipped beside code under MIT.
FITS = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|ISC|MPL|PSF|Python Software Foundation|Unlicense|Zlib|HPND|CC0|CNRI)\b"
    r"|Public Domain|MIT-CMU",
    re.IGNORECASE,
)
#: What a package's own repository says, where its files say nothing.
SAID_ELSEWHERE = {"axe-playwright-python": "MIT"}
REFUSED = re.compile(r"\b(A?GPL|SSPL|BUSL|Commons Clause)\b", re.IGNORECASE)


def pinned(text: str) -> dict[str, str]:
    """Read the packages and versions of a requirements file; the project itself is left out."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", text, re.MULTILINE)
    return {name.lower(): version for name, version in found}


def judge(report: Mapping[str, Any], wanted: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Read pip-audit's JSON: the known weaknesses, and the packages that were not asked about."""
    weak, asked = [], set()
    for one in report.get("dependencies", ()):
        name = str(one["name"]).lower()
        if "skip_reason" in one or wanted.get(name) != one.get("version"):
            continue
        asked.add(name)
        for flaw in one.get("vulns", ()):
            mended = ", ".join(flaw.get("fix_versions", ())) or "no version yet"
            weak.append(f"{name} {one['version']}: {flaw['id']}; mended in {mended}")
    return weak, sorted(set(wanted) - asked)


def license_of(told: PackageMetadata) -> str:
    """Give what a package says of its license, in its own words."""
    kinds = [one.rsplit(" :: ", 1)[-1] for one in told.get_all("Classifier") or ()
             if one.startswith("License ::")]  # fmt: skip
    words = told.get("License-Expression") or "; ".join(kinds) or told.get("License") or ""
    return " ".join(str(words).split())[:120]


def license_flaws(names: Sequence[str]) -> list[str]:
    """Name the installed packages whose license does not fit, or that name none."""
    flaws = []
    for name in names:
        try:
            words = license_of(metadata(name)) or SAID_ELSEWHERE.get(name, "")
        except PackageNotFoundError:  # pinned for another system
            continue
        if REFUSED.search(words) or not FITS.search(words):
            flaws.append(f"{name}: {words or 'no license named'}")
    return flaws


def ask(listed: Path, service: str) -> dict[str, Any]:
    """Let pip-audit ask one service; an empty report where it could not."""
    command = [str(ENVIRONMENT / "bin" / "pip-audit"), "--requirement", str(listed), "--no-deps"]
    options = ["--disable-pip", "--format", "json", "--progress-spinner", "off"]
    done = subprocess.run(  # noqa: S603 - the auditor that was installed just now
        [*command, *options, "--vulnerability-service", service],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        print(f"  {service}: {(done.stderr.strip().splitlines() or ['no answer'])[-1][:200]}")
        return {}
    return found


def audit(wanted: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Ask one service after the other; give what `judge` gives, of the one that knew most."""
    best: tuple[list[str], list[str]] = ([], sorted(wanted))
    with TemporaryDirectory() as folder:
        listed = Path(folder) / "pinned.txt"
        listed.write_text("".join(f"{n}=={v}\n" for n, v in wanted.items()), encoding="utf-8")
        for service in SERVICES:
            weak, silent = judge(ask(listed, service), wanted)
            print(
                f"  {service}: answered about {len(wanted) - len(silent)} of {len(wanted)} packages"
            )
            if len(silent) < len(best[1]):
                best = weak, silent
            if not silent:
                break
    return best


def install() -> bool:
    """Put the auditor into its own environment; say whether it is there."""
    if not (ENVIRONMENT / "bin" / "pip-audit").exists():
        venv.create(ENVIRONMENT, with_pip=True)
    pip = [str(ENVIRONMENT / "bin" / "python"), "-m", "pip", "install", "--quiet", AUDITOR]
    return subprocess.run([*pip, "--disable-pip-version-check"], check=False).returncode == 0  # noqa: S603


def main() -> int:
    """Audit what is pinned; give the exit code."""
    wanted: dict[str, str] = {}
    for name in LISTS:
        wanted |= pinned((ROOT / name).read_text(encoding="utf-8"))
    flaws = license_flaws(sorted(wanted))
    print(f"Licenses: {len(wanted)} packages, {len(flaws)} that do not fit or name none")
    for flaw in flaws:
        print(f"  {flaw}")
    print("Known weaknesses:")
    if not install():
        print(f"NOT AUDITED: {AUDITOR} could not be installed.", file=sys.stderr)
        return 2
    weak, silent = audit(wanted)
    for one in weak:
        print(f"  {one}")
    if silent:
        told = ", ".join(silent[:8]) + (" …" if len(silent) > 8 else "")
        print(f"NOT AUDITED: nobody could be asked about {len(silent)} of {len(wanted)} packages "
              f"({told}). Is there a network?", file=sys.stderr)  # fmt: skip
    if weak or flaws:
        return 1
    return 2 if silent else 0


if __name__ == "__main__":
    sys.exit(main())
