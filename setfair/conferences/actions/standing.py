from __future__ import annotations

from ..queries import held_stage, moment

__all__ = ["held_stage", "moment"]
