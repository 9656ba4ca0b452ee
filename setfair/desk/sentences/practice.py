"""What the journal says of small talks that were counted."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "logged_talk": _("A small talk was counted."),
    "struck_talk": _("A small talk was taken off the count."),
}
