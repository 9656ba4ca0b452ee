"""What the journal says of getting everyone ready."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "invited": _("%(name)s was invited."),
    "met": _("%(name)s was met."),
    "acknowledged": _("%(name)s was asked whether they take some responsibility."),
    "tried": _("Somebody tried to reach %(name)s."),
    "missed_meeting": _("A meeting with %(name)s did not happen."),
    "arranged": _("It was written down what %(name)s needs on the day."),
    "answered_observer": _("%(name)s said whether somebody may watch."),
    "checked_safety": _("Safety was looked at for %(name)s."),
    "answered": _("%(name)s answered whether they take part."),
    "withdrew": _("%(name)s stopped for now."),
    "asked_about_office": _("From now on people are asked about one more office."),
    "asked_no_more_about_office": _("People are not asked about one office any more."),
    "disclosed": _("Something about %(name)s was shared."),
    "set_aside": _("Something that was missing was set aside, with a reason."),
    "noted_no_guardian": _("It was noted why %(name)s goes without a parent or guardian."),
    "signed_off": _("A high worry was signed off, with a reason."),
    "asked_back": _("%(name)s had stopped, and asked us to call them."),
    "asked_call": _("%(name)s asked us to call them."),
    "still_willing": _("%(name)s said again that it is still all right."),
    "gave_questions": _("%(name)s was given their questions in advance."),
    "hoped": _("%(name)s said what they hope for."),
    "took_a_break": _("%(name)s asked for a break."),
    "went_on": _("The break that %(name)s asked for is over."),
    "complained": _("Somebody wrote past those who run the meeting."),
    "took_up": _("Somebody sees to what was written past those who run the meeting."),
    "noted": _("A note was written for the team."),
    "noted_apart": _("A note was written."),
}
