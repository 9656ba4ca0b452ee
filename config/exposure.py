"""What a server that strangers reach must have, what one that they must not reach must not do, and an address that tells nothing."""

import os
from ipaddress import ip_address

from setfair.core.text import TellingWords, neutral


class Exposed(Exception):
    """Started like this, strangers would read what is not theirs, or letters would reach nobody; the message is the one line to say so."""


def demand(listen: str) -> None:
    """Raises `Exposed`.

    Our own address stands in every text message, so it passes the same check as their words: an
    invitation must not be refused for where it comes from. The demo may be public without a mail server: nobody in it waits for a letter.
    """
    address = os.environ.get("SETFAIR_ADDRESS", "")
    try:
        neutral(address)
    except TellingWords:
        quiet = "choose a quieter name, such as https://room12.school.example."
        raise Exposed(f"SETFAIR_ADDRESS stands in text messages, and {address} says what they are about: {quiet}") from None
    if os.environ.get("SETFAIR_PUBLIC") != "1":
        if not _at_home(listen):
            raise Exposed(f"On {listen} strangers could read every letter at /letters/: set SETFAIR_PUBLIC=1, or leave SETFAIR_LISTEN at 127.0.0.1.")
    elif not os.environ.get("SETFAIR_SMTP_HOST") and os.environ.get("DEMO", "0") == "0":
        raise Exposed("With SETFAIR_PUBLIC=1 e-mails need a way out, and there is none: set SETFAIR_SMTP_HOST.")


def name_answered_to() -> str:
    """A name that the pages answer to, for whoever asks from this machine."""
    names = os.environ.get("SETFAIR_HOSTS", "").split()
    return next((name.lstrip(".") for name in names if name.strip(".*")), "localhost")


def _at_home(listen: str) -> bool:
    try:
        return ip_address(listen).is_loopback
    except ValueError:
        return listen == "localhost"
