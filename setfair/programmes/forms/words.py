from __future__ import annotations

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import wording
from ..models import Wording
from .facts import Area, quiet


class OwnWords(forms.Form):
    """Boxes that are empty where our words stand. Each knows what it held when the page was opened."""

    def keys(self) -> dict[str, str]:
        """Field name to the key of the words."""
        raise NotImplementedError

    def remember(self) -> None:
        for name in self.keys():
            self.fields[f"seen-{name}"] = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def start_from(self, language: str) -> None:
        keys = self.keys()
        rows = dict(Wording.objects.filter(language=language, key__in=keys.values()).values_list("key", "words"))
        for name, key in keys.items():
            self.initial[name] = self.initial[f"seen-{name}"] = rows.get(key, "")

    def change(self) -> dict[str, dict[str, str]]:
        """`seen` and `words` as `change_words` asks for them. Browsers send lines ended in their own way; we keep one."""
        said, keys = self.cleaned_data, self.keys()
        return {
            "words": {key: said[name].replace("\r\n", "\n").strip() for name, key in keys.items()},
            "seen": {key: said[f"seen-{name}"].replace("\r\n", "\n") for name, key in keys.items()},
        }


class GlossaryForm(OwnWords):
    """One box for each word of ours that a programme may replace."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for key, ours in wording.GLOSSARY.items():
            self.fields[key] = forms.CharField(label=str(ours), max_length=40, required=False)
        self.remember()

    @classmethod
    def of(cls, language: str) -> Self:
        form = cls()
        form.start_from(language)
        return form

    def keys(self) -> dict[str, str]:
        return {key: key for key in wording.GLOSSARY}


class LetterForm(OwnWords):
    """Subject and body of one letter."""

    subject = forms.CharField(
        label=_("Subject"),
        max_length=100,
        required=False,
        help_text=_("Read on lock screens: it must not say what it is about, and name nobody."),
    )
    body = forms.CharField(
        label=_("Words"), max_length=4000, required=False, widget=Area(10),
        help_text=_("These may go as a text message, which shows on a locked screen too."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, key: str) -> None:
        super().__init__(data)
        self.key = key
        self.remember()

    @classmethod
    def of(cls, language: str, key: str) -> Self:
        form = cls(key=key)
        form.start_from(language)
        return form

    def keys(self) -> dict[str, str]:
        return {part: f"{self.key}.{part}" for part in ("subject", "body")}

    def clean_subject(self) -> str:
        return quiet(self.cleaned_data["subject"])
