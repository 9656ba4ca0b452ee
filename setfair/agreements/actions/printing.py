from __future__ import annotations

from django.db import transaction

from setfair.core.actor import Actor
from setfair.preparation.actions import disclose
from setfair.preparation.queries import concerned

from ..models import Agreement


@transaction.atomic
def put_on_paper(agreement: Agreement, *, by: Actor) -> None:
    """The agreement leaves as a PDF: it stands in the sharing log of each person it is about."""
    for place in concerned(agreement.case):
        disclose(place, by=by, kind="agreement", told=[f"version {agreement.version}"])
