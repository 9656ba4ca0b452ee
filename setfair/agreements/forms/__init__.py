"""What people fill in about an agreement."""

from __future__ import annotations

from .fitting import Asked, FitForm
from .following import STEPS, HowForm, MoreTimeForm, ProofFileForm, SendFileForm, StepForm
from .signing import DIGITS, FOR_THE_TEAM, RUNS, ChosenNumberForm, ConcernForm, NumberForm, PaperForm, SignForm, TabletForm, Unsaid
from .writing import STORY, FirstForm, PromiseForm, words_of

__all__ = [
    "Asked",
    "ChosenNumberForm",
    "ConcernForm",
    "DIGITS",
    "FOR_THE_TEAM",
    "FirstForm",
    "FitForm",
    "HowForm",
    "MoreTimeForm",
    "NumberForm",
    "PaperForm",
    "PromiseForm",
    "ProofFileForm",
    "RUNS",
    "STEPS",
    "STORY",
    "SendFileForm",
    "SignForm",
    "StepForm",
    "TabletForm",
    "Unsaid",
    "words_of",
]
