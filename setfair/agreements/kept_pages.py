"""What the pages of promises that hold show, and what can be done about each."""

from __future__ import annotations

from typing import Any

from setfair.cases import queries as cases
from setfair.cases.models import Case

from . import alongside, forms, queries
from .journey import ITEM_JOURNEY, OPEN, SETTLED, ItemStage, Stage
from .models import Item, KindWord

WAITS = (ItemStage.PROMISED, ItemStage.MISSED)
"""What can be given more time."""

STEP_TO = {
    "keep": ItemStage.KEPT,
    "verify": ItemStage.VERIFIED,
    "partly": ItemStage.PARTLY,
    "miss": ItemStage.MISSED,
    "waive": ItemStage.WAIVED,
}


def follow_up(case: Case) -> dict[str, Any]:
    """The promises that hold, of every agreement, by due date, and what later floors show beside them; empty when none does."""
    cards = sorted((card for agreement in queries.in_force(case) for card in queries.board(agreement)), key=lambda card: card.item.due_on)
    shown = [{"card": card, "steps": steps(card.item)} for card in cards]
    is_open = sum(bool(s["steps"]) and not _settled(s["card"].item) for s in shown)
    return cases.frame(case, "agreement") | {"cards": shown, "beside": list(alongside.of(case)), "open": is_open}


def item(row: Item) -> dict[str, Any]:
    """One promise with all that was said about it."""
    full = next(i for i in queries.items_of(row.agreement) if i.pk == row.pk)
    return cases.frame(row.case, "agreement") | {
        "item": full,
        "full": queries.with_staff(full),
        "tag": queries.TAGS[ItemStage(full.stage)],
        "when": queries.when_due(full.due_on),
        "said": queries.said_about(full),
        "choices": steps(full) if row.agreement.stage == Stage.IN_FORCE else [],
        "form": forms.StepForm(),
        "extensions": queries.extensions(full),
        **asked_of(full),
        "again": forms.AskAgainForm(auto_id="again-%s") if full.stage == ItemStage.KEPT and row.agreement.stage == Stage.IN_FORCE else None,
        "more_time": forms.MoreTimeForm(auto_id="more-%s") if full.stage in WAITS and row.agreement.stage == Stage.IN_FORCE else None,
    }


def steps(row: Item) -> list[dict[str, Any]]:
    """The steps that lie open from where a promise stands, as buttons."""
    there = ITEM_JOURNEY[ItemStage(row.stage)]
    lies_open = [step for step, to in STEP_TO.items() if to in there] + (["talk"] if row.stage in OPEN else [])
    return [{"step": step, "label": label} for step, label in forms.STEPS.items() if step in lies_open]


def _settled(row: Item) -> bool:
    return row.stage in SETTLED


def asked_of(row: Item) -> dict[str, Any]:
    return hand_on(row) | reminding(row)


def reminding(row: Item) -> dict[str, Any]:
    """How often its owners were reminded of its day, and whether somebody can do so once more; nothing where nobody makes it or waits for it."""
    if row.agreement.stage != Stage.IN_FORCE or row.stage != ItemStage.PROMISED or not row.owners:
        return {}
    spoken = KindWord.objects.filter(about=queries.spoken_of(row)).exists()
    return {"kind_words": queries.kind_words(row), "may_remind": not spoken, "ways": KindWord.Way.choices}


def hand_on(row: Item, data: Any = None) -> dict[str, Any]:
    """What of it can be handed on within the team, and whether whoever did it is not here any more; nothing once it is settled."""
    named = queries.with_staff(row).staff | ({"checker": row.checker.person.shown} if queries.checker_left(row) and row.checker else {})
    if row.agreement.stage != Stage.IN_FORCE or row.stage in SETTLED or not named:
        return {}
    gone = "checker" in named or {getattr(row, what) for what in named} - set(queries.carriers(row.agreement))
    form = forms.HandOnForm(data, names=named, people=queries.could_take_on(row.case), auto_id="hand-%s")
    return {"hand_on": form, "behind": bool(gone)}
