"""What people fill in about an agreement."""

from __future__ import annotations

from .checking import CheckForm
from .concluding import ResultForm
from .fitting import Asked, FitForm
from .following import STEPS, AskAgainForm, HandOnForm, HowForm, KindWordForm, MoreTimeForm, ProofFileForm, SendFileForm, StepForm
from .signing import (
    DIGITS,
    FOR_THE_TEAM,
    RUNS,
    ChosenNumberForm,
    ConcernForm,
    HeardForm,
    LaterForm,
    LetForm,
    NoForm,
    NumberForm,
    PaperForm,
    RemarkForm,
    RestForm,
    SaidForm,
    ScanForm,
    SignForm,
    TabletForm,
    Unsaid,
    VersionForm,
    WhichForm,
)
from .spelling import BackForm, SpellingForm
from .translating import TranslationForm
from .writing import STORY, FirstForm, PromiseForm, words_of

__all__ = [
    "AskAgainForm",
    "Asked",
    "BackForm",
    "CheckForm",
    "ChosenNumberForm",
    "ConcernForm",
    "DIGITS",
    "FOR_THE_TEAM",
    "FirstForm",
    "FitForm",
    "HandOnForm",
    "HeardForm",
    "HowForm",
    "KindWordForm",
    "LaterForm",
    "LetForm",
    "MoreTimeForm",
    "NoForm",
    "NumberForm",
    "PaperForm",
    "PromiseForm",
    "ProofFileForm",
    "RUNS",
    "RemarkForm",
    "RestForm",
    "ResultForm",
    "STEPS",
    "STORY",
    "ScanForm",
    "SendFileForm",
    "SaidForm",
    "SignForm",
    "SpellingForm",
    "StepForm",
    "TabletForm",
    "TranslationForm",
    "Unsaid",
    "VersionForm",
    "WhichForm",
    "words_of",
]
