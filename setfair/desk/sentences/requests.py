"""What the journal says of a request."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "asked": _("A request came in."),
    "added_to": _("Something was added to the request."),
    "amended": _("Whoever asked changed something in the request, and said why."),
    "owned": _("Whoever reads the address of the office says that the request came from there."),
    "not_ours": _("Whoever reads the address of the office says that the request did not come from there."),
    "request_rests": _("The request rests until a day, for a reason of the list."),
    "request_went_on": _("The request went on."),
    "replied": _("It was written down whether whoever asked has been told."),
    "halted": _("The request was stopped until a supervisor writes why it can go on."),
    "cleared": _("A supervisor wrote why the request may be accepted."),
    "heard_more": _("Something was added to the request."),
    "kept_out_of_request": _("A member of the team was kept out of the request."),
    "let_back_to_request": _("A member of the team may read the request again."),
    "asked_office_link": _("The office that sent the request asked for a link to all that it sent."),
    "offered_talk": _("A talk was offered to whoever asked."),
    "followed_talk": _("It was written down what came of a talk."),
    "read": _("The page was opened."),
    "excused": _("It was written down that an end of the journal is lost, and why."),
}

MOVED = {
    "referrals.referral": {
        "accepted": _("The request was accepted."),
        "received": _("Whoever had talked with us asks after all."),
        "talked": _("They talked with us, and it ended there."),
        "declined": _("The request does not go ahead."),
        "withdrawn": _("The request was taken back."),
    },
    "referrals.talk": {
        "booked": _("A time to talk was chosen."),
        "held": _("A talk took place."),
        "missed": _("A talk did not take place."),
        "called_off": _("A talk was called off."),
        "followed": _("A talk was followed up."),
    },
}
