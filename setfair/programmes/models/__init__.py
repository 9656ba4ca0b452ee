"""What a programme is made of: its facts, its team, its week, its words. Each room by its own name."""

from .bells import BellDay, Bells, Period
from .calendar import Closure, Term, Window
from .checklist import ChecklistItem
from .devices import Device
from .library import GoodPromise
from .places import ClosedPlace, VisitHours
from .problems import Problem
from .programme import Programme
from .reasons import OwnReason, one_reason
from .rooms import Room, Travel, Venue
from .second_step import ServerWord, StepReset, Vouch
from .team import Membership, Offer, Role
from .words import Phase, Script, ScriptPage, Wording

__all__ = [
    "BellDay",
    "Bells",
    "ChecklistItem",
    "ClosedPlace",
    "Closure",
    "Device",
    "Membership",
    "Offer",
    "GoodPromise",
    "OwnReason",
    "Period",
    "Problem",
    "Phase",
    "Programme",
    "Role",
    "Room",
    "Script",
    "ScriptPage",
    "ServerWord",
    "StepReset",
    "Term",
    "Travel",
    "Venue",
    "VisitHours",
    "Vouch",
    "Window",
    "Wording",
    "one_reason",
]
