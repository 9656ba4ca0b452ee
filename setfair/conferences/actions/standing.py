from __future__ import annotations

from ..queries import held_stage

__all__ = ["held_stage"]
