"""What the journal says of what people write to each other. It says who did what, and never a word of it."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "began_piece": _("%(name)s began to write to somebody here."),
    "recalled_piece": _("%(name)s wants back what they wrote, after it was read."),
    "left_piece": _("What %(name)s wrote was left for another day."),
    "thanked_for_piece": _("%(name)s may know that what they wrote was read."),
    "brought_piece": _("%(name)s heard in person why what they wrote came back."),
    "wanted_pieces": _("%(name)s wants to be asked when there is something for them."),
    "wanted_nothing": _("%(name)s wants nothing from the others."),
}

MOVED = {
    "exchanges.piece": {
        "writing": _("What %(name)s wrote was given back to them, with a reason."),
        "given": _("What %(name)s wrote was handed in."),
        "kept": _("What %(name)s wrote is kept in trust."),
        "offered": _("What %(name)s wrote was offered to the one it is for."),
        "delivered": _("What %(name)s wrote was handed over."),
        "taken_back": _("%(name)s took back what they wrote."),
    },
}
