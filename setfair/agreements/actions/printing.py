from __future__ import annotations

from django.db import transaction

from setfair.cases.models import Participation
from setfair.core.actor import Actor
from setfair.preparation.actions import disclose
from setfair.preparation.queries import concerned

from ..models import Agreement


@transaction.atomic
def put_on_paper(agreement: Agreement, *, by: Actor, of: Participation | None = None) -> None:
    """The agreement leaves as a PDF: it stands in the sharing log of each person it is about, or of the one whose own copy it is (`of`)."""
    for place in [of] if of is not None else concerned(agreement.case):
        disclose(place, by=by, kind="agreement", told=[f"version {agreement.version}"])
