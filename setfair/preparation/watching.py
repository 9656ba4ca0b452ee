"""The card and the forms about somebody who would only watch."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.cases.models import Participation, Role
from setfair.cases.queries import here

from .home import Card
from .models import ObserverAnswer
from .queries import answer_of, is_asked

ANSWERS = ObserverAnswer.Answer.choices


def watchers(me: Participation) -> list[Participation]:
    """Who would watch, for somebody who is asked about it, until people have met."""
    if not is_asked(me) or me.case.is_after_the_day:
        return []
    return list(here(me.case).filter(role=Role.OBSERVER).select_related("person").order_by("added_at", "id"))


def said_about(me: Participation) -> dict[Any, ObserverAnswer]:
    """Their latest answer, by whom it is about."""
    return {said.observer_id: said for said in ObserverAnswer.objects.filter(participation=me).order_by("at", "id")}


def card_of(me: Participation) -> Card | None:
    """There only while somebody would watch."""
    there = watchers(me)
    if not there:
        return None
    said = said_about(me)
    waits = [p for p in there if p.pk not in said]
    names = ", ".join(p.person.first for p in there)
    words = _("May %(names)s be there and watch? You decide.") if waits else _("You told us whether %(names)s may watch. You can change it.")
    return Card(_("Somebody who would watch"), words % {"names": names}, reverse("watch"), is_done=not waits, is_your_turn=bool(waits))


def new_place(me: Participation) -> Card | None:
    """For somebody who had another place here before, and has not answered in this one."""
    if not is_asked(me) or answer_of(me) is not None:
        return None
    before = Participation.objects.filter(case=me.case_id, person=me.person_id, left_at=me.added_at)
    return Card(_("Your place here is new"), _("You are here as somebody else now. So we ask you again.")) if before.exists() else None


class WatchForm(forms.Form):
    """One of those who would watch, and an answer."""

    observer = forms.ChoiceField(label=gettext_lazy("Who would watch?"), error_messages={"required": gettext_lazy("Please choose one.")})
    answer = forms.ChoiceField(
        label=gettext_lazy("Their answer"), choices=ANSWERS, widget=forms.RadioSelect, error_messages={"required": gettext_lazy("Please choose one.")}
    )

    def __init__(self, *args: Any, observers: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.observers = {str(p.pk): p for p in observers}
        self.fields["observer"].choices = [(key, p.person.shown) for key, p in self.observers.items()]

    def clean_observer(self) -> Participation:
        return self.observers[self.cleaned_data["observer"]]


class WatchingForm(WatchForm):
    """The same, said or on paper, written down by the team."""

    method = forms.ChoiceField(
        label=gettext_lazy("How?"),
        choices=[c for c in ObserverAnswer._meta.get_field("method").flatchoices if c[0] != "own"],
        widget=forms.RadioSelect,
    )
