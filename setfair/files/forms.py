from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from setfair.access.limits import allow
from setfair.cases.audience import Audience
from setfair.cases.models import Case, Participation
from setfair.core.actor import Actor
from setfair.core.bounds import NotTaken

from . import queries, words
from .examined import MOST, Examined, examined
from .models import File
from .scanner import Verdict

ACCEPTED = "image/jpeg,image/png,application/pdf,text/plain,.jpg,.jpeg,.png,.pdf,.txt"
"""For the browser alone: a phone that is told so turns its own kind of picture into JPEG before it sends it."""
TRIES = 30


class OneFile(forms.Form):
    """One file of somebody. What comes out of `file` is written anew already; `found_harm` says that there was something to report."""

    file = forms.FileField(
        label=_("Picture or paper"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("A picture (JPEG or PNG), a PDF or plain text. 10 MB is the most."),
    )

    why_not = words.WHY_NOT

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.found_harm = by, False

    def has_room(self) -> bool:
        raise NotImplementedError

    def may_try(self) -> bool:
        """Opening a file is work for the machine."""
        return allow(f"file:{self.by.id}", limit=TRIES, per=timedelta(hours=1))

    def clean_file(self) -> Examined:
        """Whether there is room is asked before anything of it is read."""
        sent: UploadedFile = self.cleaned_data["file"]
        try:
            if not self.has_room():
                raise NotTaken("full")
            if (sent.size or 0) > MOST:
                raise NotTaken("too_large")
            if not self.may_try():
                raise NotTaken("too_often")
            found = examined(sent.read())
        except NotTaken as refused:
            raise forms.ValidationError(self.why_not[refused.code]) from None
        if found.verdict == Verdict.HARMFUL:
            self.found_harm = True
            raise forms.ValidationError(self.why_not["harmful"])
        return found


class FileForm(OneFile):
    """One for a case."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case

    def has_room(self) -> bool:
        return queries.has_room(self.case, self.by)


class AddForm(FileForm):
    """The same by somebody of the team, who says first for whom it is."""

    audience = forms.ChoiceField(label=_("Who may open it"), widget=forms.RadioSelect, choices=Audience.choices)
    reader = forms.ChoiceField(
        label=_("With whom it is shared"), required=False, help_text=_("Only if you share it with one person here. They find it on their own page.")
    )
    words = forms.CharField(label=_("What it is"), max_length=200, help_text=_("In a few words, such as: letter from the school."))
    instead_of = forms.ChoiceField(label=_("It takes the place of"), required=False)

    field_order = ("audience", "reader", "file", "words", "instead_of")

    def __init__(self, *args: Any, circle: list[Participation], others: list[File], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circle, self.others = {str(p.pk): p for p in circle}, {str(f.pk): f for f in others}
        self.fields["reader"].choices = [("", _("Nobody")), *((key, p.person.shown) for key, p in self.circle.items())]
        self.fields["instead_of"].choices = [("", _("Nothing")), *((key, f.words or words.described(f)) for key, f in self.others.items())]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        shared = said.get("audience") == Audience.SHARED
        if shared and not said.get("reader") and "reader" not in self.errors:
            self.add_error("reader", _("Please choose with whom it is shared."))
        if not shared and said.get("reader"):
            self.add_error("reader", _("You chose somebody here, and above that they may not open it. Please choose again."))
        return said

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        reader, other = self.circle.get(said["reader"]), self.others.get(said["instead_of"])
        return {"found": said["file"], "audience": said["audience"], "reader": reader, "words": said["words"], "instead_of": other}
