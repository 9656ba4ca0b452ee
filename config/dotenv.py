"""Reads `.env` in the checkout, for those who would rather write settings down than type them."""

import os

from config import places


def load() -> None:
    """Set what `.env` says and the environment does not."""
    try:
        lines = (places.ROOT / ".env").read_text().splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        name, equals, value = line.partition("=")
        if equals and not name.lstrip().startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("\"'"))
