from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.accounts.models import User
from setfair.cases.models import Participation
from setfair.files.forms import FileForm
from setfair.ui.forms import DayInput

from . import names
from .models import Item

STORY = 50_000
FOR_THE_TEAM = _("For the team.")
DIGITS = {"inputmode": "numeric", "autocomplete": "off", "data-width": "short", "dir": "ltr"}
RUNS = "01234567890"


class Unsaid(forms.TextInput):
    """What was typed does not come back with the page. Not a password field, which browsers offer to remember."""

    def format_value(self, value: Any) -> None:
        return None


class PromiseForm(forms.Form):
    """One promise of a draft. The choices are the people of this circle."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    owner = forms.ChoiceField(label=_("Who does it"))
    what = forms.CharField(
        label=_("What"), max_length=STORY, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("One sentence. Begin with what is done.")
    )
    owed_to = forms.ChoiceField(label=_("For whom"), required=False)
    due_on = forms.DateField(label=_("By when"), widget=DayInput())
    proof_wanted = forms.CharField(label=_("How we will know"), max_length=2_000, required=False)
    through = forms.TypedChoiceField(
        label=_("Who of the team passes it on"),
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text=_("Two here must have no contact. Between them somebody carries it."),
    )

    def __init__(self, *args: Any, circle: list[Participation], carry: Mapping[UUID, User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if carry:
            self.fields["through"].choices = [("", _("Nobody")), *((str(pk), user.name) for pk, user in carry.items())]
        else:
            del self.fields["through"]
        self.circle = {str(p.pk): p for p in circle}
        named = [(key, p.person.shown) for key, p in self.circle.items()]
        self.fields["owner"].choices = [("", _("Choose")), *named]
        self.fields["owed_to"].choices = [("", _("Everyone")), *named]

    def promise(self) -> dict[str, Any]:
        """All that a promise is made of."""
        said = self.cleaned_data
        return {
            "owner": self.circle[said["owner"]],
            "owed_to": self.circle.get(said["owed_to"]),
            "what": said["what"],
            "due_on": said["due_on"],
            "proof_wanted": said["proof_wanted"],
            "through": said.get("through"),
        }


def words_of(item: Item) -> dict[str, Any]:
    """What a form about this promise starts from."""
    owed_to, through = str(item.owed_to_id or ""), str(item.through or "")
    said = {"owner": str(item.owner_id), "owed_to": owed_to, "what": item.what, "due_on": item.due_on, "proof_wanted": item.proof_wanted}
    return said | {"through": through}


class FirstForm(forms.Form):
    """Which side reads it first, where they do not meet and agree in turn."""

    first = forms.ChoiceField(label=_("Who reads it first?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, sides: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].choices = sides


class SignForm(forms.Form):
    """The three ticks and the typed name (screens.md W14). None is ticked before."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    read = forms.BooleanField(label=_("I have read this, or it was read to me."))
    agree = forms.BooleanField(label=_("I agree to do my part."))
    know = forms.BooleanField(label=_("I know I can ask to change it."))
    typed_name = forms.CharField(
        label=_("Type your name"),
        max_length=names.LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Only the team sees how you write it. The others see the name you go by, and the day."),
    )


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


class PaperForm(forms.Form):
    """A name as it stands on a sheet of paper that the team holds in its hands."""

    typed_name = forms.CharField(label=_("Name as it is written there"), max_length=names.LONGEST)


class ConcernForm(forms.Form):
    words = forms.CharField(label=_("What is not right?"), max_length=STORY, widget=forms.Textarea(attrs={"rows": 3}))


class HowForm(forms.Form):
    """How it went, in the owner's own words."""

    DONE, NOT_YET = "done", "not_yet"

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    how = forms.ChoiceField(
        label=_("How did it go?"),
        widget=forms.RadioSelect,
        choices=[(DONE, _("It is done")), (NOT_YET, _("Not yet, or something is in the way"))],
    )
    words = forms.CharField(
        label=_("Tell us a little"),
        max_length=STORY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Short is fine."),
    )


class ProofFileForm(FileForm):
    """One picture or paper that shows how it went."""


class SendFileForm(forms.Form):
    """What goes with it, once it was shown back."""

    words = forms.CharField(label=_("Tell us a little"), max_length=STORY, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class MoreTimeForm(forms.Form):
    """A later day for a promise, and why."""

    due_on = forms.DateField(label=_("The new day"), widget=DayInput())
    words = forms.CharField(label=_("Why it needs more time"), max_length=STORY, widget=forms.Textarea(attrs={"rows": 2}), help_text=FOR_THE_TEAM)


STEPS = {
    "keep": _("Mark done"),
    "verify": _("Check it"),
    "partly": _("Done in part"),
    "talk": _("We talked about it"),
    "miss": _("Needs a talk"),
    "waive": _("No longer asked for"),
}
"""What the team can do with a promise, by the name of the action."""


class StepForm(forms.Form):
    step = forms.ChoiceField(choices=list(STEPS.items()), error_messages={"required": _("Please choose what happened.")})
    words = forms.CharField(label=_("A note for the team"), max_length=STORY, required=False, widget=forms.Textarea(attrs={"rows": 2}))
