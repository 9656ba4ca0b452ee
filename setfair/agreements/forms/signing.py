"""Signing it: on their own page, on the tablet, on paper; and what is said instead."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.files.forms import FileForm
from setfair.ui.forms import DayInput

from .. import names
from ..models.remark import LONGEST
from ..seen import TICKS
from .writing import STORY

FOR_THE_TEAM = _("For the team.")


DIGITS = {"inputmode": "numeric", "autocomplete": "off", "data-width": "short", "dir": "ltr"}


RUNS = "01234567890"


class Unsaid(forms.TextInput):
    """What was typed does not come back with the page. Not a password field, which browsers offer to remember."""

    def format_value(self, value: Any) -> None:
        return None


class RemarkForm(forms.Form):
    """A few words of their own under their name, for the team, or for everybody who reads it if they choose that."""

    remark = forms.CharField(
        label=_("Your own words"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("You do not have to write anything."),
    )
    remark_shown = forms.BooleanField(
        label=_("Everyone who reads this may read my words. The team reads them first. If I do not tick this, only the team does."), required=False
    )


class SignForm(RemarkForm):
    """The three ticks and the typed name (screens.md W14). None is ticked before."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    read = forms.BooleanField(label=TICKS["read"])
    agree = forms.BooleanField(label=TICKS["agree"])
    know = forms.BooleanField(label=TICKS["know"])
    typed_name = forms.CharField(
        label=_("Type your name"),
        max_length=names.LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Only the team sees how you write it. The others see the name you go by, and the day."),
    )
    field_order = ("seen", "whose", "read", "agree", "know", "typed_name", "remark", "remark_shown")

    def signs(self) -> dict[str, Any]:
        """What goes with the signature."""
        return {name: self.cleaned_data[name] for name in ("typed_name", "seen", "remark", "remark_shown")}


class TabletForm(SignForm):
    """The same on the tablet, where `whose` says for whom the page was opened: what was typed for one is never written for the next."""

    whose = forms.UUIDField(widget=forms.HiddenInput)


class NumberForm(forms.Form):
    """The number that whoever handed the tablet over knows."""

    tablet_number = forms.CharField(label=_("Type your four numbers"), max_length=12, widget=Unsaid(DIGITS | {"data-hide": "on"}))

    def clean_tablet_number(self) -> str:
        """In the digits that are kept, whatever script they were typed in."""
        return "".join(str(int(sign)) for sign in self.cleaned_data["tablet_number"] if sign.isdecimal())

    def was_wrong(self) -> None:
        self.add_error("tablet_number", _("That did not work. After five wrong tries the tablet closes."))


class ChosenNumberForm(NumberForm):
    """The number that somebody of the team chooses as they hand the tablet over."""

    tablet_number = forms.CharField(
        label=_("Choose four numbers"),
        max_length=12,
        widget=Unsaid(DIGITS),
        help_text=_("You type them between two people. Choose them where nobody looks on, and tell nobody."),
    )

    def clean_tablet_number(self) -> str:
        """Four digits, and none of those that everybody tries first."""
        number = super().clean_tablet_number()
        if len(number) != 4:
            raise forms.ValidationError(_("Please choose four numbers, from 0 to 9."))
        if len(set(number)) == 1 or number in RUNS or number in RUNS[::-1]:
            raise forms.ValidationError(_("These are easy to guess. Please choose others."))
        return number


class LetForm(forms.Form):
    """Which words under a name somebody of the team has read, and whether they stay with the team: later ones of the same person are not let
    pass unread."""

    remark = forms.UUIDField(widget=forms.HiddenInput)
    keep = forms.BooleanField(widget=forms.HiddenInput, required=False)


class VersionForm(forms.Form):
    """Of which version somebody's copy is wanted; the newest that lies there for them if none is named."""

    of = forms.UUIDField(required=False)


class WhichForm(forms.Form):
    """Of which agreement the page was; one that was opened before there were several names none."""

    agreement = forms.UUIDField(widget=forms.HiddenInput, required=False)


class ReadForm(WhichForm):
    """What the team writes down for somebody is of the words that were on its page: `seen` is their digest."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class PaperForm(ReadForm, RemarkForm):
    """A name as it stands on a sheet of paper that the team holds in its hands."""

    typed_name = forms.CharField(label=_("Name as it is written there"), max_length=names.LONGEST)
    language = forms.ChoiceField(label=_("In which language was the paper?"), choices=settings.LANGUAGES, required=False)
    before_spelling = forms.BooleanField(
        label=_("It was printed before a spelling was put right, or before the words stood there in their language"), required=False
    )


class ScanForm(FileForm):
    """The sheet itself: a picture or a PDF of it, and whose names stand on it."""

    whose = forms.MultipleChoiceField(
        label=_("Whose names are on it?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose whose names are on it.")},
    )
    field_order = ("file", "whose")

    def __init__(self, *args: Any, people: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whose"].choices = [(str(p.pk), p.person.shown) for p in people]

    def people(self) -> set[UUID]:
        return {UUID(key) for key in self.cleaned_data["whose"]}


class ConcernForm(forms.Form):
    words = forms.CharField(label=_("What is not right?"), max_length=STORY, widget=forms.Textarea(attrs={"rows": 3}))


class NoForm(forms.Form):
    """A no needs no reason; whoever wants to say something can."""

    words = forms.CharField(
        label=_("If you like, say what you think"), max_length=STORY, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=FOR_THE_TEAM
    )


class RestForm(forms.Form):
    until = forms.DateField(label=_("Until when?"), widget=DayInput(), help_text=_("We send you a short message on that day."))


class HeardForm(ReadForm, RemarkForm):
    """What whoever heard it says of it."""

    heard = forms.BooleanField(label=_("I read all of it to them. They said yes, and I heard it myself."))


class SaidForm(ReadForm):
    """What somebody said aloud of the promises: that one of them should be changed, or that all of it is fair."""

    change = forms.UUIDField(required=False)


class LaterForm(forms.Form):
    """Who did not come and signs all the same, from afar."""

    later = forms.MultipleChoiceField(label=_("Who signs later, from afar?"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, people: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["later"].choices = [(str(p.pk), p.person.shown) for p in people]
