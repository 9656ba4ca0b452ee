"""What somebody thinks of each promise: one question to each, and one press for all that is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Fit

WORDS = dict(Fit.Word.choices)


@dataclass(frozen=True)
class Asked:
    """One promise as it reads, and the two words that can be said of it; none where it is not asked about now. `said`: they answered before."""

    item: UUID
    line: Any
    words: list[str]
    said: bool


class FitForm(forms.Form):
    """A question to each promise. One that is left open is asked about again; what was said before is not shown, whoever holds the phone by then."""

    ALL = "all_fair"

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: Any = None, *, asked: list[Asked], whose: str = "", **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.asked = {one.item: one.words for one in asked if one.words}
        self.unsaid = {one.item for one in asked if one.words and not one.said}
        self.lines = [one.line for one in asked]
        if whose:
            self.fields["whose"] = forms.UUIDField(widget=forms.HiddenInput, initial=whose)
        for one in (one for one in asked if one.words):
            choices = [(word, WORDS[word]) for word in one.words]
            label = _("What do you think of this?")
            self.fields[str(one.item)] = forms.ChoiceField(label=label, required=False, choices=choices, widget=forms.RadioSelect)

    @property
    def beside(self) -> list[tuple[Any, Any]]:
        """Each promise as it is read, with its question where it is asked."""
        return [(line, self[line.pk] if line.pk in self.fields else None) for line in self.lines]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.words and not self.errors:
            raise forms.ValidationError(_("Please say what you think of at least one promise."))
        return said

    @property
    def words(self) -> dict[UUID, str]:
        """By promise, what was said. The press for all answers only what was never answered: it takes back nothing that somebody wants changed."""
        every = self.unsaid if self.ALL in self.data else ()
        said = {pk: self.cleaned_data.get(str(pk)) or (words[0] if pk in every else "") for pk, words in self.asked.items()}
        return {pk: word for pk, word in said.items() if word}
