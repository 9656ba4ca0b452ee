"""One person's own copy of the time, for their own calendar (RFC 5545). It says "Appointment", names nobody and no place."""

from __future__ import annotations

from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.core.text import neutral
from setfair.vault import master

from .models import Booking

STAMP = "%Y%m%dT%H%M%SZ"


def calendar_file(booking: Booking, participation: Participation) -> bytes:
    """The file's bytes. UID stays the same for this person in this case and SEQUENCE rises, so that a calendar replaces the old time."""
    uid = master.digest("calendar", str(participation.pk)).hex()[:32]
    earlier = Booking.objects.filter(case=booking.case_id, made_at__lt=booking.made_at).count()
    title = neutral(_("Appointment"))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Setfair//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"SEQUENCE:{earlier}",
        f"DTSTAMP:{clock.now():{STAMP}}",
        f"DTSTART:{booking.starts_at:{STAMP}}",
        f"DTEND:{booking.ends_at:{STAMP}}",
        f"SUMMARY:{title}",
        "CLASS:PRIVATE",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{line}\r\n" for line in lines).encode()
