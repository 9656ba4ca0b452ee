from __future__ import annotations

from typing import Any, Self

from django import forms
from django.db import models

from .. import seen as marks


class CarefulForm(forms.Form):
    """A form over an existing row that knows what stood on the page when it was opened.

    When somebody else was quicker, `compare` keeps the person's words in it and says
    in `now` what the row holds where the two differ.
    """

    seen = forms.CharField(max_length=16, widget=forms.HiddenInput, required=False)
    now: list[dict[str, Any]] = []

    @classmethod
    def of(cls, row: models.Model) -> Self:
        names = cls.names()
        return cls(initial={**{name: getattr(row, name) for name in names}, "seen": marks.mark(row, names)})

    @classmethod
    def names(cls) -> list[str]:
        return [name for name in cls.base_fields if name != "seen"]

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.names()}

    def compare(self, row: models.Model) -> None:
        """Say in `now` what the row holds where it differs, and take the row as seen: sending the form again then means it."""
        data = self.data.copy()
        data["seen"] = marks.mark(row, self.names())
        self.data, theirs = data, type(self).of(row)
        self.now = [
            {"key": self.fields[name].label, "value": theirs[name].value()}
            for name in self.names()
            if name in self.cleaned_data and self.cleaned_data[name] != getattr(row, name)
        ]
