"""What the journal says of the team and the settings."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "nominated": _("Somebody was put forward for the team."),
    "renewed": _("A certificate was renewed."),
    "named_languages": _("The languages of a facilitator were changed."),
    "searched": _("Names were searched."),
    "opened_programme": _("The programme was founded."),
    "changed_facts": _("The programme's facts were changed."),
    "changed_words": _("The programme's own words were changed."),
    "named_office": _("An office was named."),
    "closed_office": _("An office was closed."),
    "added_setting": _("A window, term, day off or room was added."),
    "changed_setting": _("A window, term, day off or room was changed."),
    "removed_setting": _("A window, a term, a day off or hours of visits were taken out."),
    "closed_room": _("A room was closed."),
    "reopened_room": _("A room was opened again."),
    "added_reason": _("A reason of the programme's own was added."),
    "closed_reason": _("A reason of the programme's own was taken out of use."),
    "reopened_reason": _("A reason of the programme's own is in use again."),
    "closed_place": _("A closed place was taken off the list."),
    "reopened_place": _("A closed place was put back on the list."),
    "added_script": _("A script was added."),
    "revised_script": _("A script was changed."),
    "took_checklist": _("The list of what each person is asked before the day was begun."),
    "added_to_checklist": _("The list of what each person is asked before the day got one line more."),
    "changed_checklist": _("A line of what each person is asked before the day was changed."),
    "took_up_of_checklist": _("A line of what each person is asked before the day is asked again."),
    "ended_of_checklist": _("A line of what each person is asked before the day was ended."),
    "gave_role": _("Somebody was given a role."),
    "offered_role": _("Somebody was asked to take a role."),
    "declined_role": _("Somebody did not want the role they were asked to take."),
    "took_offer_back": _("Somebody is no longer asked to take a role."),
    "ended_role": _("A role was ended."),
    "vouched": _("Somebody said that the only administrator lost their second step."),
    "reset_second_step": _("The second step of somebody was taken away, so that they set up another."),
    "disowned": _("Somebody said that a sign-in was not them: their account was signed out everywhere."),
    "reported_problem": _("Somebody told that a page does not work."),
    "settled_problem": _("A page that did not work was seen to."),
    "shown_publicly": _("A name was put on the public page."),
    "kept_private": _("A name was taken off the public page."),
}

MOVED = {
    "facilitators.facilitator": {
        "training": _("Somebody's training began."),
        "certified": _("Somebody was certified."),
        "lapsed": _("Somebody's certificate is over."),
        "left": _("Somebody left the team."),
    },
}
