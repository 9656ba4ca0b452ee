"""What the journal says of years that were counted."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {"counted_years": _("The outcomes of years that are over were counted.")}
