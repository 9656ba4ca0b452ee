"""What an office has sent here, as its post can be read by whoever reads that address."""

from __future__ import annotations

import csv
import io
import uuid
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.accounts.actions import issue_link
from setfair.accounts.models import Pass
from setfair.core import clock, tenant
from setfair.core.actor import Actor, system
from setfair.journal.actions import record
from setfair.letters.actions import Address, write
from setfair.letters.models import Channel, Letter
from setfair.programmes.models import Programme
from setfair.programmes.speaking import in_language
from setfair.vault import ring

from . import letters
from .journey import Stage
from .likeness import sender_at
from .models import Addition, Referral
from .ours import standing

AGAIN, SOON = timedelta(minutes=30), timedelta(days=14)
"""One link in this time, however often it is asked for; and from when a deadline is near."""
PUBLIC = {
    Stage.RECEIVED: gettext_lazy("We read it"),
    Stage.ACCEPTED: gettext_lazy("Accepted"),
    Stage.TALKED: gettext_lazy("We talked"),
    Stage.DECLINED: gettext_lazy("Not going ahead"),
    Stage.WITHDRAWN: gettext_lazy("Taken back"),
}
NAME = "list.csv"
"""What the file is called says nothing of what is in it, and what is in it names nobody."""


@dataclass(frozen=True)
class Line:
    """One request as its sender sees it in the list: what it is called here and there, how it stands, and how near the day is."""

    referral: Referral
    number: str
    stands: str
    days_left: int | None
    whose: str

    @property
    def is_near(self) -> bool:
        return self.days_left is not None and 0 <= self.days_left <= SOON.days


def lines(actor: Actor, programme: Programme) -> list[Line]:
    """All that this office sent, the latest first, in three queries whatever their number."""
    numbers = Prefetch("additions", Addition.objects.filter(what=Addition.What.COURT), to_attr="numbers")
    sent = list(open_to(actor, Permission.FOLLOW_REFERRAL, Referral).prefetch_related(numbers, "owned").order_by("-received_at", "-id"))
    ring.gather(referral.pk for referral in sent)
    today = clock.local(clock.now(), programme.zone).date()
    return [
        Line(
            one,
            _number(one),
            str(PUBLIC[Stage(one.stage)]),
            (one.deadline - today).days if one.deadline and _waits(one) else None,
            str(standing(one)),
        )
        for one in sent
    ]


def _waits(referral: Referral) -> bool:
    return referral.stage in (Stage.RECEIVED, Stage.ACCEPTED)


def _number(referral: Referral) -> str:
    """As it stands now: they may have changed it."""
    changed: list[Addition] = referral.numbers  # type: ignore[attr-defined]
    try:
        return changed[-1].words if changed else referral.court_number
    except ring.WordsAreGone:
        return ""


def as_csv(rows: list[Line], zone: str) -> str:
    """The same for a spreadsheet: our number, days and how it stands. No name, and no number of a court, which would lead to one."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow([_("Number"), _("Sent"), _("How it stands"), _("Your date"), _("Days left")])
    for row in rows:
        sent = clock.local(row.referral.received_at, zone).date().isoformat()
        due = row.referral.deadline.isoformat() if row.referral.deadline else ""
        table.writerow([row.referral.ref, sent, row.stands, due, "" if row.days_left is None else row.days_left])
    return out.getvalue()


def send_links(typed: str) -> None:
    """To an office that asks for it, in each programme that it sent something to: a link to all of it. The worker does it, so that no page tells."""
    for programme_id in _programmes() if "@" in typed else ():
        with tenant.inside(programme_id):
            _send(programme_id, typed)


@transaction.atomic
def _send(programme_id: UUID, typed: str) -> None:
    sender, by = sender_at(programme_id, typed), system(programme_id)
    latest = Referral.objects.filter(sender=sender).order_by("-received_at").first()
    key = f"office:{sender}:"
    if latest is None or Letter.objects.filter(key__startswith=key, made_at__gt=clock.now() - AGAIN).exists():
        return
    to = Address(Channel.EMAIL, str((latest.reach or {}).get("email", "")))
    token = issue_link(bearer=Pass.Bearer.OFFICE, bearer_id=sender, by=by)
    with in_language(latest.language):
        write(letters.office(latest.programme, token), to=to, reader=latest.pk, key=f"{key}{uuid.uuid4()}", by=by)
    record("asked_office_link", latest, by=by)


def language_of(sender: UUID) -> str:
    """The language that an office is spoken to in: that of what it sent last."""
    return Referral.objects.filter(sender=sender).order_by("-received_at").values_list("language", flat=True).first() or ""


def _programmes() -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id FROM programmes_here()")
        return [row[0] for row in cursor.fetchall()]
