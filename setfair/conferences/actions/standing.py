from __future__ import annotations

from datetime import datetime

from setfair.core import clock

from ..queries import held_stage

__all__ = ["held_stage", "moment"]


def moment(at: datetime | None) -> datetime:
    """When it was pressed, where that was before it came here; nothing of a circle lies ahead of the clock."""
    return clock.now() if at is None else min(at, clock.now())
