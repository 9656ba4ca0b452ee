"""What is known of an order, and what somebody lives under, as whoever runs the case writes it down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.people.models import Condition, NoContact, Order
from setfair.ui.forms import ClockInput, DayInput

LONGEST = 20_000


class PaperForm(forms.Form):
    """What is known of why two people are kept apart. It counts beside the papers that are there, but for those whose place it takes."""

    wall = forms.ModelChoiceField(label=_("Who"), queryset=NoContact.objects.none(), empty_label=_("Choose"))
    kind = forms.ChoiceField(label=_("Why"), choices=[("", _("Choose")), *Order.Kind.choices])
    seen = forms.ChoiceField(label=_("How we know"), choices=[("", _("Choose")), *Order.Seen.choices])
    bars = forms.MultipleChoiceField(label=_("What it bars"), choices=Order.Bars.choices, widget=forms.CheckboxSelectMultiple)
    starts_on = forms.DateField(label=_("First day"), required=False, widget=DayInput, help_text=_("Leave it empty if it holds already."))
    until = forms.DateField(
        label=_("Last day"), required=False, widget=DayInput,
        help_text=_("When it has gone by, they are kept apart until you look and end it. Nothing opens by itself."),
    )  # fmt: skip
    words = forms.CharField(label=_("What it says"), max_length=LONGEST, required=False, widget=forms.Textarea({"rows": 3}))
    replaces = forms.ModelMultipleChoiceField(
        label=_("It takes the place of"), queryset=Order.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only if you read so there. The one before counts until the new one begins."),
    )  # fmt: skip

    def __init__(self, *args: Any, walls: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {wall["pk"]: f"{wall['one'].shown} · {wall['other'].shown}" for wall in walls}
        field: Any = self.fields["wall"]
        field.queryset = NoContact.objects.filter(pk__in=named)
        field.label_from_instance = lambda wall: named[wall.pk]
        papers = {paper.pk for wall in walls for paper in wall["papers"]}
        field = self.fields["replaces"]
        field.queryset = Order.objects.filter(pk__in=papers).order_by("at", "id")
        field.label_from_instance = lambda paper: f"{named[paper.wall_id]}: {paper.get_kind_display()}, {paper.barred}"
        if not papers:
            del self.fields["replaces"]


class ConditionForm(forms.Form):
    kind = forms.ChoiceField(label=_("What it is"), choices=[("", _("Choose")), *Condition.Kind.choices])
    seen = forms.ChoiceField(label=_("How we know"), choices=[("", _("Choose")), *Order.Seen.choices])
    bars_meeting = forms.BooleanField(label=_("No meeting may be held with them while it holds"), required=False)
    not_before = forms.TimeField(label=_("May be out from"), required=False, widget=ClockInput)
    not_after = forms.TimeField(
        label=_("May be out until"), required=False, widget=ClockInput, help_text=_("Of a curfew. A time outside cannot be booked.")
    )
    starts_on = forms.DateField(label=_("First day"), required=False, widget=DayInput, help_text=_("Leave it empty if it holds already."))
    until = forms.DateField(
        label=_("Last day"), required=False, widget=DayInput, help_text=_("When it has gone by, it still bars until you look and end it.")
    )
    words = forms.CharField(label=_("What it says"), max_length=LONGEST, required=False, widget=forms.Textarea({"rows": 3}))


class OverForm(forms.Form):
    """Which condition to end, among those of this person."""

    condition = forms.ModelChoiceField(queryset=Condition.objects.none())

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["condition"]
        field.queryset = rows
