"""What the journal says where somebody was not safe. It stands in no case's history."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "alarm_raised": _("Somebody said that someone is not safe."),
    "alarm_told": _("The team was told that someone is not safe."),
    "alarm_step": _("Something was done for someone who was not safe."),
    "alarm_closed": _("It was written down how it ended for someone who was not safe."),
    "alarm_phone": _("Somebody of the team said where they are texted when someone is not safe."),
    "forgot_alarm": _("What was said of someone who was not safe was forgotten."),
    "alarm_heard": _("Somebody of the team heard that someone is not safe."),
}
