"""What the journal says of lists that were brought in."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "brought_list": _("A list was brought in, to be looked through."),
    "brought_in": _("This came in with a list."),
    "ran_list": _("A list had its turn, row by row."),
    "took_back": _("What came in with a list was taken back."),
    "undid_list": _("What a list made was taken back, as far as nothing was done with it."),
    "tore_list": _("The words of a list were destroyed."),
}

MOVED = {
    "imports.table": {
        "naming": _("The columns of a list are named again."),
        "looking": _("The columns of a list were named."),
        "looked": _("A list was looked through. Nothing came in."),
        "running": _("A list was let in."),
        "done": _("A list is in."),
        "undoing": _("A list was asked to be taken back."),
        "undone": _("A list was taken back."),
        "dropped": _("A list was put away."),
    },
}
