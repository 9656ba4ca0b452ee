"""What the journal says of the end of a case."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "told": _("%(name)s was told how it went."),
}
