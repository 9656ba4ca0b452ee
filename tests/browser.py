"""A browser for the tests: the machine's own Chromium, or one that can be fetched; never a silent skip."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ALONE = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
WITHOUT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "HttpsUpgrades",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
)
WITHOUT += ("RenderDocument",)
"""The last is ours: a new frame for every page takes a seventh of the processor time. Chromium heeds one such list, so Playwright's is said again."""
WINDOWLESS = "chromium-headless-shell"
"""The same Chromium without tabs, toolbar and window around the page: they take two fifths of the processor time of a story, and no test
looks at them. It is what Playwright itself starts where nobody sees a window."""
PATIENT = ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1"]


def executable() -> str | None:
    """The Chromium to start, or None for the one Playwright fetched for itself."""
    return os.environ.get("CHROMIUM") or shutil.which(WINDOWLESS) or with_a_window()


def with_a_window() -> str | None:
    """The browser as people have it, for whoever asks what it remembers; None for the one Playwright fetched."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def arguments() -> list[str]:
    """Chromium's own sandbox does not start as root; the pages it opens are ours. It calls nobody by itself."""
    return [*(["--no-sandbox"] if os.geteuid() == 0 else []), *ALONE, f"--disable-features={','.join(WITHOUT)}"]


def ensure() -> None:
    if os.environ.get("CHROMIUM") or shutil.which(WINDOWLESS) or _playwrights_own():
        return
    if _on_debian() and os.geteuid() == 0:
        print("Installing a browser for the tests (once).", flush=True)
        _apt()
    if executable() is None and not _fetch():
        sys.exit("setfair: no browser for the tests. On Debian: `apt-get install chromium` as root; elsewhere set CHROMIUM to one.")


def _on_debian() -> bool:
    release = Path("/etc/os-release")
    return release.exists() and "ID=debian" in release.read_text().splitlines()


def _apt() -> None:
    """Both by name: they share files, and one of an older version would be taken away for the other."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PATIENT, "chromium", WINDOWLESS]
    if subprocess.run(install, env=quiet, stdout=subprocess.DEVNULL).returncode:
        subprocess.run(["apt-get", "update", "-qq", *PATIENT], env=quiet, stdout=subprocess.DEVNULL)
        subprocess.run(install, env=quiet, stdout=subprocess.DEVNULL)


def _playwrights_own() -> bool:
    home = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return any(home.glob("chromium-*/INSTALLATION_COMPLETE"))


def _fetch() -> bool:
    print("Fetching a browser for the tests (once).", flush=True)
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"]).returncode == 0


if __name__ == "__main__":
    ensure()
