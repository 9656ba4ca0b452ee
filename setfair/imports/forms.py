from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from setfair.access.limits import allow
from setfair.core.actor import Actor
from setfair.core.apart import by_a_child
from setfair.core.bounds import NotTaken
from setfair.files.examined import MOST
from setfair.files.scanner import Verdict, verdict

from . import queries, words
from .kinds import OTHERWISE, fields_of
from .kinds.fields import NOTHING, guess_days
from .models import Table
from .unknown import Word

READER = "setfair.imports.reading.child"
TRIES = 30
ACCEPTED = ".csv,.txt,.tsv,.xlsx,text/csv"
COLUMN = "column_"


class FileForm(forms.Form):
    """The file itself. What comes out of `file` is its rows; nothing else of it is kept."""

    file = forms.FileField(
        label=_("Your list"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("CSV or Excel (.xlsx). 10 MB is the most."),
    )

    def __init__(self, *args: Any, kind: str, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.by = kind, by

    def clean_file(self) -> list[tuple[int, list[str]]]:
        sent: UploadedFile = self.cleaned_data["file"]
        try:
            if (sent.size or 0) > MOST:
                raise NotTaken("too_large")
            if not allow(f"list:{self.by.id}", limit=TRIES, per=timedelta(hours=1)):
                raise NotTaken("too_often")
            return self._rows(sent.read())
        except NotTaken as refused:
            raise forms.ValidationError(words.WHY_NOT.get(refused.code, words.WHY_NOT["other_file"])) from None

    def _rows(self, data: bytes) -> list[tuple[int, list[str]]]:
        if verdict(data) == Verdict.HARMFUL:
            raise NotTaken("harmful")
        told, rows = by_a_child(READER, data)
        if told["rows"] > words.FEWER[Table.Kind(self.kind)] + 1:
            raise NotTaken("too_many_rows")
        return [_row(line) for line in rows.splitlines()]


def _row(line: bytes) -> tuple[int, list[str]]:
    number, cells = json.loads(line)
    return number, cells


class ColumnsForm(forms.Form):
    """What each column is. A heading that we know is chosen beforehand."""

    use_required_attribute = False
    has_names = forms.BooleanField(label=_("The first row holds the names of the columns"), required=False)
    days = forms.ChoiceField(label=_("How the list writes days"), choices=Table.Days.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, table: Table, columns: Sequence[queries.Column], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table, self.columns, fields = table, columns, fields_of(table.kind)
        meanings = [("", _("Leave it out")), *((name, field.label) for name, field in fields.items())]
        for column in columns:
            called = column.heading or _now("Column %(n)d") % {"n": column.place + 1}
            shown = _now("Such as: %(cells)s") % {"cells": self._shown(column)}
            self.fields[f"{COLUMN}{column.place}"] = forms.ChoiceField(
                label=called,
                choices=meanings,
                required=False,
                initial=column.guess,
                help_text=shown,
            )
        self.initial.setdefault("has_names", queries.has_headings(table))
        self.initial.setdefault("days", guess_days(cell for column in columns for cell in column.samples))
        constant = OTHERWISE.get(table.kind)
        if constant:
            self.fields["otherwise"] = forms.ChoiceField(
                label=_now("%(what)s, where a row does not say it") % {"what": fields[constant].label},
                choices=[("", _("Nothing: such a row does not come in")), *((code, capfirst(label)) for code, label in fields[constant].codes)],
                required=False,
                initial=table.otherwise,
            )

    @staticmethod
    def _shown(column: queries.Column) -> str:
        return " · ".join(Truncator(sample).chars(40) for sample in column.samples) or "–"

    def named(self) -> list[forms.BoundField]:
        return [self[f"{COLUMN}{column.place}"] for column in self.columns]

    def given(self) -> dict[str, Any]:
        """What `actions.name` takes."""
        said = self.cleaned_data
        return {
            "columns": [said[f"{COLUMN}{column.place}"] for column in self.columns],
            "headings": [column.heading for column in self.columns],
            "has_names": said["has_names"],
            "days": said["days"],
            "otherwise": said.get("otherwise", ""),
        }


class MeaningsForm(forms.Form):
    """What each word means that we do not know; of any of them nothing has to be said."""

    use_required_attribute = False
    UNSAID = "?"

    def __init__(self, *args: Any, words: Sequence[Word], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words
        for word in words:
            self.fields[word.key] = forms.ChoiceField(
                label=_now("“%(word)s”, under: %(column)s") % {"word": Truncator(word.said).chars(40), "column": word.field.label},
                choices=[(self.UNSAID, _("Not said: these rows stay out")), *_with_nothing(word)],
                initial=self.UNSAID if word.meaning is None else word.meaning,
                required=False,
            )

    def given(self) -> dict[Word, str]:
        """What `actions.mean` takes: whatever was said anew."""
        said = {word: self.cleaned_data[word.key] for word in self.words if word.key in self.data}
        return {word: code for word, code in said.items() if code not in (self.UNSAID, word.meaning)}


def _with_nothing(word: Word) -> list[tuple[str, Any]]:
    known = [(code, capfirst(label)) for code, label in word.choices]
    return known if any(code == NOTHING for code, _label in known) else [*known, (NOTHING, _("Nothing: take the cell as empty"))]


class RunForm(forms.Form):
    takes_likely = forms.BooleanField(label=_("Bring in those too that look like what is here, as something new"), required=False)
