"""A promise in another language, part by part."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation

from ..models import Item, Translation
from ..queries import PARTS, put_digest
from ..tongues import runs
from .writing import STORY

LABELS = {"what": _("What will be done"), "proof_wanted": _("How we will know"), "if_hard": _("What if it is hard?")}


class TranslationForm(forms.Form):
    """The parts of a promise in which somebody wrote words, in one other language. All empty, what stands there is taken away."""

    language = forms.CharField(widget=forms.HiddenInput, max_length=10)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self, data: Any = None, *, item: Item, language: str, there: Translation | None, interpreters: list[Participation], **kwargs: Any
    ) -> None:
        self.written = {part: words for part in PARTS if (words := getattr(item, part))}
        start = {part: getattr(there, part) if there else "" for part in self.written}
        start |= {"language": language, "seen": put_digest(item, there), "interpreter": str(there.interpreter_id or "") if there else ""}
        super().__init__(data, initial=start, **kwargs)
        self.interpreters = {str(p.pk): p for p in interpreters}
        for part in self.written:
            attrs = {"rows": 3 if part == "what" else 2, "lang": language, "dir": runs(language)}
            self.fields[part] = forms.CharField(label=LABELS[part], max_length=STORY, required=False, widget=forms.Textarea(attrs=attrs))
        if interpreters:
            choices = [("", _("The team alone")), *((key, p.person.shown) for key, p in self.interpreters.items())]
            self.fields["interpreter"] = forms.ChoiceField(label=_("Who gave us these words?"), required=False, choices=choices)

    @property
    def beside(self) -> list[tuple[Any, str]]:
        """Each part with the words in which it is written."""
        return [(self[part], words) for part, words in self.written.items()]

    def said(self) -> dict[str, Any]:
        words = {part: self.cleaned_data.get(part, "") for part in PARTS}
        return {"words": words, "interpreter": self.interpreters.get(self.cleaned_data.get("interpreter", "")), "seen": self.cleaned_data["seen"]}
