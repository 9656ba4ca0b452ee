"""What an address comes down to, so that two spellings of it can be told to be one."""

from __future__ import annotations

import unicodedata

from setfair.vault import master

from .models import Channel

SURELY_ONE = 7
"""Signs at the end of a number by which two of them are taken for the same line, with and without the code of a country or a town."""


def mark_of(channel: str, address: str) -> bytes | None:
    """A trace of an address that a message can go to by itself, and by which whoever has it is found; of any other way, none."""
    spelled = spelling(channel, address)
    return master.trace("contact", spelled) if spelled else None


def spelling(channel: str, address: str) -> str | None:
    """One way to write an address, however it was typed."""
    if channel == Channel.EMAIL:
        return f"{channel} {address.strip().casefold()}"
    if channel == Channel.SMS:
        return f"{channel} {''.join(sign for sign in address if sign.isdecimal())}"
    return None


def spellings(channel: str, address: str) -> list[str]:
    """How the same address may have been written down: a provider tells a number with the code of its country, people leave it out."""
    spelled = spelling(channel, address)
    if spelled is None or channel != Channel.SMS:
        return [spelled] if spelled else []
    digits = spelled.removeprefix(f"{channel} ")
    ends = [digits[start:] for start in range(max(1, len(digits) - SURELY_ONE + 1))]
    written = dict.fromkeys([*ends, *(f"0{end}" for end in ends)])
    return [f"{channel} {number}" for number in written]


def is_surely_one(one: str, other: str) -> bool:
    """Whether two addresses are the same beyond a doubt: of a number, the whole of one of them ends the other, as where a country was left out.

    Only this ends a way. That two numbers end alike (`line_of`) is enough to keep something from going there.
    """
    line = line_of(one)
    if line != line_of(other):
        return False
    digits = [_digits(address) for address in (one, other)]
    return not line.isdecimal() or digits[0].endswith(digits[1]) or digits[1].endswith(digits[0])


def _digits(number: str) -> str:
    """Without the 0 that stands for leaving the town or the country."""
    plain = unicodedata.normalize("NFKC", number).replace("(0)", "")
    return "".join(sign for sign in plain if sign.isdecimal()).lstrip("0")


def line_of(address: str) -> str:
    """The inbox, phone or door behind an address: the same for all its spellings, whatever goes there; empty for no address."""
    plain = unicodedata.normalize("NFKC", address).casefold().strip()
    if "@" in plain:
        name, _at, domain = plain.rpartition("@")
        return f"{name.partition('+')[0]}@{domain}"
    digits = "".join(sign for sign in plain if sign.isdecimal())
    if len(digits) >= SURELY_ONE and len(digits) >= sum(sign.isalpha() for sign in plain):
        return digits[-SURELY_ONE:]
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain).split())
