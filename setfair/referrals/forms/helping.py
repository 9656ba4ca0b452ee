from __future__ import annotations

from django import forms
from django.urls import get_resolver
from django.utils.translation import gettext_lazy as _

from .step import area

LONGEST = 1000


class ProblemForm(forms.Form):
    """`page` is the name of a page of ours, and nothing else; `website` is a box that nobody sees."""

    use_required_attribute = False
    page = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    website = forms.CharField(required=False)
    words = forms.CharField(
        max_length=LONGEST,
        label=_("What did not work?"),
        help_text=_("Say which page, and what you did. Please write no names and nothing about what happened to you."),
        error_messages={"required": _("Please write a few words first.")},
        widget=area(5),
    )

    def clean_page(self) -> str:
        """Somebody may have typed anything into the address: only what is one of our pages is kept."""
        name: str = self.cleaned_data["page"]
        return name if name in get_resolver().reverse_dict else ""

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("A box that must stay empty was filled in. We have emptied it. Please send it again."))
        return ""

    def said(self) -> dict[str, str]:
        """What `report_problem` takes."""
        return {"page": self.cleaned_data["page"], "words": self.cleaned_data["words"]}
