"""What the journal says of money that was promised. No sum stands in it."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "said_paid": _("Somebody said that they paid."),
    "took_payment_back": _("Somebody took back that they had paid."),
    "said_came": _("Somebody said that money came."),
    "said_not_come": _("Somebody said that a payment did not come."),
    "noted_payment": _("It was written down that money came."),
    "settled_payment": _("The team looked into a payment, and wrote down how much came."),
    "said_ordered": _("It was written down whether a court has ordered the same money."),
}
