"""What the journal says of a term that is planned at once."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "planned_term": _("Times were searched for, for all cases that wait for one."),
    "stopped_search": _("A search for times was stopped."),
    "changed_plan": _("A line of a plan was changed."),
}

MOVED = {
    "planning.plan": {
        "searching": _("A term is planned again."),
        "draft": _("A term is planned as a draft. Nothing of it is booked."),
        "booking": _("A plan was accepted."),
        "done": _("A plan is booked, as far as it held."),
        "dropped": _("A plan was put away."),
    },
}
