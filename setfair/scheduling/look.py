"""What somebody wants to see on the page that finds a time: one week, another length, a day and hour to begin with by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from setfair.cases.models import Case
from setfair.programmes.models import Programme

from .queries import SHORTEST


class _LookForm(forms.Form):
    week = forms.CharField(required=False)
    minutes = forms.IntegerField(required=False, min_value=SHORTEST)
    day = forms.DateField(required=False)
    clock = forms.TimeField(required=False)


@dataclass(frozen=True)
class Look:
    """Without `minutes` it is as long as is usual."""

    week: str = ""
    minutes: int | None = None
    day: date | None = None
    clock: time | None = None

    @classmethod
    def asked(cls, given: Mapping[str, Any], programme: Programme) -> Look:
        """What makes no sense here is left aside: a length, say, that nothing may have."""
        form = _LookForm(given)
        form.is_valid()
        said = form.cleaned_data
        minutes = said.get("minutes")
        fits = minutes is not None and minutes <= programme.max_minutes
        return cls(said.get("week") or "", minutes if fits else None, said.get("day"), said.get("clock"))

    def at(self, case: Case, **other: Any) -> str:
        """The address of what is looked at, but for what is named otherwise."""
        look = replace(self, **other)
        said = {"week": look.week, "minutes": look.minutes, "day": look.day, "clock": f"{look.clock:%H:%M}" if look.clock else ""}
        asked = urlencode({name: value for name, value in said.items() if value})
        there = reverse("schedule", args=[case.ref])
        return f"{there}?{asked}" if asked else there


USUAL = Look()
