"""What was shredded is to be gone from every copy within a day: the night's rotation."""

from __future__ import annotations

import logging
import subprocess
import sys

from django.conf import settings
from procrastinate.contrib.django import app

from .models import Epoch

logger = logging.getLogger(__name__)


@app.periodic(cron="40 4 * * *")
@app.task(name="setfair.vault.tasks.rotate")
def rotate(timestamp: int | None = None) -> None:
    """If something was shredded since the last one. In a process of its own: it needs the role that owns the tables, and this one has not got it."""
    if Epoch.objects.latest("number").shredded_at is None:
        return
    done = subprocess.run([sys.executable, "-m", "config.rotate"], cwd=settings.BASE_DIR, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise RotationFailed(done.stderr.strip())
    logger.info("The master key was rotated.")


class RotationFailed(Exception):
    """What was shredded can still be read in copies that were made before; the message says why."""
