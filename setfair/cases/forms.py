from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.accounts.models import User
from setfair.facilitators.models import Facilitator
from setfair.programmes.own_reasons import listed
from setfair.programmes.reasons import Step
from setfair.ui.forms import DayInput, SortedRadios

from .models import Assignment, EmergencyReview, Exclusion, Route, Seal
from .route import TOLD, How


class AssignForm(forms.Form):
    facilitator = forms.ModelChoiceField(label=_("Who"), queryset=Facilitator.objects.none(), empty_label=_("Choose"))
    part = forms.ChoiceField(label=_("As"), choices=Assignment.Part.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, team: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facilitator"].queryset = team


class _Named(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class _EachNamed(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class HandOverForm(forms.Form):
    to = _Named(label=_("Who takes it on?"), queryset=User.objects.none(), empty_label=_("Choose"))

    def __init__(self, *args: Any, coordinators: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = coordinators


class KeepOutForm(forms.Form):
    user = _Named(label=_("Who"), queryset=User.objects.none(), empty_label=_("Choose"))
    why = forms.ChoiceField(label=_("Why?"), choices=Exclusion.Why.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = staff


class SealForm(forms.Form):
    why = forms.ChoiceField(label=_("Why is it sealed?"), choices=Seal.Why.choices, widget=forms.RadioSelect)
    team = _EachNamed(
        label=_("Who may find it"),
        help_text=_(
            "Everyone else finds it no more, whatever their role. Name a supervisor too: what is written past those who run it goes to them,"
            " and else to an administrator whom you did not name."
        ),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = staff


class NameForm(forms.Form):
    user = _Named(label=_("Who else"), queryset=User.objects.none(), empty_label=_("Choose"))

    def __init__(self, *args: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = staff


class EmergencyForm(forms.Form):
    reference = forms.CharField(
        label=_("The reference of the case"), max_length=12, help_text=_("As you were told it, for example C-0042. It cannot be searched for.")
    )
    reason = forms.CharField(
        label=_("Why must you read it now?"),
        help_text=_("One sentence, without names. Whoever looks at this afterwards reads it."),
        min_length=20,
        max_length=1_000,
        widget=forms.Textarea,
    )


class EmergencyReviewForm(forms.Form):
    found = forms.ChoiceField(label=_("What do you find?"), choices=EmergencyReview._meta.get_field("found").flatchoices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("Why?"), max_length=1_000, widget=forms.Textarea)


class HoldForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why does it rest?"), choices=partial(listed, Step.REST), widget=SortedRadios)
    look_on = forms.DateField(label=_("When do we look again?"), help_text=_("On that day it stands on Today."), widget=DayInput)


class RouteForm(forms.Form):
    """How a case is done. Each way stands alike, with what it asks of people."""

    how = forms.ChoiceField(label=_("How is it done?"), choices=How.choices, widget=forms.RadioSelect)
    why = forms.ChoiceField(label=_("Why?"), choices=Route.Why.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In a few words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only those who run this case read it."),
    )  # fmt: skip
    look_on = forms.DateField(label=_("If later: when do you look again?"), required=False, widget=DayInput)

    def ways(self) -> list[tuple[Any, Any]]:
        """Each way as it is chosen, with its two sentences."""
        return [(option, TOLD[How(option.data["value"])]) for option in self["how"]]
