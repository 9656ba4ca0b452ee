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

from .models import News


class NewsForm(forms.Form):
    """Who was told, how, and on which day."""

    participation = forms.ChoiceField(label=_("Who was told"), widget=forms.RadioSelect)
    way = forms.ChoiceField(label=_("How"), choices=News.Way.choices, widget=forms.RadioSelect)
    told_on = forms.DateField(label=_("On which day"), widget=DayInput(), initial=timezone.localdate)
    words = forms.CharField(
        label=_("What was said that they may hear"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("They read it in these words. Only what those who said it let you pass on, and nobody's name without their yes."),
    )  # fmt: skip

    def __init__(self, *args: Any, harmed: list[Participation], absent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not absent:
            del self.fields["words"]
            self.fields["way"].choices = [(code, label) for code, label in News.Way.choices if code != News.Way.PAGE]  # type: ignore[attr-defined]
        self.harmed = {str(p.pk): p for p in harmed}
        self.fields["participation"].choices = [(key, p.person.shown) for key, p in self.harmed.items()]

    def news(self) -> dict[str, Any]:
        said = self.cleaned_data
        return said | {"participation": self.harmed[said["participation"]]}


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
