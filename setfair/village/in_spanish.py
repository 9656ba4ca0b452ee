"""What the village's promises say in Spanish, where somebody of the circle reads that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from setfair.agreements import actions as agreements
from setfair.agreements.models import Item
from setfair.cases.models import Participation
from setfair.core.actor import Actor

LETTER = {
    "what": "Escribir una carta que diga lo que hice y que lo siento.",
    "proof_wanted": "Quien guía la reunión entrega la carta.",
    "if_hard": "Pedir ayuda con la primera línea.",
}
PHONE = {"what": "Pagar 40 dólares para el teléfono roto, a través de la oficina.", "proof_wanted": "La oficina tiene el recibo."}


def put_into_spanish(items: Sequence[Item], people: Iterable[Participation], *, by: Actor) -> None:
    if any(person.person.language == "es" for person in people):
        for item, words in zip(items, (LETTER, PHONE), strict=True):
            agreements.put_into(item, by=by, language="es", words=words)
