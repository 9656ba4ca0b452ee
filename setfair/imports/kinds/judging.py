"""What is said of a row that does not come in, in the words of the screens that take the same thing by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from setfair.cases.actions.refusal import CannotChange
from setfair.core.actor import Actor
from setfair.people.actions import CannotAdd
from setfair.programmes.models import Programme
from setfair.referrals.actions import CannotAsk

from ..models import Table

Words = Mapping[str, str]


class NotSo(Exception):
    """It cannot be taken like this: for each fault the name of its field, or nothing, and a sentence."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(faults)
        self.faults = faults


class Likely(Exception):
    """Somebody or something here may be the same; the sentence says where to look."""


@dataclass(frozen=True)
class Here:
    """Who brings it in, and with which list; `mark` stands for the row. What is a trial is rolled back before anybody could see it."""

    table: Table
    by: Actor
    mark: bytes = b""
    takes_likely: bool = False
    is_trial: bool = False

    @property
    def programme(self) -> Programme:
        return self.table.programme


@dataclass(frozen=True)
class Came:
    """What a row became: the thing its journal speaks of, and how it is remembered."""

    subject: Any
    kept: dict[str, models.Model]


def accepted(form: forms.Form) -> forms.Form:
    """The form, if it takes what it was given; else `NotSo` in its own words."""
    if not form.is_valid():
        faults = [("" if name == "__all__" else name, fault) for name, all_faults in form.errors.as_data().items() for fault in all_faults]
        raise NotSo([(name, _sentence(fault)) for name, fault in faults])
    return form


def _sentence(fault: ValidationError) -> str:
    """A list cannot show what there is to choose."""
    return _("This cannot be chosen here.") if fault.code == "invalid_choice" else " ".join(fault.messages)


@contextmanager
def in_our_words() -> Iterator[None]:
    """What an action refuses is said of the row."""
    try:
        yield
    except (CannotAsk, CannotChange, CannotAdd) as reason:
        raise NotSo([("", str(reason))]) from None


def each(cell: str) -> list[str]:
    """Several names in one cell: one a line, or with a semicolon between them."""
    return [name for part in cell.splitlines() for name in (one.strip() for one in part.split(";")) if name]
