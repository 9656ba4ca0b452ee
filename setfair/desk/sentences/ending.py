"""What the journal says of the end of a case."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "told": _("%(name)s was told how it went."),
    "wished_news": _("%(name)s said how much they want to hear."),
    "planned_news": _("It was laid down by when somebody is told."),
}
