"""Which key seals now, every certificate that ever did, and what can be told of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from setfair.core import clock

from . import certificate
from .models import SealKey, SealSecret

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Shown:
    """A key as anybody may know it: whom its certificate names, from when until when it sealed, and by what it and its root are told from others."""

    number: int
    name: str
    made_at: datetime
    ended_at: datetime | None
    runs_out: datetime
    seal: str
    root: str


def live_key() -> SealKey | None:
    """The key that seals what is sealed now, of the programme one is inside."""
    return SealKey.objects.filter(ended_at__isnull=True).first()


def runs_out_soon(key: SealKey) -> bool:
    """Whether its certificate ends within a year: what is sealed shortly before would be valid for as short."""
    _name, until = certificate.told(bytes(key.certificate))
    return until < clock.now() + A_YEAR


def every_key() -> list[SealKey]:
    """The newest first."""
    return list(SealKey.objects.order_by("-number"))


def shown() -> list[Shown]:
    """Every key, the newest first."""
    return [_shown(key) for key in every_key()]


def root_of(number: int) -> bytes | None:
    """What a reader of PDFs is told to trust for what this key sealed, in the form that ordinary tools take (PEM)."""
    return next((certificate.as_text(bytes(key.root)) for key in every_key() if key.number == number), None)


def private_half(key: SealKey) -> bytes:
    """What seals with this key. One that was replaced has none any more."""
    return bytes(SealSecret.objects.get(key=key).private)


def _shown(key: SealKey) -> Shown:
    name, runs_out = certificate.told(bytes(key.certificate))
    prints = certificate.fingerprint(bytes(key.certificate)), certificate.fingerprint(bytes(key.root))
    return Shown(key.number, name, key.made_at, key.ended_at, runs_out, *prints)
