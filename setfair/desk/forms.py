from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from setfair.accounts.models import User
from setfair.cases.queries import coordinated, coordinators_of
from setfair.letters.actions import Address
from setfair.preparation.models import Recipient
from setfair.programmes.forms.facts import quiet, zones
from setfair.programmes.forms.words import OwnWords
from setfair.programmes.models import Membership, Programme, Role
from setfair.programmes.quiet import says_what_it_is_about


class NewProgrammeForm(forms.Form):
    """What a programme is founded with."""

    kind = forms.ChoiceField(label=_("What do you run?"), choices=Programme.Kind, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name of the programme"), max_length=80)
    short_name = forms.CharField(
        label=_("Neutral name"),
        max_length=40,
        help_text=_("Stands in messages, on tabs and on lock screens. It must not say what it is about."),
    )
    address = forms.SlugField(
        label=_("Address of your public page"), max_length=40, required=False,
        help_text=_("Small letters and dashes. Leave it empty, and it is made of the neutral name. It cannot be changed later."),
        error_messages={"invalid": _("Please use letters, numbers and dashes only.")},
    )  # fmt: skip
    zone = forms.ChoiceField(label=_("Time zone"), choices=zones, initial="America/New_York")
    language = forms.ChoiceField(label=_("First language"), choices=settings.LANGUAGES, initial="en")

    def clean_short_name(self) -> str:
        return quiet(self.cleaned_data["short_name"])

    def clean_address(self) -> str:
        given = self.cleaned_data["address"].lower()
        if says_what_it_is_about(given):
            raise forms.ValidationError(
                _("Browsers keep this address, and it says what it is about. Please choose a quieter one, such as “room-12”.")
            )
        return given


class BeginForm(NewProgrammeForm):
    """The first administrator and their programme, in one act: there is no moment with one and without the other."""

    your_name = forms.CharField(label=_("Your name"), max_length=80)
    email = forms.EmailField(label=_("Your e-mail"), max_length=254)
    password = forms.CharField(
        label=_("A password"), max_length=128, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 15 signs. Four or five words in a row are easy to keep."),
    )  # fmt: skip
    field_order = ("your_name", "email", "password")

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        try:
            password_validation.validate_password(said.get("password", ""), User(email=said.get("email", ""), name=said.get("your_name", "")))
        except forms.ValidationError as weak:
            self.add_error("password", weak)
        return said


class LeavingForm(forms.Form):
    """Who takes on what a coordinator leaves behind; `count` says how many cases that are."""

    NOBODY = "nobody"
    to = forms.ChoiceField(label=_("Who takes it on?"))

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = coordinated(membership.user).count() if membership.role == Role.COORDINATOR and membership.ended_at is None else 0
        self.others = {str(user.pk): user for user in coordinators_of(membership.programme_id).exclude(pk=membership.user_id)}
        named = [(key, user.name) for key, user in self.others.items()]
        self.fields["to"].choices = [("", _("Choose")), *named, (self.NOBODY, _("Nobody yet: it stands on Today of everyone who coordinates"))]

    def successor(self) -> User | None:
        return self.others.get(self.cleaned_data.get("to", "")) if self.count else None


class OtherWayForm(forms.Form):
    """Over which of a reader's other safe ways a letter goes now. The form knows which; only the server knows where to."""

    way = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, ways: list[Address], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {way.channel: way for way in ways}
        self.fields["way"].choices = [(channel, channel) for channel in self.known]

    def address(self) -> Address:
        return self.known[self.cleaned_data["way"]]


class SentenceForm(OwnWords):
    """What people are asked to say yes to, in the programme's own words."""

    sentence = forms.CharField(label=_("Words"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, data: Any = None, *, key: str) -> None:
        super().__init__(data)
        self.key = key
        self.remember()

    @classmethod
    def of(cls, language: str, key: str) -> SentenceForm:
        form = cls(key=key)
        form.start_from(language)
        return form

    def keys(self) -> dict[str, str]:
        return {"sentence": self.key}


class OfficeForm(forms.Form):
    name = forms.CharField(label=_("Name of the office"), max_length=80, help_text=_("The office as everyone knows it, and no person."))
    purpose = forms.ChoiceField(label=_("What for?"), choices=Recipient.Purpose.choices, widget=forms.RadioSelect)
