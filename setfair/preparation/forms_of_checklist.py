"""The form on which somebody's list is gone through, in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from .queries import Ask
from .ticked import Tick


class ChecklistForm(forms.Form):
    """What is ticked is done; what was ticked on the page (`seen`) and is not any more is taken back. So two who tick at once lose nothing."""

    ticked = forms.MultipleChoiceField(label=_("Done with them"), required=False, widget=forms.CheckboxSelectMultiple)
    applies_not = forms.MultipleChoiceField(label=_("Does not apply to them"), required=False, widget=forms.CheckboxSelectMultiple)
    not_for = forms.ChoiceField(label=_("Which one does not apply?"), required=False)
    why = forms.ChoiceField(label=_("Why not?"), required=False, choices=Tick.Why.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("In a few words"), required=False, max_length=400)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asks: Iterable[Ask], **kwargs: Any) -> None:
        self.asks = asks = list(asks)
        done, aside = [_key(a) for a in asks if a.is_done], [_key(a) for a in asks if a.is_not_for_them]
        kwargs["initial"] = {"ticked": done, "applies_not": aside, "seen": " ".join([*done, *aside])}
        super().__init__(*args, **kwargs)
        self.fields["ticked"].choices = [(_key(a), str(a.item)) for a in asks if not a.is_not_for_them]
        self.fields["applies_not"].choices = [(_key(a), str(a.item)) for a in asks if a.is_not_for_them]
        self.fields["not_for"].choices = [("", _("Choose")), *((_key(a), str(a.item)) for a in asks if a.is_open)]

    def on_the_list(self) -> Iterator[tuple[BoundWidget, Ask]]:
        """Each tick with the line it is for."""
        yield from zip(self["ticked"], [ask for ask in self.asks if not ask.is_not_for_them], strict=True)

    def aside(self) -> Iterator[tuple[BoundWidget, Ask]]:
        yield from zip(self["applies_not"], [ask for ask in self.asks if ask.is_not_for_them], strict=True)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("not_for") and not said.get("why"):
            self.add_error("why", _("Please choose why it does not apply."))
        if (said.get("why") or said.get("words")) and not said.get("not_for"):
            self.add_error("not_for", _("Please choose which one."))
        if said.get("not_for") and said["not_for"] in said.get("ticked", ()):
            self.add_error("not_for", _("This one is ticked as done. Please choose one of the two."))
        return said

    def said(self) -> dict[str, Any]:
        """As `go_through` takes it."""
        said, seen = self.cleaned_data, set(self.cleaned_data["seen"].split())
        ticked, aside = said["ticked"], said["applies_not"]
        here = {key for name in ("ticked", "applies_not") for key, _label in self.fields[name].choices}
        left = [key for key in sorted(seen & here) if key not in ticked and key not in aside]
        return {
            "done": [UUID(key) for key in ticked if key not in seen],
            "back": [UUID(key) for key in left],
            "not_for": UUID(said["not_for"]) if said["not_for"] else None,
            "why": said["why"],
            "words": said["words"],
        }


def _key(ask: Ask) -> str:
    return str(ask.item.pk)
