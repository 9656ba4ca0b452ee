from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.ui.forms import DayInput

from .asked import How, Wants, Why
from .endings import BOUNDS, Group

WHY = {"max_length": 2000, "widget": forms.Textarea(attrs={"rows": 3})}


class RulesForm(forms.Form):
    """Days for each group, between the fewest and the most that anyone may choose. `sure` says that what would go soon was shown."""

    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: dict[Group, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        since = {Group.STRAY: _("Days after it came, from %(fewest)d to %(most)d.")}
        for group, (fewest, most) in BOUNDS.items():
            self.fields[group.value] = forms.IntegerField(
                label=group.label, initial=now[group], min_value=fewest, max_value=most,
                help_text=since.get(group, _("Days after the end, from %(fewest)d to %(most)d.")) % {"fewest": fewest, "most": most},
            )  # fmt: skip

    @property
    def numbers(self) -> list[Any]:
        return [self[group.value] for group in BOUNDS]

    def days(self) -> dict[Group, int]:
        return {group: self.cleaned_data[group.value] for group in BOUNDS}


class LongerForm(forms.Form):
    until = forms.DateField(label=_("Until when?"), widget=DayInput)
    reason = forms.CharField(label=_("Why is it kept longer?"), help_text=_("It is forgotten with the rest."), **WHY)


class HoldForm(forms.Form):
    """A number is all it takes: whoever places the hold need not be able to open it."""

    number = forms.CharField(label=_("Number of the case or request"), max_length=12, help_text=_("For example C-0012 or R-118."))
    reason = forms.CharField(label=_("Why is it held?"), help_text=_("Who asked for it, and for what. Only you and the supervisor read it."), **WHY)
    look_on = forms.DateField(label=_("Look at it again on"), widget=DayInput, required=False, help_text=_("Within 90 days. Empty means in 90 days."))


class HeldForm(forms.Form):
    """Which hold, of those on the page."""

    hold = forms.UUIDField(widget=forms.HiddenInput)


class AskingForm(forms.Form):
    """What somebody wants to have done with what is kept about them."""

    wants = forms.ChoiceField(
        label=_("What do they ask for?"), choices=Wants.choices, widget=forms.RadioSelect, error_messages={"required": _("Please choose one.")}
    )


class AnswerForm(forms.Form):
    """One of the answers that are true now, with its reason. `seen` is the mark of the copy on the page: `answer` hands over only that one."""

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    answer = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect)
    spoken = forms.BooleanField(
        label=_("I confirmed with them on a way I know that it was them"), required=False,
        help_text=_("It was asked on their own page. Somebody else may have had their link."),
    )  # fmt: skip

    def __init__(self, *args: Any, answers: list[tuple[How, Why]], needs_a_word: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_a_word:
            del self.fields["spoken"]
        self.fields["answer"].choices = [(f"{how}.{why}", f"{how.label}: {why.label}") for how, why in answers]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        how, _dot, why = self.cleaned_data["answer"].partition(".")
        return {"how": how, "why": why, "spoken": self.cleaned_data.get("spoken", False), "seen": self.cleaned_data["seen"]}
