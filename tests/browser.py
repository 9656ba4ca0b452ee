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
LOCKED = ["-o", "DPkg::Lock::Timeout=300"]


def executable() -> str | None:
    """The Chromium to start, or None for the one Playwright fetched for itself."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def arguments() -> list[str]:
    """Chromium's own sandbox does not start as root; the pages it opens are ours. It calls nobody by itself."""
    return [*(["--no-sandbox"] if os.geteuid() == 0 else []), *ALONE, f"--disable-features={','.join(WITHOUT)}"]


def ensure() -> None:
    if executable() or _playwrights_own():
        return
    print("Installing a browser for the tests (once).", flush=True)
    if not (_on_debian() and os.geteuid() == 0 and _apt() and executable()) and not _fetch():
        sys.exit("setfair: no browser for the tests. On Debian: `apt-get install chromium` as root; elsewhere set CHROMIUM to one.")


def _on_debian() -> bool:
    release = Path("/etc/os-release")
    return release.exists() and "ID=debian" in release.read_text().splitlines()


def _apt() -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *LOCKED, "chromium"]
    if subprocess.run(install, env=quiet, stdout=subprocess.DEVNULL).returncode == 0:
        return True
    subprocess.run(["apt-get", "update", "-qq", *LOCKED], env=quiet, stdout=subprocess.DEVNULL)
    return subprocess.run(install, env=quiet, stdout=subprocess.DEVNULL).returncode == 0


def _playwrights_own() -> bool:
    home = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return any(home.glob("chromium-*/INSTALLATION_COMPLETE"))


def _fetch() -> bool:
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"]).returncode == 0


if __name__ == "__main__":
    ensure()
