from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.cases.audience import Audience
from setfair.cases.models import Participation

from .actions import LONGEST
from .queries import choices


class NoteForm(forms.Form):
    """`seen` comes from the page that says who will read a shared note; without it nothing is shared."""

    words = forms.CharField(label=_("What do you want to write down?"), max_length=LONGEST, widget=forms.Textarea)
    audience = forms.ChoiceField(label=_("Who may read it?"), widget=forms.RadioSelect)
    about = forms.ChoiceField(label=_("About whom?"), required=False)
    seen = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, circle: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circle = {str(p.pk): p for p in circle}
        self.fields["audience"].choices = choices()  # type: ignore[attr-defined]
        self.fields["about"].choices = [("", _("The case as a whole")), *((key, p.person.shown) for key, p in self.circle.items())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("audience") == Audience.SHARED and not said.get("about"):
            self.add_error("about", _("Please choose the one person who may read it."))
        return said

    def note(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"words": said["words"], "audience": said["audience"], "about": self.circle.get(said["about"])}

    @property
    def waits_for_a_look(self) -> bool:
        """It is to be shared, and nobody has been shown yet with whom."""
        return self.cleaned_data["audience"] == Audience.SHARED and self.cleaned_data["seen"] != "1"


class CorrectForm(forms.Form):
    words = forms.CharField(label=_("How should it read?"), max_length=LONGEST, widget=forms.Textarea)
