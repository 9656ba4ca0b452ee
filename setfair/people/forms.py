from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from setfair.programmes.models import Programme
from setfair.programmes.zones import by_region, city
from setfair.ui.forms import ClockInput

from .card import Card, card_of
from .models import Contact, Person

LONGEST = {Contact.Way.EMAIL: 254, Contact.Way.SMS: 30, Contact.Way.CALL: 30, Contact.Way.POST: 300, Contact.Way.THROUGH: 200}
LEFT = {
    Contact.Way.EMAIL: _("An email may say when and where to come"),
    Contact.Way.SMS: _("A text message may say when and where to come"),
    Contact.Way.CALL: _("It is OK to leave a message"),
    Contact.Way.POST: _("A letter by post may say when and where to come"),
    Contact.Way.THROUGH: _("It is OK to leave word with them"),
}


class OwnWayForm(forms.Form):
    """One way to reach somebody, as they say it themselves; an empty first line means that it is safe no more."""

    value = forms.CharField(required=False)
    may_leave_message = forms.BooleanField(required=False)
    may_say_who = forms.BooleanField(label=_("It is OK to say who is calling"), required=False)
    days = forms.TypedMultipleChoiceField(
        label=_("Safe days"), coerce=int, choices=list(WEEKDAYS.items()), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave all empty if every day is fine."),
    )  # fmt: skip
    starts = forms.TimeField(label=_("Not before"), required=False, widget=ClockInput)
    ends = forms.TimeField(label=_("Not after"), required=False, widget=ClockInput)
    also_reads = forms.CharField(
        label=_("Does somebody else read it, or pick up?"), max_length=200, required=False, help_text=_("For example: my mother, everyone at home.")
    )

    def __init__(self, *args: Any, way: str, now: Contact | None, **kwargs: Any) -> None:
        self.way, self.before = Contact.Way(way), Card() if now is None else card_of(now)
        started = {} if now is None else vars(self.before) | {"value": now.value}
        super().__init__(*args, initial=started, **kwargs)
        line: Any = self.fields["value"]
        line.label, line.max_length = self.way.label, LONGEST[self.way]
        line.widget.attrs = {"maxlength": str(LONGEST[self.way]), "autocomplete": "off"}
        self.fields["may_leave_message"].label = LEFT[self.way]
        if self.way not in (Contact.Way.CALL, Contact.Way.THROUGH):
            del self.fields["may_say_who"]
        if self.way in (Contact.Way.POST, Contact.Way.THROUGH):
            del self.fields["days"], self.fields["starts"], self.fields["ends"]

    def clean_value(self) -> str:
        given: str = self.cleaned_data["value"].strip()
        if len(given) > LONGEST[self.way]:
            raise forms.ValidationError(_("This is too long."))
        if given and self.way == Contact.Way.EMAIL:
            validate_email(given)
        if given and self.way in (Contact.Way.SMS, Contact.Way.CALL) and not any(sign.isdecimal() for sign in given):
            raise forms.ValidationError(_("Please write a number."))
        return given

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("starts") and said.get("ends") and said["ends"] <= said["starts"]:
            self.add_error("ends", _("Please choose a later hour than the one before."))
        return said

    def card(self) -> Card:
        """All that is said of it now; what the form does not ask stays as it was."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("value", "own_word", "old")}
        if "days" in said:
            said["days"] = tuple(said["days"])
        if "read_by" in said:
            said["read_by"] = tuple(sorted(UUID(key) for key in said["read_by"]))
        return Card(**vars(self.before) | said)


class OwnPageForm(OwnWayForm):
    """The same on their own page: of an old address they say whether it is safe, because somebody else may read there."""

    old = forms.ChoiceField(
        label=_("Is the old one still safe for you?"), required=False, widget=forms.RadioSelect,
        choices=[("yes", _("Yes. You may tell it that I changed something.")), ("no", _("No. Do not use it any more, and tell it nothing."))],
    )  # fmt: skip

    def __init__(self, *args: Any, now: Contact | None, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.was = str(now.value) if now else ""
        if not self.was:
            del self.fields["old"]
        self.order_fields(["value", "old"])

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("value", "") not in ("", self.was) and self.was and not said.get("old"):
            self.add_error("old", _("Please choose one."))
        return said


class WayForm(OwnWayForm):
    """The same as the team writes it down: which of the circle read there too, and through what kind of somebody it goes."""

    read_by = forms.MultipleChoiceField(
        label=_("Of this circle, who else reads it or picks up?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("No message goes where the other side can read it."),
    )  # fmt: skip
    own_word = forms.BooleanField(
        label=_("They told me themselves that messages may go there again"), required=False,
        help_text=_("Somebody there asked for no more messages. A word from a phone that others share is not theirs."),
    )  # fmt: skip
    whom = forms.ChoiceField(label=_("Through whom"), required=False, choices=[("", _("Not said")), *Contact.Whom.choices])

    def __init__(self, *args: Any, circle: Iterable[Person], was_stopped: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not was_stopped:
            del self.fields["own_word"]
        others: Any = self.fields["read_by"]
        others.choices = [(str(person.pk), person.shown) for person in circle]
        self.elsewhere = {str(key) for key in self.before.read_by} - {key for key, _name in others.choices}
        self.initial["read_by"] = [str(key) for key in self.before.read_by]
        if self.way == Contact.Way.POST or not others.choices:
            del self.fields["read_by"]
        if self.way != Contact.Way.THROUGH:
            del self.fields["whom"]

    def clean_read_by(self) -> list[str]:
        """Whoever of another circle reads there goes on reading there."""
        return [*self.cleaned_data["read_by"], *self.elsewhere]


class ReadingForm(forms.Form):
    """How to speak and write to somebody."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    interpreter = forms.BooleanField(label=_("Needs an interpreter"), required=False)
    reads_print = forms.BooleanField(label=_("Reads print"), required=False, help_text=_("If not, read it to them, or call."))


class ZoneForm(forms.Form):
    """By whose clock somebody lives. First the programme's, then every place of the world by its part of it."""

    zone = forms.ChoiceField(label=_("Which place has the same time as you?"), required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours = _("%(city)s, our time") % {"city": city(programme.zone)}
        self.fields["zone"].choices = [("", ours), *by_region()]  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    """The code that went to a new address."""

    code = forms.CharField(label=_("The code"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class SettleForm(forms.Form):
    """What somebody of the team found out about a change."""

    wish = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.ChoiceField(choices=[("take", "take"), ("drop", "drop")], widget=forms.HiddenInput)


class TimesForm(forms.Form):
    """What comes with a booked time, as its reader wants it."""

    times_as = forms.ChoiceField(
        label=_("When we have a day and a time"), widget=forms.RadioSelect, error_messages={"required": _("Please choose one.")},
        choices=[
            (Person.Times.FILE, _("Send a file for a calendar with the message.")),
            (Person.Times.PLAIN, _("Send no file for a calendar.")),
            (Person.Times.CARD, _("Send no file. Give me a small card on paper.")),
        ],
    )  # fmt: skip


class TimesToldForm(TimesForm):
    """The same as the team writes it down."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["times_as"].label = _("With the message")
        self.fields["times_as"].choices = Person.Times.choices  # type: ignore[attr-defined]
