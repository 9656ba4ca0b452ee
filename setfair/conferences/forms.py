from __future__ import annotations

from functools import partial
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.access.forms import QUIET
from setfair.cases.models import Case, Participation
from setfair.cases.queries import here
from setfair.programmes.own_reasons import listed
from setfair.programmes.reasons import Step
from setfair.scheduling.queries import when_words
from setfair.ui.forms import SortedRadios

from . import queries, questions
from .journey import Stage
from .models import LONGEST_HEADING, Conference, Debrief, Heading, QuestionMark
from .questions import Question

LONGEST = 5_000


class TurnForm(forms.Form):
    page = forms.IntegerField(min_value=1, max_value=1000)


class BeginForm(forms.Form):
    """Begin; on a day that was not booked only if whoever presses has said that they mean today."""

    another_day = forms.BooleanField(required=False)

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conference = conference

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("another_day") and queries.is_another_day(self.conference) and self.conference.stage == Stage.PLANNED:
            when = when_words(self.conference.booking, self.conference.programme)
            raise forms.ValidationError(_("Do you want to begin now all the same? It is booked for another day: %(when)s") % {"when": when})
        return said


class EndingForm(forms.Form):
    """Why it stops: of the list, for the team."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why do you stop?"), choices=partial(listed, Step.STOP), widget=SortedRadios,
        help_text=gettext_lazy("Nobody in the circle has to say why. Only the team reads this."),
    )  # fmt: skip


class DebriefForm(forms.Form):
    """Three questions. Only the first has to be answered, with one press."""

    NOBODY, ANOTHER = "no", "another"

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    how = forms.ChoiceField(label=gettext_lazy("How are you?"), choices=Debrief.How.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("In your own words"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only whoever supervises reads this and the answer above."),
    )  # fmt: skip
    pass_on = forms.CharField(
        label=gettext_lazy("Is there anything to pass on?"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Those who run this case read it, as a note."),
    )  # fmt: skip
    worried = forms.ChoiceField(
        label=gettext_lazy("Are you worried about anyone?"), widget=forms.RadioSelect, initial=NOBODY,
        help_text=gettext_lazy("If you choose somebody, whoever looks after safety is told at once."),
    )  # fmt: skip
    worry = forms.CharField(
        label=gettext_lazy("What worries you?"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, initial={"form_key": uuid4()}, **kwargs)
        self.people = {str(p.pk): p for p in people}
        named = [(key, p.person.first) for key, p in self.people.items()]
        self.fields["worried"].choices = [(self.NOBODY, _("No")), *named, (self.ANOTHER, _("Somebody else"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("worry", "").strip() and said.get("worried") == self.NOBODY:
            self.add_error("worried", _("Please choose whom you worry about, so that it reaches the right person."))
        return said

    def said(self) -> dict[str, Any]:
        """For `actions.debrief`."""
        whom = self.cleaned_data["worried"]
        return self.cleaned_data | {"worried": whom != self.NOBODY, "whom": self.people.get(whom)}


class ArrivalForm(forms.Form):
    """Who, of this circle, and whether they came; or, asked at the door, do not want to any more."""

    participation = forms.ModelChoiceField(queryset=Participation.objects.none())
    came = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no"), ("unwilling", "unwilling")])

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participation"].queryset = here(case)  # type: ignore[attr-defined]


class OrderForm(forms.Form):
    """Who of this circle changes their place in the order of talk."""

    participation = forms.ModelChoiceField(queryset=Participation.objects.none())
    where = forms.ChoiceField(choices=[(where, where) for where in ("up", "down", "first", "last")])

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participation"].queryset = here(case)  # type: ignore[attr-defined]


class VoiceForm(forms.Form):
    """Whose turn it is now, or who passes: each is a button of its own."""

    speaks = forms.ModelChoiceField(queryset=Participation.objects.none(), required=False)
    passed = forms.ModelChoiceField(queryset=Participation.objects.none(), required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("speaks", "passed"):
            self.fields[name].queryset = here(case)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not (said.get("speaks") or said.get("passed")):
            raise forms.ValidationError(_("Please choose somebody of this meeting."))
        return said

    def turn(self) -> tuple[Participation, str]:
        what = next(name for name in ("speaks", "passed") if self.cleaned_data[name])
        return self.cleaned_data[what], what


class HeadingForm(forms.Form):
    """A few words, what they are and whose. There is no field for more."""

    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=Heading.Kind.choices, widget=forms.RadioSelect)
    whose = forms.ChoiceField(label=gettext_lazy("Whose is it?"))
    words = forms.CharField(
        label=gettext_lazy("In a few words"), max_length=LONGEST_HEADING, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("A heading, never what somebody said. Everyone reads it at the end of the sharing."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(p.pk): p for p in people}
        whole = [(str(whose), whose.label) for whose in (Heading.Whose.ALL, Heading.Whose.COMMUNITY)]
        named = [(key, p.person.first) for key, p in self.people.items()]
        self.fields["whose"].choices = [("", _("Choose")), *named, *whole]  # type: ignore[attr-defined]

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if len(words.encode()) > 3 * LONGEST_HEADING:
            raise forms.ValidationError(_("Please use fewer words."))
        return words

    def heading(self) -> dict[str, Any]:
        """For `actions.note_heading`."""
        whose = self.cleaned_data["whose"]
        person = self.people.get(whose)
        return self.cleaned_data | {"whose": Heading.Whose.ONE if person else whose, "participation": person}


class HeadingBackForm(forms.Form):
    """Which heading of this circle is taken off."""

    heading = forms.ModelChoiceField(queryset=Heading.objects.none())

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        headings = Heading.objects.filter(conference=conference).select_related("conference", "case")
        self.fields["heading"].queryset = headings  # type: ignore[attr-defined]


class QuestionForm(forms.Form):
    """Which prepared question of those who are here, and what became of it: each press is both, `<words>:<line>:<what>`."""

    mark = forms.CharField(max_length=60)

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conference = conference

    def clean_mark(self) -> tuple[Question, str]:
        key, _colon, what = self.cleaned_data["mark"].rpartition(":")
        marks = queries.came(self.conference)
        people = [p for p in here(self.conference.case).select_related("person") if marks.get(p.pk) is not False]
        found = next((one for one in questions.prepared(self.conference, people) if one.key == key), None)
        if found is None or what not in QuestionMark.What.values:
            raise forms.ValidationError(_("This question is not here any more."))
        return found, what

    def marked(self) -> tuple[Question, str]:
        found: tuple[Question, str] = self.cleaned_data["mark"]
        return found


class RoomForm(forms.Form):
    """The code that the team shows; the same answer for a wrong one, for one that was put away, and for too many tries."""

    code = forms.CharField(
        label=gettext_lazy("What is the code of the room?"), max_length=40, widget=forms.TextInput(attrs=QUIET),
        help_text=gettext_lazy("The team shows it to you: 6 letters and numbers."),
        error_messages={"required": gettext_lazy("Please type the code.")},
    )  # fmt: skip

    def is_not_known(self) -> None:
        self.add_error("code", _("This code does not open anything now. Check each letter, or ask the team."))
