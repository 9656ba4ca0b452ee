"""What the pages show of a promise in other languages."""

from __future__ import annotations

from typing import Any

from setfair.cases import queries as cases
from setfair.cases.models import Role

from . import forms, queries, tongues
from .beside import page_of
from .journey import Stage
from .models import Agreement, Item

OVER = (Stage.SUPERSEDED, Stage.ENDED)


def in_tongues(agreement: Agreement, items: list[Item]) -> dict[str, Any]:
    """In which languages each promise is read, and for whom one is missing."""
    there, missing = queries.in_tongues(agreement, items) if agreement.stage not in OVER else ([], [])
    return {"tongues": there, "unread": missing}


def translation(item: Item, language: str, data: Any = None) -> dict[str, Any]:
    """A promise beside its words in another language; where none is chosen, in the first that somebody needs."""
    there, _missing = queries.in_tongues(item.agreement, [item])
    asked = [tongue.code for tongue in there if not tongue.is_there] or [tongue.code for tongue in there]
    others = [code for code in tongues.KNOWN if code != tongues.written_in(item)]
    chosen = language if language in others else next(iter(asked), next(iter(others), ""))
    people = list(cases.here(item.case).filter(role=Role.INTERPRETER).select_related("person").order_by("added_at", "id"))
    stands = queries.translation_of(item, chosen)
    return cases.frame(item.case, "agreement") | {
        "item": item,
        "back": page_of(item.agreement),
        "tongue": tongues.named(chosen),
        "code": chosen,
        "runs": tongues.runs(chosen),
        "written_in": tongues.written_in(item),
        "written_name": tongues.named(tongues.written_in(item)),
        "stands": stands,
        "is_old": any(tongue.is_old for tongue in there if tongue.code == chosen),
        "signed": bool(queries.under(item.agreement)),
        "form": forms.TranslationForm(data, item=item, language=chosen, there=stands, interpreters=people),
    }


def both(item: Item, language: str, data: Any, why: str) -> dict[str, Any]:
    """What they typed, beside what somebody else saved meanwhile; saved again, theirs counts."""
    stands, again = queries.translation_of(item, language), data.copy()
    again["seen"] = queries.put_digest(item, stands)
    page = translation(item, language, again)
    page["form"].add_error(None, why)
    return page | {"theirs": [words for part in queries.PARTS if (words := getattr(stands, part))] if stands else []}


def next_to_translate(item: Item, language: str) -> Item | None:
    """The next promise that somebody who reads this language cannot read in it yet."""
    _there, missing = queries.in_tongues(item.agreement, queries.items_of(item.agreement))
    first = next((one.first for one in missing if one.code == language), None)
    return Item.objects.filter(pk=first).first() if first else None
