from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.preparation.models import Recipient
from setfair.programmes.own_reasons import listed
from setfair.programmes.reasons import Step
from setfair.ui.forms import DayInput, SortedRadios

from .actions import BY_THE_TEAM
from .home import CHOICES
from .models import News, NewsWish


class TellForm(forms.Form):
    """How somebody was told, on which day, and in which words they read it."""

    way = forms.ChoiceField(label=_("How"), choices=News.Way.choices, widget=forms.RadioSelect)
    told_on = forms.DateField(label=_("On which day"), widget=DayInput(), initial=timezone.localdate)
    words = forms.CharField(
        label=_("What was said that they may hear"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("They read it in these words. Only what those who said it let you pass on, and nobody's name without their yes."),
    )  # fmt: skip


class OneNewsForm(TellForm):
    """For one person: the words stand there as a draft, and only ways that fit what they want to hear."""

    def __init__(self, *args: Any, wish: NewsWish | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = wish is not None and wish.choice == NewsWish.Choice.NONE
        left_out = {News.Way.LETTER, News.Way.PAGE} if none else {News.Way.NOT_WANTED} if wish is not None else set()
        self.fields["way"].choices = [(code, label) for code, label in News.Way.choices if code not in left_out]  # type: ignore[attr-defined]


class NewsForm(TellForm):
    """Who was told, how, and on which day."""

    participation = forms.ChoiceField(label=_("Who was told"), widget=forms.RadioSelect)

    field_order = ("participation", "way", "told_on", "words")

    def __init__(self, *args: Any, harmed: list[Participation], absent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not absent:
            del self.fields["words"]
            self.fields["way"].choices = [(code, label) for code, label in News.Way.choices if code != News.Way.PAGE]  # type: ignore[attr-defined]
        self.harmed = {str(p.pk): p for p in harmed}
        self.fields["participation"].choices = [(key, p.person.shown) for key, p in self.harmed.items()]  # type: ignore[attr-defined]

    def news(self) -> dict[str, Any]:
        said = self.cleaned_data
        return said | {"participation": self.harmed[said["participation"]]}


class WishForm(forms.Form):
    """On their own page: four plain choices."""

    choice = forms.ChoiceField(
        label=_("What should we tell you?"), widget=forms.RadioSelect, choices=list(CHOICES.items()),
        error_messages={"required": _("Please choose one.")},
    )  # fmt: skip


class ToldWishForm(forms.Form):
    """The same, written down by somebody of the team as they said it."""

    choice = forms.ChoiceField(
        label=_("They want to hear"), widget=forms.RadioSelect, choices=NewsWish.Choice.choices,
        error_messages={"required": _("Please choose one.")},
    )  # fmt: skip
    method = forms.ChoiceField(
        label=_("How do you know?"), widget=forms.RadioSelect, choices=[(way.value, way.label) for way in BY_THE_TEAM],
        error_messages={"required": _("Please choose one.")},
    )  # fmt: skip


class CloseForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why does it end?"),
        choices=partial(listed, Step.END),
        widget=SortedRadios,
        help_text=_("It is counted. Who ended it is told to nobody."),
        error_messages={"required": _("Please choose a reason.")},
    )
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @property
    def reason_words(self) -> str:
        said = self.cleaned_data["reason"]
        return next(words for _group, reasons in listed(Step.END) for code, words in reasons if code == said)


class ReportForm(forms.Form):
    """Which office, and the one answer that is not read from the case."""

    office = forms.ModelChoiceField(label=_("Which office?"), queryset=Recipient.objects.none(), empty_label=_("Choose"))
    further = forms.TypedChoiceField(
        label=_("Is further contact advised?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, offices: QuerySet[Recipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices
