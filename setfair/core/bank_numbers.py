"""Whether words hold the number of an account or a card: nobody needs one here, and what is not kept cannot be lost."""

from __future__ import annotations

import re

_LONG = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 "
    "GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 "
    "PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20"
)
IBAN = {code[:2]: int(code[2:]) for code in _LONG.split()}
"""How long the number of an account is in each country that writes it so (ISO 13616)."""
_BEGINS = re.compile(r"(?<![A-Z0-9])(?=([A-Z]{2})[ -]?[0-9][ -]?[0-9])")
_DIGITS = re.compile(r"(?<![0-9])[2-6](?:[ .-]?[0-9]){12,18}(?![0-9])")


def holds_bank_number(words: str) -> bool:
    """The number of an account (IBAN) or of a card stands in these words, with or without blanks in it. Checked by its own check digits,
    so that a number of another kind is left alone."""
    loud = words.upper()
    return any(_is_account(loud[there.start() :], there[1]) for there in _BEGINS.finditer(loud)) or any(
        _is_card(re.sub(r"[^0-9]", "", there[0])) for there in _DIGITS.finditer(loud)
    )


def _is_account(words: str, country: str) -> bool:
    long = IBAN.get(country, 0)
    signs = re.sub(r"[ .-]", "", words[: long * 2])[:long]
    if not long or len(signs) < long or not (signs.isascii() and signs.isalnum()):
        return False
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1


def _is_card(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        twice = int(digit) * (1 + place % 2)
        total += twice - 9 * (twice > 9)
    return total % 10 == 0
