"""Forms about the people of a case: who they are, their place, whether we know them, who must not meet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from setfair.people.models import Contact, NoContact, Person

from .models import ROLE_WORDS, Case, Participation, Role
from .queries import Twin

MESSAGE = "_message"
SAID = ("name", "called", "family_first", "pronouns", "language", "birth_year", "interpreter", "needs")


class WordsForm(forms.Form):
    """What is written down about a person, whatever their place."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("One word is enough."))
    called = forms.CharField(label=_("Wants to be called"), max_length=60, required=False)
    family_first = forms.BooleanField(
        label=_("The family name comes first"), required=False, help_text=_("Then the last word of the name is used where one name is enough.")
    )
    pronouns = forms.CharField(label=_("How to speak of them"), max_length=40, required=False, help_text=_("As they say it: she, he, they."))
    address = forms.CharField(
        label=_("How to speak to them here"), max_length=60, required=False, help_text=_("For example Ms Okoye, or Coach. In this case only.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="en")
    birth_year = forms.IntegerField(label=_("Year of birth"), required=False, min_value=1900, max_value=2100)
    interpreter = forms.BooleanField(label=_("Needs an interpreter"), required=False)
    needs = forms.CharField(label=_("Access, food, seat, breaks"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    email = forms.EmailField(label=_("Email"), max_length=254, required=False)
    sms = forms.CharField(label=_("Text message"), max_length=30, required=False)
    call = forms.CharField(label=_("Phone call"), max_length=30, required=False)
    post = forms.CharField(label=_("Letter"), max_length=300, required=False)
    through = forms.CharField(
        label=_("Through someone"),
        max_length=200,
        required=False,
        help_text=_("For example the school office, a lawyer, a probation officer."),
    )

    call_message = forms.BooleanField(label=_("By phone, it is OK to leave a message"), required=False)
    email_message = forms.BooleanField(label=_("An email may say when and where to come"), required=False)
    sms_message = forms.BooleanField(label=_("A text message may say when and where to come"), required=False)
    post_message = forms.BooleanField(label=_("A letter by post may say when and where to come"), required=False)

    def described(self) -> dict[str, Any]:
        """The words about the person and how they are spoken to here, without the ways to reach them."""
        return {name: self.cleaned_data[name] for name in (*SAID, "address")}

    def contacts(self) -> dict[str, str]:
        """Every way, with its value or with nothing."""
        return {way: self.cleaned_data[way].strip() for way in Contact.Way.values}

    def messages(self) -> frozenset[str]:
        """The ways where a message may be left, or may say more than that there is one."""
        return frozenset(way for way in Contact.Way.values if self.cleaned_data.get(f"{way}{MESSAGE}"))

    def safe(self) -> list[forms.BoundField]:
        """Each way, and under it whether a message may be left there."""
        return [self[name] for way in Contact.Way.values for name in (way, f"{way}{MESSAGE}") if name in self.fields]


class PlaceForm(forms.Form):
    """What somebody is here as, whom they stand by, and whose yes counts."""

    role = forms.ChoiceField(label=_("They are here as"), choices=list(ROLE_WORDS.items()), widget=forms.RadioSelect)
    both = forms.BooleanField(
        label=_("They were hurt, and they hurt somebody too"),
        required=False,
        help_text=_("For a person harmed or responsible: one place, on both sides."),
    )
    speaks_for = forms.CharField(
        label=_("Speaks for"),
        max_length=120,
        required=False,
        help_text=_("A class, a shop or another group that was hurt as a whole."),
    )
    stands_by = forms.ChoiceField(label=_("Stands by"), required=False, help_text=_("For a support person, parent, guardian or advocate."))
    guardian_needed = forms.BooleanField(label=_("Under 18, or a parent or guardian must also agree"), required=False)
    has_authority = forms.BooleanField(
        label=_("This parent or guardian may decide for them"),
        required=False,
        help_text=_("A parent without this tick has no say: no code, no letter, no page. Somebody who only comes along is a support person."),
    )

    def __init__(self, *args: Any, circle: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circle = {str(p.pk): p for p in circle}
        self.fields["stands_by"].choices = [("", _("Nobody")), *((key, p.person.shown) for key, p in self.circle.items())]

    def placed(self) -> dict[str, Any]:
        """All that `correct_place` asks for."""
        said = self.cleaned_data
        place = {name: said[name] for name in ("role", "guardian_needed", "has_authority", "speaks_for")}
        return place | {"stands_by": self.circle.get(said["stands_by"]), "also": _other_side(said["role"]) if said["both"] else ""}


def _other_side(role: str) -> str:
    """The side across; of nobody's side no side, which the action refuses in words."""
    return str({Role.HARMED: Role.RESPONSIBLE, Role.RESPONSIBLE: Role.HARMED}.get(Role(role), Role.HARMED))


class PersonForm(PlaceForm, WordsForm):
    """Somebody new in the circle."""

    times = forms.CharField(
        label=_("Best time, in their words"), max_length=60, required=False, help_text=_("Set safe days and hours on their page afterwards.")
    )

    def place(self) -> dict[str, Any]:
        """All that `add_person` asks for."""
        return (
            self.described()
            | self.placed()
            | {"contacts": {way: value for way, value in self.contacts().items() if value}, "messages": self.messages()}
            | {"times": self.cleaned_data["times"]}
        )


class TwinForm(forms.Form):
    """Is this somebody we know already? Without anybody who may be, nothing is asked."""

    NEW = "new"
    same = forms.ChoiceField(label=_("Is this the same person?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, twins: list[Twin], case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.twins = {str(twin.person.pk): twin.person for twin in twins}
        named = [(str(twin.person.pk), _known_from(twin, case)) for twin in twins]
        self.fields["same"].choices = [*named, (self.NEW, _("No, this is somebody else"))]

    def is_answered(self) -> bool:
        return not self.twins or self.is_valid()

    def known(self) -> Person | None:
        return self.twins.get(self.cleaned_data["same"]) if self.is_bound and self.twins else None


def _known_from(twin: Twin, case: Case) -> str:
    here = gettext("this case")
    places = [f"{here if p.case_id == case.pk else p.case.ref}, {p.get_role_display()}" for p in twin.places]
    return gettext("Yes, the same as %(name)s (%(places)s)") % {"name": twin.person.shown, "places": "; ".join(places)}


def place_of(participation: Participation) -> dict[str, Any]:
    """What a form about this place starts from."""
    place = {name: getattr(participation, name) for name in ("role", "guardian_needed", "has_authority", "speaks_for")}
    return place | {"stands_by": str(participation.stands_by_id or ""), "both": bool(participation.also)}


def words_of(participation: Participation, ways: list[Contact]) -> dict[str, Any]:
    """What a form about somebody of a case starts from."""
    person = participation.person
    left = {f"{contact.way}{MESSAGE}": contact.may_leave_message for contact in ways}
    said = {name: getattr(person, name) for name in SAID} | {"address": participation.address}
    return said | {contact.way: contact.value for contact in ways} | left


class ApartForm(forms.Form):
    """Two people of one case who must not be brought together."""

    one = forms.ChoiceField(label=_("One"))
    other = forms.ChoiceField(label=_("The other"))
    by_order = forms.BooleanField(label=_("By an order of a court or school"), required=False)

    def __init__(self, *args: Any, circle: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circle = {str(p.pk): p for p in circle}
        named = [("", _("Choose")), *((key, p.person.shown) for key, p in self.circle.items())]
        self.fields["one"].choices = self.fields["other"].choices = named

    def pair(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"one": self.circle[said["one"]], "other": self.circle[said["other"]], "by_order": said["by_order"]}


class WallForm(forms.Form):
    """Which wall to take away, among those of this case."""

    wall = forms.ModelChoiceField(queryset=NoContact.objects.none())

    def __init__(self, *args: Any, walls: list[NoContact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wall"].queryset = NoContact.objects.filter(pk__in=[w.pk for w in walls])
