from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation

from .actions import LONGEST
from .models import Piece, Said


class PieceForm(forms.Form):
    """What somebody writes. Whom it is for is said by what they are here, not by name."""

    meant = forms.ChoiceField(label=_("Who is it for?"), widget=forms.RadioSelect, error_messages={"required": _("Please choose one.")})
    words = forms.CharField(
        label=_("What do you want to say?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Please write a few words first.")},
    )
    done = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, meant: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meant"].choices = meant  # type: ignore[attr-defined]


class NoteDownForm(forms.Form):
    """The same, written down by the team for somebody."""

    writer = forms.ChoiceField(label=_("Whose words are they?"))
    meant = forms.ChoiceField(label=_("Who is it for?"))
    kind = forms.ChoiceField(label=_("What is it?"), choices=Piece.Kind.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("In their words"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}))
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, circle: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circle = {str(p.pk): p for p in circle}
        self.fields["writer"].choices = [("", _("Choose")), *((key, p.person.shown) for key, p in self.circle.items())]  # type: ignore[attr-defined]
        self.fields["meant"].choices = [("", _("Choose")), *{(p.role, p.get_role_display()) for p in circle}]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"writer": self.circle[self.cleaned_data["writer"]]}


class ReceiverForm(forms.Form):
    receiver = forms.ChoiceField(label=_("Who gets it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, readers: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readers = {str(p.pk): p for p in readers}
        self.fields["receiver"].choices = [(key, f"{p.person.shown}, {p.get_role_display()}") for key, p in self.readers.items()]  # type: ignore[attr-defined]

    def chosen(self) -> Participation:
        return self.readers[self.cleaned_data["receiver"]]


class GiveBackForm(forms.Form):
    why = forms.ChoiceField(label=_("Why do you give it back?"), choices=Said.Why.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("A few kind words for whoever wrote it"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They read the reason and these words on their own page."),
    )  # fmt: skip


class HandOverForm(forms.Form):
    """What somebody without a screen said, when they heard that something is there."""

    NOW, NOT_THIS = "now", "refused"
    said = forms.ChoiceField(
        label=_("What did they say?"),
        choices=[(NOW, _("They want it now, and have it")), (NOT_THIS, _("They do not want this one"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Hand it over only to somebody who wants it now.")},
    )


class WantForm(forms.Form):
    """What somebody said about getting anything, written down by the team."""

    who = forms.ChoiceField(label=_("Who?"))
    wants = forms.ChoiceField(
        label=_("What did they say?"), choices=[("yes", _("Ask me when there is something")), ("never", _("I want nothing from the others"))],
        widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, *args: Any, circle: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circle = {str(p.pk): p for p in circle}
        self.fields["who"].choices = [("", _("Choose")), *((key, p.person.shown) for key, p in self.circle.items())]  # type: ignore[attr-defined]
