from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from setfair.accounts.models import User
from setfair.programmes.matters import NONE, Matter
from setfair.programmes.models import Membership, Programme
from setfair.programmes.own_reasons import listed
from setfair.programmes.reasons import Step
from setfair.ui.forms import SortedRadios

from ..models import CHECKS, KeptOut, Looked, Referral, Reply
from .asking import Access, Name, Others, Reach, Safe, Story, When, Who, Wish
from .step import area, choice, day

TO_THE_TEAM = {
    "source": _("Who asks?"),
    "asker": _("Their name"),
    "for_whom": _("For whom, if not for themselves"),
    "wish": _("What they would like"),
    "others_know": _("Do the others know?"),
    "safety_worry": _("They are worried that someone could get hurt"),
    "none": _("They do not want to be contacted, and come back with their code"),
}


class Accept(forms.Form):
    """What was found about each check, with nothing chosen beforehand; one that is left open takes a note."""

    use_required_attribute = False
    note = forms.CharField(max_length=5000, required=False, label=_("Note for the team"), widget=area(3))

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {*programme.matters_blocked, *programme.matters_specialist}
        if asked:
            kinds = [(one.value, one.label) for one in Matter if one.value in asked]
            self.fields["matters"] = forms.MultipleChoiceField(
                label=_("Is it one of these?"), choices=[*kinds, (NONE, _("none of these"))], widget=forms.CheckboxSelectMultiple
            )
        for code, words in CHECKS:
            self.fields[code] = choice(Looked.choices, capfirst(words))

    def looked_at(self) -> list[forms.BoundField]:
        return [self[code] for code, _words in CHECKS]

    def answers(self) -> dict[str, Any]:
        """What `actions.accept` takes."""
        said = self.cleaned_data
        return {"checks": {code: said[code] for code, _words in CHECKS if said[code]}, "note": said["note"], "matters": said.get("matters", [])}


class Decline(forms.Form):
    use_required_attribute = False
    reason = forms.ChoiceField(
        label=_("Why it is not going ahead"),
        choices=partial(listed, Step.NO),
        widget=SortedRadios,
        help_text=_("Only the team sees this. Whoever asked reads: not going ahead."),
        error_messages={"required": _("Please choose a reason. Only the team sees it.")},
    )
    note = forms.CharField(max_length=5000, required=False, label=_("Note for the team"), widget=area(3))


class Rest(forms.Form):
    use_required_attribute = False
    reason = forms.ChoiceField(
        label=_("Why does it wait?"),
        choices=partial(listed, Step.REST),
        widget=SortedRadios,
        help_text=_("Only the team sees this. Whoever asked reads the day."),
        error_messages={"required": _("Please choose why it waits. Only the team sees it.")},
    )
    look_on = day(_("When do we look again?"), required=True)


class Told(forms.Form):
    use_required_attribute = False
    how = choice(Reply.How.choices, _("Have you told them?"), required=True, error_messages={"required": _("Please choose one of the answers.")})


class Clear(forms.Form):
    use_required_attribute = False
    reason = forms.CharField(max_length=5000, label=_("Why can it go on?"), widget=area(3))


class Apart(forms.Form):
    """Somebody of the team, and why this is not for them."""

    use_required_attribute = False
    user = forms.ModelChoiceField(User.objects.none(), label=_("Who"), empty_label=_("Choose somebody"))
    why = forms.ChoiceField(choices=KeptOut.Why.choices, label=_("Why"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Membership.objects.filter(ended_at__isnull=True, user__is_active=True)
        self.fields["user"].queryset = User.objects.filter(pk__in=here.values("user_id")).order_by("name", "pk")


class Entry(Access, Reach, Safe, Others, When, Story, Name, Who, Wish):
    """All questions on one page, for a member of the team who types in a paper slip or what somebody said."""

    slug = "entry"
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    people = forms.CharField(
        max_length=4000,
        required=False,
        label=_("Who was part of it"),
        help_text=_("One person a line: a name, or a few words."),
        widget=area(4),
    )
    deadline = day(_("Deadline, if there is one"))

    def adapt(self) -> None:
        """The same questions, as they are put to the team; every source can be chosen, and nobody is known yet."""
        self.fields["source"].choices = [(code, capfirst(words)) for code, words in Referral.Source.choices if self._may_be(code)]
        for name, label in TO_THE_TEAM.items():
            self.fields[name].label, self.fields[name].help_text = label, ""

    def _may_be(self, source: str) -> bool:
        """Whether such a one can ask here at all."""
        if source in Referral.PROFESSIONAL:
            return self.programme.takes_professional_referrals
        return self.programme.kind == Programme.Kind.SCHOOL or source not in Referral.OF_A_SCHOOL

    def clean_deadline(self) -> Any:
        by = self.cleaned_data["deadline"]
        if by and by < self.today():
            raise forms.ValidationError(_("That day has passed. Please give a day that is still to come, or leave it out."))
        return by

    def answers(self) -> dict[str, Any]:
        said = super().answers()
        said["people"] = [{"name": line.strip()[:120], "role": ""} for line in said["people"].splitlines() if line.strip()]
        return said
