"""A slip of the pen, put right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Item, Spelling
from ..slips import digest
from .writing import STORY


class SpellingForm(forms.Form):
    """The parts of a promise in which words stand that somebody wrote; one that is empty is not asked for."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    what = forms.CharField(label=_("What will be done"), max_length=STORY, widget=forms.Textarea(attrs={"rows": 3}))
    proof_wanted = forms.CharField(label=_("How we will know"), max_length=STORY, widget=forms.Textarea(attrs={"rows": 2}))
    if_hard = forms.CharField(label=_("What if it is hard?"), max_length=STORY, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, item: Item) -> None:
        had = {part: getattr(item, part) for part in Spelling.Part.values}
        super().__init__(data, initial=had | {"seen": digest(had)})
        for part, words in had.items():
            if not words:
                del self.fields[part]

    def words(self) -> dict[str, str]:
        return {part: said for part, said in self.cleaned_data.items() if part in Spelling.Part.values}


class BackForm(forms.Form):
    """Which correction is more than spelling."""

    spelling = forms.UUIDField(widget=forms.HiddenInput)
