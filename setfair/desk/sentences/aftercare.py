"""What the journal says of the calls while promises are kept."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "planned_calls": _("It was worked out when somebody calls."),
    "called_in_vain": _("Somebody called, and nobody answered."),
    "put_off_call": _("A call was put off to a later day."),
    "took_call_over": _("Somebody else makes a call now."),
    "named_helper": _("Somebody was named to be beside one of them."),
    "ended_helper": _("Nobody is needed beside one of them any more."),
    "lost_helper": _("Whoever was beside one of them has left."),
    "set_rhythm": _("It was set after how many days somebody calls."),
}

MOVED = {
    "aftercare.checkin": {
        "done": _("Somebody was asked how it goes."),
        "unreached": _("A call reached nobody on three days, and ended."),
        "not_wanted": _("Somebody does not want calls."),
        "ended": _("A call is not needed any more."),
    },
}
