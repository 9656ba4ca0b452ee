"""A command of the application, said by whoever runs this server: with its database up, and its keys there."""

import subprocess
import sys
from collections.abc import Sequence

from config import beside, prepare
from config.run import refuse


def say(command: str, words: Sequence[str]) -> int:
    beside.settle()
    try:
        with beside.installation():
            return subprocess.run([sys.executable, prepare.MANAGE, command, *words]).returncode  # noqa: S603
    except beside.NOT_THERE as reason:
        return refuse(f"{reason}")
