from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from setfair.agreements.amounts import smallest
from setfair.agreements.models import Item
from setfair.ui.forms import DayInput

from .queries import Paid

STORY = 2_000
CAME, NOT_COME, OTHER = "came", "not_come", "other"


def _amount(currency: str, least: Decimal | None = None, **said: Any) -> forms.DecimalField:
    """In coins that there are of this currency."""
    coin = smallest(currency)
    return forms.DecimalField(max_digits=9, decimal_places=-int(coin.as_tuple().exponent), min_value=coin if least is None else least, **said)


class SumForm(forms.Form):
    """How much, and on which day. The same form counts once."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    amount = forms.DecimalField(max_digits=9, decimal_places=2)
    paid_on = forms.DateField(label=_("On which day"), widget=DayInput(), initial=timezone.localdate)

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"] = _amount(item.currency, label=_("How much, in %(currency)s") % {"currency": item.currency})


class PaidForm(SumForm):
    """Somebody says what they paid."""


class CameForm(SumForm):
    """Somebody says what came; of which promise, if there are several, is one of theirs."""

    which = forms.CharField(widget=forms.HiddenInput)


class BackForm(forms.Form):
    which = forms.UUIDField(widget=forms.HiddenInput)


class WordForm(forms.Form):
    """What came of one payment that somebody is asked about, or told of before."""

    which = forms.UUIDField(widget=forms.HiddenInput)
    word = forms.ChoiceField(
        choices=[(CAME, _("It came")), (NOT_COME, _("It did not come")), (OTHER, _("Another sum came"))],
        error_messages={"required": _("Please choose one.")},
    )
    amount = forms.DecimalField(label=_("How much came"), max_digits=9, decimal_places=2, min_value=Decimal("0.01"), required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("word") == OTHER and not said.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("Please write how much it was."))
        return said

    def came(self, asked: Paid) -> Decimal:
        """How much it was in their eyes: of what they are asked about, all of it; of what they told by themselves, what they said before. What the
        other side says since is never taken for their word."""
        said = {CAME: asked.said_paid if asked.said.waits else asked.received_before, NOT_COME: Decimal(0), OTHER: self.cleaned_data["amount"]}
        return said[self.cleaned_data["word"]]


class NoteForm(SumForm):
    """The team writes down what came."""

    payer = forms.ChoiceField(label=_("Who paid"), widget=forms.RadioSelect, required=False)
    words = forms.CharField(label=_("A note for the team"), max_length=STORY, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, item=item, **kwargs)
        owners = item.owners
        self.fields["payer"].choices = [(str(p.pk), p.person.shown) for p in owners] + [("", item.body or _("We do not know"))]
        self.fields["payer"].initial = str(owners[0].pk) if len(owners) == 1 else ""

    def said(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return given | {"payer": UUID(given["payer"]) if given["payer"] else None}


class SettleForm(forms.Form):
    """How much of one payment came, once the team has looked into it."""

    words = forms.CharField(label=_("How we know"), max_length=STORY, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = _("How much of it came, in %(currency)s; 0 if nothing did") % {"currency": currency}
        self.fields["amount"] = _amount(currency, Decimal(0), label=label)
        self.order_fields(["amount", "words"])


class OrderedForm(forms.Form):
    """By which of two buttons."""

    holds = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda said: said == "yes")


def one_of(which: UUID, asked: Collection[Paid]) -> Paid | None:
    """That of the payments somebody is asked about that their form names."""
    return next((one for one in asked if one.row.pk == which), None)
