"""What the journal says of codes and links."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "kept_code": _("%(name)s has had a code since they asked."),
    "issued_code": _("A code was made for %(name)s."),
    "issued_link": _("A link was made for %(name)s."),
    "spent_link": _("%(name)s came in with a link."),
    "passed_on": _("What opened the old place of %(name)s opens the new one."),
    "revoked_passes": _("The ways in of %(name)s were taken back."),
    "asked_way_back": _("%(name)s asked for a new link."),
    "came_late": _("%(name)s came with their code after the end."),
    "opened_feed": _("%(name)s made an address for their own calendar."),
    "ended_feed": _("%(name)s took back the address of their own calendar."),
    "came_in": _("%(name)s came in with their code."),
}
