"""What the journal says of how long things are kept."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "warned": _("The day came near on which this is forgotten."),
    "looked_at_notice": _("Somebody looked at it: it may be forgotten on its day."),
    "kept_longer": _("It is kept longer, with a reason."),
    "placed_hold": _("A legal hold was put on it."),
    "reviewed_hold": _("The legal hold was looked at, and stays."),
    "lifted_hold": _("The legal hold was lifted."),
    "asked_about_self": _("Somebody asked what is kept about them, or to be forgotten."),
    "answered_asking": _("Somebody who asked about themselves was given an answer."),
    "opened_copy": _("Somebody opened the copy of what is kept about them."),
    "forgot_stray": _("A message that fit nobody was forgotten."),
    "took_copy": _("Somebody saved the copy of what is kept about them."),
    "forgot": _("It was forgotten, as promised."),
    "changed_keeping": _("How long things are kept was changed."),
}
