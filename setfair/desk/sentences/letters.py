"""What the journal says of letters, and what comes back."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "wrote": _("A message to %(name)s was written."),
    "put_off": _("A message to %(name)s could not go yet. It is tried again."),
    "changed_letter": _("The words of a message to %(name)s were changed before it went."),
    "came_back": _("%(name)s answered a message, or wrote to us."),
    "ended_with": _("A way to reach %(name)s was ended: no message goes to that address any more."),
    "read_answer": _("What %(name)s wrote was read."),
    "left_unsaid": _("A message was not sent, because it would have said too much."),
}

MOVED = {
    "letters.letter": {
        "held": _("A message to %(name)s waits for somebody to look at it."),
        "due": _("A message to %(name)s is on its way."),
        "printed": _("A letter to %(name)s was set on paper, and waits to be handed over."),
        "sent": _("A message to %(name)s was sent."),
        "handed": _("A letter to %(name)s was posted or handed over, or said to them."),
        "failed": _("A message to %(name)s could not be sent."),
        "withdrawn": _("A message to %(name)s was stopped before it went."),
    },
}
