"""In which language a promise is written, and in which each of the circle reads."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation

from setfair.cases.models import Participation
from setfair.programmes.speaking import spoken
from setfair.referrals.tongue import named

from .models import Item

__all__ = ["KNOWN", "named", "now", "read_by", "runs", "written_in"]

KNOWN = [code for code, _name in settings.LANGUAGES]
"""Into which a promise is put: those in which our pages are read."""


def now() -> str:
    """The language of whoever reads at this moment."""
    return (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]


def read_by(person: Participation) -> str:
    """In which language this person is written to."""
    return spoken(person.person.language)


def written_in(item: Item) -> str:
    """One that says nothing of it was written in the programme's language."""
    return item.language or item.programme.language


def runs(language: str) -> str:
    """Which way its words run, as HTML says it."""
    return "rtl" if language in settings.LANGUAGES_BIDI else "ltr"
