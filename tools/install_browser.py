"""Make sure that a Chromium is here for the browser tests, or stop with the reason.

Taken in this order: one that is already installed; Debian's package, where apt-get and root are
there; Playwright's own download. Run by `make test`: `.venv/bin/python tools/install_browser.py`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def installed() -> str | None:
    """Find a Chromium on the PATH."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def starts(executable: str | None) -> bool:
    """Say whether Playwright can open a page with it (None: with Playwright's own download)."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=executable, args=["--no-sandbox"], timeout=60_000
            )
        except Error as error:
            print(str(error).splitlines()[0], file=sys.stderr)
            return False
        browser.close()
    return True


def from_debian() -> bool:
    """Install Debian's package; False where that is not possible."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ([apt, "update", "-qq"], [apt, "install", "-y", "-qq", "chromium"]):
        if subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL).returncode:  # noqa: S603
            return False
    return installed() is not None


def from_playwright() -> bool:
    """Let Playwright download its own Chromium."""
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, stdout=subprocess.DEVNULL).returncode == 0  # noqa: S603


def main() -> int:
    """Find or install a browser and open it once; 0 if that went well, 2 if not."""
    if (here := installed()) and starts(here):
        return 0
    if here is None and starts(None):
        return 0
    print("TrustBoard: installing Chromium for the browser tests", flush=True)
    if from_debian() and starts(installed()):
        return 0
    if from_playwright() and starts(None):
        return 0
    print(
        "TrustBoard: no Chromium could be installed or started, and the browser tests need one. "
        "On Debian: sudo apt-get install chromium. Elsewhere install Chrome or Chromium and "
        "put it on the PATH.",
        file=sys.stderr,
    )
    return 2


if __name__ == "__main__":
    sys.exit(main())
