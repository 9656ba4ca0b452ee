"""What a page needs to know of a Django form field in order to draw it."""

from datetime import date

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

KINDS = [
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "ticks"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "tick"),
    (forms.SelectMultiple, "select"),
    (forms.Select, "select"),
    (forms.Textarea, "area"),
    (forms.FileInput, "file"),
    (forms.MultiWidget, "group"),
]


LEFT_EMPTY = (
    (forms.Field, _("Please fill this in.")),
    (forms.ChoiceField, _("Please choose one.")),
    (forms.MultipleChoiceField, _("Please choose at least one.")),
    (forms.BooleanField, _("Please tick this.")),
)


def say_kindly() -> None:
    """From now on a field left empty says what to do; a form that knows better words says them itself."""
    for kind, words in LEFT_EMPTY:
        kind.default_error_messages = {**getattr(kind, "default_error_messages", {}), "required": words}


def kind_of(field: BoundField) -> str:
    """One word for the shape a field takes: hidden, ticks, radios, tick, select, area, file, group or text."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    return next((kind for widget_class, kind in KINDS if isinstance(widget, widget_class)), "text")


def anchor_of(field: BoundField) -> str:
    """The id an error link jumps to: the control itself, or the first choice of a group."""
    if kind_of(field) in ("radios", "ticks", "group"):
        return f"{field.auto_id}_0"
    return field.id_for_label


def described_by(field: BoundField, *parts: str) -> str:
    """The ids of those of `parts` ("helptext", "why", "error") that stand on the page, in reading order."""
    return " ".join(f"{field.auto_id}_{part}" for part in parts if part)


class DayInput(forms.DateInput):
    """The browser's own date picker, which can also be typed into."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """The browser's own time picker, to the minute."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class BirthDateWidget(forms.MultiWidget):
    """Three plain boxes: nobody should have to scroll a calendar back to the year they were born."""

    use_fieldset = True
    template_name = "ui/birth_date.html"

    def __init__(self, attrs=None):
        box = {"inputmode": "numeric", "pattern": "[0-9]*"}
        super().__init__(
            {
                "day": forms.TextInput({**box, "maxlength": 2, "autocomplete": "off", "data-fills": "bday-day"}),
                "month": forms.TextInput({**box, "maxlength": 2, "autocomplete": "off", "data-fills": "bday-month"}),
                "year": forms.TextInput({**box, "maxlength": 4, "autocomplete": "off", "data-fills": "bday-year"}),
            },
            attrs,
        )

    def decompress(self, value):
        return [value.day, value.month, value.year] if value else [None, None, None]


class BirthDateField(forms.MultiValueField):
    """A day, a month and a year, typed; answers with a date or says which part to look at again."""

    widget = BirthDateWidget

    def __init__(self, **kwargs):
        whole = {"invalid": _("Use numbers only, for example 27 3 2011.")}
        parts = [
            forms.IntegerField(min_value=1, max_value=31, error_messages=whole),
            forms.IntegerField(min_value=1, max_value=12, error_messages=whole),
            forms.IntegerField(min_value=1900, error_messages=whole),
        ]
        super().__init__(fields=parts, **kwargs)

    def compress(self, data_list):
        if not data_list:
            return None
        day, month, year = data_list
        try:
            return date(year, month, day)
        except ValueError as wrong:
            raise forms.ValidationError(_("That date is not in the calendar. Please check it.")) from wrong
