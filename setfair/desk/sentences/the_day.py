"""What the journal says of times, rooms and the day."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "answered_time": _("%(name)s said which times suit them."),
    "asked_times": _("Everyone was asked when they could come."),
    "answered_times": _("%(name)s said when they could come."),
    "closed_times": _("No more answers about times are taken."),
    "took_back_times": _("The question about times was taken back."),
    "said_week": _("Somebody said when they are free every week."),
    "brought_calendar": _("Somebody gave their own calendar, of which only the times that are taken are kept."),
    "ended_week": _("What somebody said of every week counts no longer: they are not asked any more."),
    "ended_calendar": _("Somebody is not asked any more, and their own calendar was taken away."),
    "removed_calendar": _("Somebody took their own calendar away again."),
    "booked": _("A time and a room were booked."),
    "released": _("The time and the room were given back."),
    "seated_again": _("The seats were set anew."),
    "seated": _("%(name)s was given a seat at the booked time."),
    "offered": _("Times were offered to the circle."),
    "answered_offer": _("%(name)s answered which of the offered times work."),
    "took_times_back": _("The offered times were taken back."),
    "rebooked": _("The meeting was moved to another time."),
    "called_off": _("A booked time was called off."),
    "said_no_longer": _("%(name)s said that they cannot come then."),
    "said_can_come": _("%(name)s said that they can come after all."),
    "went_without": _("The team holds the meeting without %(name)s."),
    "planned": _("A conference was planned."),
    "marked_attendance": _("It was marked whether %(name)s came."),
    "took_along": _("The script, first names and roles were kept on a device, for a room without network."),
    "took_script": _("The script was taken in hand."),
    "set_talk_order": _("The order of talk was set."),
    "gave_turn": _("It was marked whose turn it is."),
    "noted_heading": _("A heading was noted in the circle."),
    "took_off_heading": _("A heading was taken off again."),
    "marked_question": _("It was marked what became of a question that somebody had prepared."),
    "took_pause": _("A break began."),
    "ended_pause": _("They went on after a break."),
    "wished_break": _("Somebody in the circle wished for a break."),
    "heard_wish": _("The team read that somebody would like a break."),
    "debriefed": _("Somebody said after a circle how they are."),
    "read_debrief": _("It was read what somebody said after a circle."),
    "turned_page": _("The script was turned to the next page."),
}

MOVED = {
    "conferences.conference": {
        "live": _("The conference began."),
        "concluded": _("The conference ended."),
        "adjourned": _("The conference is to be continued another day."),
        "cancelled": _("The conference was called off."),
    },
}
