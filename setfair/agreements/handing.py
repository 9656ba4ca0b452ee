"""What of a promise somebody else of the team can take on."""

from __future__ import annotations

from typing import Any

from . import forms, queries
from .journey import SETTLED, Stage
from .models import Item


def hand_on(row: Item, data: Any = None) -> dict[str, Any]:
    """What of it can be handed on within the team, and whether whoever did it is not here any more; nothing once it is settled."""
    named = queries.with_staff(row).staff
    if row.agreement.stage != Stage.IN_FORCE or row.stage in SETTLED or not named:
        return {}
    gone = {getattr(row, what) for what in named} - set(queries.at_work().values_list("user", flat=True))
    form = forms.HandOnForm(data, names=named, people=queries.could_take_on(row.case), auto_id="hand-%s")
    return {"hand_on": form, "behind": bool(gone)}
