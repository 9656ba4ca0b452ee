"""Which cases a term is planned for, how they are laid out for the search, and how a draft stands."""

from .drafts import Row, draft, keepers, latest, outdated, was_told
from .in_vain import in_vain
from .laid_out import Term, days_ahead, lay_out
from .waiting import SILENT, asked_hours, being_asked, open_cases, to_plan, waiting, whose

__all__ = [
    "SILENT",
    "Row",
    "Term",
    "asked_hours",
    "being_asked",
    "days_ahead",
    "draft",
    "in_vain",
    "keepers",
    "latest",
    "lay_out",
    "open_cases",
    "outdated",
    "to_plan",
    "waiting",
    "was_told",
    "whose",
]
