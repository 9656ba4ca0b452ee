"""What somebody reads on their own page of the words under their name."""

from __future__ import annotations

from typing import Any

from setfair.cases.models import Participation

from . import forms, queries
from .journey import Stage
from .models import Agreement


def own(agreement: Agreement, me: Participation, may_sign: bool) -> dict[str, Any]:
    """What they say under their name and how far it goes, and the form to say otherwise while that can be."""
    mine = queries.remarks(agreement).get(me.pk)
    start = {"remark": mine.words, "remark_shown": mine.shown} if mine else None
    given = agreement.stage == Stage.SIGNING and agreement.signatures.filter(participation=me).exists()
    passes = (may_sign or given or (mine is not None and mine.shown)) and queries.may_pass(agreement)
    kept = mine is not None and mine.shown and mine.lets.exists()
    return {
        "remark": mine,
        "remark_form": forms.RemarkForm(initial=start) if given else None,
        "may_pass": passes,
        "is_let": (is_let := passes and mine is not None and mine.pk in queries.let_pass(agreement)),
        "waits": mine is not None and mine.shown and passes and not is_let and not kept,
    }
