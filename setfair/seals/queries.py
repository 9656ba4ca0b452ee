"""Which key seals now, and every certificate that ever did."""

from __future__ import annotations

from .models import SealKey, SealSecret


def live_key() -> SealKey | None:
    """The key that seals what is sealed now, of the programme one is inside."""
    return SealKey.objects.filter(ended_at__isnull=True).first()


def every_key() -> list[SealKey]:
    """The newest first."""
    return list(SealKey.objects.order_by("-number"))


def private_half(key: SealKey) -> bytes:
    """What seals with this key. One that was replaced has none any more."""
    return bytes(SealSecret.objects.get(key=key).private)
