"""The sealed rows of many cases, as the actions would have written them, only by thousands."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from setfair.cases.journey import Stage
from setfair.core.text import FIRST as CALM
from setfair.core.text import SECOND as PLACES
from setfair.core.text import folded
from setfair.vault import master, ring
from setfair.vault.fields import FORM, FORM_OF_TWO, key_of_two
from setfair.village.cast import FIRST, MATTERS

SYLLABLES = "bel dor fen gar hal ker lam mor nes pol ris sun tal ver win yor".split()
LAST = [(a + b + c).capitalize() for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]
"""4,096 family names that belong to nobody."""
PROMISES = ("Write a letter that says what I did and that I am sorry.", "Pay 40 dollars toward the broken phone, through the office.")
YEARS = timedelta(days=5 * 365)
MOST_OPEN = 5000
AT_A_TIME = 5000

COLUMNS = {
    "vault_datakey": "id programme_id wrapped epoch made_at",
    "referrals_referral": "id programme_id ref stage source form_key story when people others_know safety_worry reach asker wish language "
    "legal_stage received_at",
    "people_person": "id programme_id name language interpreter tokens added_at birth_year reads_print",
    "cases_case": "id programme_id ref alias stage referral_id coordinator_id matter opened_at deadline",
    "agreements_item": "id programme_id agreement_id order stage owner_id owed_to_id what proof_wanted due_on case_id",
    "letters_letter": "id programme_id stage channel reader_id case_id key message_id language subject address body due_at tries trouble "
    "sent_at made_at act held_for",
    "seed_case": "n id referral harmed responsible supporter guardian p_harmed p_responsible p_supporter p_guardian agreement stage opened",
}


@dataclass
class Maker:
    """Makes the rows of `many` cases of one programme, the newest first; half of them are open, but never more than `MOST_OPEN`."""

    programme: UUID
    coordinators: list[UUID]
    many: int
    now: datetime
    dice: Random = field(default_factory=lambda: Random(7))
    keys: dict[UUID, bytes] = field(default_factory=dict)

    def chunks(self) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
        for first in range(0, self.many, AT_A_TIME):
            self.rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in COLUMNS}
            for n in range(first, min(first + AT_A_TIME, self.many)):
                self._case(n)
            yield self.rows

    def _case(self, n: int) -> None:
        self.keys.clear()
        stage, opened = self._stage(n), self.now - timedelta(hours=6) - YEARS * (n / self.many)
        case, agreement = uuid.uuid4(), uuid.uuid4()
        referral = self._referral(n, opened)
        people = [self._person(n * 4 + seat, opened) for seat in range(4)]
        places = [uuid.uuid4() for _ in people]
        matter = self._sealer(self._key(case, opened), "cases_case", case)("matter", MATTERS[n % 8][0])
        alias = f"{self.dice.choice(CALM)} {self.dice.choice(PLACES)}"
        deadline = (opened + timedelta(days=60)).date() if n % 25 == 4 else None
        coordinator = self.coordinators[n % len(self.coordinators)]
        self._add("cases_case", case, self.programme, f"C-{1_000 + self.many - n}", alias, stage, referral, coordinator, matter, opened, deadline)
        if stage in (Stage.CONVENED, Stage.FOLLOWING_UP, Stage.CLOSED):
            self._items(n, case, agreement, places, stage, opened)
        for number in range(2):
            self._letter(people[number], case, number, opened)
        self._add("seed_case", n, case, referral, *people, *places, agreement, stage, opened)

    def _stage(self, n: int) -> str:
        if n >= min(MOST_OPEN, self.many // 2):
            return Stage.CLOSED.value
        share = n * 37 % 100
        bounds = ((50, Stage.PREPARING), (60, Stage.READY), (72, Stage.SCHEDULED), (80, Stage.CONVENED), (100, Stage.FOLLOWING_UP))
        return next(stage.value for bound, stage in bounds if share < bound)

    def _referral(self, n: int, opened: datetime) -> UUID:
        pk, came = uuid.uuid4(), opened - timedelta(days=1)
        key = self._key(pk, came)
        seals = self._sealer(key, "referrals_referral", pk)
        people = json.dumps([{"name": "Rami", "role": "responsible"}])
        self._add(
            "referrals_referral", pk, self.programme, f"R-{1_000 + self.many - n}", "accepted", "self_harmed", uuid.uuid4(),
            seals("story", MATTERS[n % 8][1]), seals("when", "last week"), seals("people", people), "no", False,
            seals("reach", '{"email": "someone@home.example"}'), seals("asker", "Hana"), "conference", "en", "", came,
        )  # fmt: skip
        return pk

    def _person(self, number: int, opened: datetime) -> UUID:
        pk = uuid.uuid4()
        name = f"{FIRST[number % len(FIRST)]} {LAST[number * 7919 % len(LAST)]}"
        seals = self._sealer(self._key(pk, opened), "people_person", pk)
        tokens = sorted({t for word in folded(name).split() for t in _blind(self.programme, word)})
        self._add("people_person", pk, self.programme, seals("name", name), "en", False, tokens, opened, 1980 + number % 30, True)
        return pk

    def _items(self, n: int, case: UUID, agreement: UUID, places: list[UUID], stage: str, opened: datetime) -> None:
        key = self.keys[case]
        for order, words in enumerate(PROMISES, start=1):
            pk = uuid.uuid4()
            seals = self._sealer(key, "agreements_item", pk)
            due = (self.now + timedelta(days=n % 40 - 10)).date() if stage != Stage.CLOSED else (opened + timedelta(days=30)).date()
            at = "verified" if stage == Stage.CLOSED or n % 30 == 1 else "kept" if n % 30 == 2 and order == 1 else "promised"
            self._add(
                "agreements_item", pk, self.programme, agreement, order, at, places[1], places[0], seals("what", words),
                seals("proof_wanted", "The office has seen it."), due, case,
            )  # fmt: skip

    def _letter(self, reader: UUID, case: UUID, number: int, opened: datetime) -> None:
        pk, went = uuid.uuid4(), opened + timedelta(hours=2)
        seals = self._sealer(key_of_two(self.keys[reader], self.keys[case]), "letters_letter", pk, FORM_OF_TWO)
        self._add(
            "letters_letter", pk, self.programme, "sent", "email", reader, case, f"invited:{case}:{number}", f"<{pk}@setfair.example>", "en",
            "You have a message", seals("address", "someone@home.example"), seals("body", "Somebody would like to talk with you."), went, 1, "",
            went, went, pk, "",
        )  # fmt: skip

    def _key(self, owner: UUID, made: datetime) -> bytes:
        """A new data key, wrapped as the ring wraps it."""
        key = self.keys[owner] = os.urandom(32)
        self._add("vault_datakey", owner, self.programme, ring._wrap(self.programme, owner, master.epoch(), key), master.epoch(), made)
        return key

    def _sealer(self, key: bytes, table: str, pk: UUID, form: bytes = FORM) -> Any:
        cipher = AESGCM(key)

        def seals(column: str, words: str) -> bytes:
            nonce = os.urandom(12)
            return form + nonce + cipher.encrypt(nonce, words.encode(), f"{table}.{column}|{pk}".encode())

        return seals

    def _add(self, table: str, *row: Any) -> None:
        self.rows[table].append(row)


@cache
def _blind(programme: UUID, word: str) -> tuple[bytes, bytes]:
    return master.blind(programme, word), master.blind(programme, f"{word[:3]}*")
