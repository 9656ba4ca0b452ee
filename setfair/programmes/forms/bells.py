from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from setfair.core.text import written_in

MOST = 200_000


class BellsForm(forms.Form):
    """The two lists, pasted in or from a file, which then stands in its field. `step` says whether they are only looked at."""

    periods = forms.CharField(
        label=_("The schedule"), max_length=MOST, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("From a spreadsheet, with these columns: schedule, day_pattern, period, start, end, kind."),
    )  # fmt: skip
    periods_file = forms.FileField(label=_("Or a file with it"), required=False, widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}))
    days = forms.CharField(
        label=_("Other days"), max_length=MOST, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("With these columns: date, schedule. An early closing, an assembly."),
    )  # fmt: skip
    days_file = forms.FileField(label=_("Or a file with them"), required=False, widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}))
    step = forms.ChoiceField(choices=[("look", "look"), ("use", "use")], required=False, widget=forms.HiddenInput)

    def clean_periods_file(self) -> None:
        self._take("periods")

    def clean_days_file(self) -> None:
        self._take("days")

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["step"] = "look" if self.files else self.cleaned_data.get("step") or "look"
        if not self.cleaned_data.get("periods") and not self.errors:
            self.add_error("periods", _("Please paste the schedule or choose a file with it."))
        return self.cleaned_data

    def _take(self, name: str) -> None:
        """The words of the file take the place of what stood in the field: what is looked through is what is sent back and used."""
        sent: UploadedFile | None = self.cleaned_data.pop(f"{name}_file")
        if sent is None:
            return
        text = written_in(sent.read(MOST + 1)) if (sent.size or 0) <= MOST else None
        if text is None:
            raise forms.ValidationError(_("This file cannot be read. Please save the list as CSV and choose that file."))
        self.cleaned_data[name] = text
        self.data = self.data.copy()
        self.data[name] = text
