"""Every verb of the journal as a sentence. `%(name)s` is whom it concerns; who did it and when stand beside it.

A house test holds this table to the code: no act without its sentence.
"""

from __future__ import annotations

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from setfair.cases.journey import Reason
from setfair.journal.models import Entry

SENTENCES = {
    # requests
    "asked": _("A request came in."),
    "added_to": _("Something was added to the request."),
    "replied": _("It was written down whether whoever asked has been told."),
    "halted": _("The request was stopped until a supervisor writes why it can go on."),
    "cleared": _("A supervisor wrote why the request may be accepted."),
    "heard_more": _("Something was added to the request."),
    "read": _("The page was opened."),
    "excused": _("It was written down that an end of the journal is lost, and why."),
    # the case and its people
    "opened": _("The case was opened."),
    "joined": _("%(name)s was given a place in the circle."),
    "corrected": _("What is written about %(name)s was corrected."),
    "corrected_place": _("The place of %(name)s was corrected."),
    "noted_no_say": _("%(name)s was written down as a parent without a say."),
    "noted_of_age": _("The day on which %(name)s turns 18 was written down."),
    "left": _("%(name)s left the circle."),
    "assigned": _("%(name)s was asked to facilitate."),
    "unassigned": _("%(name)s no longer facilitates."),
    "kept_out": _("%(name)s is kept out of this case."),
    "let_back": _("%(name)s is kept out of this case no more."),
    "sealed": _("The case was sealed: only its named team finds it."),
    "unsealed": _("The seal of the case was ended."),
    "opened_in_emergency": _("The sealed case was opened in an emergency, to be read for an hour."),
    "read_in_emergency": _("The sealed case was read in an emergency."),
    "reviewed_emergency": _("Somebody looked at why the sealed case was opened in an emergency."),
    "guessed_sealed": _("Somebody looked for a sealed case by its reference."),
    "saw_as": _("Somebody looked at what another one sees."),
    "named_in": _("%(name)s was named in the team of the sealed case."),
    "named_no_more": _("%(name)s finds the sealed case no more."),
    "handed_over": _("The case was handed over."),
    "held": _("The case was put on hold."),
    "lifted": _("The case went on."),
    "barred_contact": _("Two people are to be kept apart."),
    "allowed_contact": _("Two people need not be kept apart any more."),
    "added": _("%(name)s was written down."),
    "opened_way": _("A safe way to reach %(name)s was named."),
    "named_again": _("%(name)s said that messages may go there again."),
    "wished_way": _("%(name)s asked on their own page to be reached in another way."),
    "proved_way": _("%(name)s confirmed the new way with a code that went there."),
    "took_way": _("%(name)s was asked, and the new way is theirs."),
    "dropped_way": _("A new way to %(name)s was let go: it is not theirs."),
    "saw_way": _("Somebody looked at how %(name)s changed the way to them."),
    "closed_way": _("A way to reach %(name)s is safe no more."),
    # ways in
    "kept_code": _("%(name)s has had a code since they asked."),
    "issued_code": _("A code was made for %(name)s."),
    "issued_link": _("A link was made for %(name)s."),
    "spent_link": _("%(name)s came in with a link."),
    "revoked_passes": _("The ways in of %(name)s were taken back."),
    "asked_way_back": _("%(name)s asked for a new link."),
    "came_late": _("%(name)s came with their code after the end."),
    "came_in": _("%(name)s came in with their code."),
    # letters
    "wrote": _("A message to %(name)s was written."),
    "put_off": _("A message to %(name)s could not go yet. It is tried again."),
    "changed_letter": _("The words of a message to %(name)s were changed before it went."),
    "came_back": _("%(name)s answered a message, or wrote to us."),
    "ended_with": _("A way to reach %(name)s was ended: no message goes to that address any more."),
    "read_answer": _("What %(name)s wrote was read."),
    "left_unsaid": _("A message was not sent, because it would have said too much."),
    # preparation
    "invited": _("%(name)s was invited."),
    "met": _("%(name)s was met."),
    "acknowledged": _("%(name)s was asked whether they take some responsibility."),
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
    "complained": _("Somebody wrote past those who run the meeting."),
    "took_up": _("Somebody sees to what was written past those who run the meeting."),
    "noted": _("A note was written for the team."),
    "noted_apart": _("A note was written."),
    # scheduling and the day
    "answered_time": _("%(name)s said which times suit them."),
    "booked": _("A time and a room were booked."),
    "released": _("The time and the room were given back."),
    "seated_again": _("The seats were set anew."),
    "seated": _("%(name)s was given a seat at the booked time."),
    "planned": _("A conference was planned."),
    "marked_attendance": _("It was marked whether %(name)s came."),
    "turned_page": _("The script was turned to the next page."),
    # agreements
    "drafted": _("An agreement was begun."),
    "promised": _("A promise of %(name)s was written down."),
    "reworded": _("A promise of %(name)s was put in other words."),
    "struck": _("A promise was struck out."),
    "brought_forward": _("A promise was moved up."),
    "shared_device": _("A device was made a shared one."),
    "ended_device": _("A shared device was ended."),
    "handed_tablet": _("The tablet was handed round to be signed."),
    "shut_tablet": _("The tablet closed, because a wrong number was typed too often."),
    "signed": _("The agreement was signed by one of them."),
    "held_back": _("Somebody does not want to sign."),
    "found_wrong": _("Somebody says that something is not right in the agreement."),
    "sent_proof": _("%(name)s sent word about a promise."),
    "gave_more_time": _("A promise of %(name)s was given more time."),
    "said_how": _("Somebody wrote down how a promise of %(name)s goes."),
    # files
    "added_file": _("A file was added."),
    "chose_file": _("A file was chosen, and not sent yet."),
    "downloaded": _("A file was saved on a device."),
    "sent_harm": _("A file that may do harm was sent, and not kept."),
    "saw_harm": _("Somebody has read that a harmful file was sent."),
    # the end
    "told": _("%(name)s was told how it went."),
    # how long it is kept
    "warned": _("The day came near on which this is forgotten."),
    "looked_at_notice": _("Somebody looked at it: it may be forgotten on its day."),
    "kept_longer": _("It is kept longer, with a reason."),
    "placed_hold": _("A legal hold was put on it."),
    "reviewed_hold": _("The legal hold was looked at, and stays."),
    "lifted_hold": _("The legal hold was lifted."),
    "asked_about_self": _("Somebody asked what is kept about them, or to be forgotten."),
    "answered_asking": _("Somebody who asked about themselves was given an answer."),
    "opened_copy": _("Somebody opened the copy of what is kept about them."),
    "forgot_stray": _("A message that fit nobody was forgotten."),
    "took_copy": _("Somebody saved the copy of what is kept about them."),
    "forgot": _("It was forgotten, as promised."),
    "changed_keeping": _("How long things are kept was changed."),
    # the team and the settings
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
    "removed_setting": _("A window, term or day off was taken out."),
    "closed_room": _("A room was closed."),
    "reopened_room": _("A room was opened again."),
    "added_script": _("A script was added."),
    "revised_script": _("A script was changed."),
    "gave_role": _("Somebody was given a role."),
    "offered_role": _("Somebody was asked to take a role."),
    "declined_role": _("Somebody did not want the role they were asked to take."),
    "took_offer_back": _("Somebody is no longer asked to take a role."),
    "ended_role": _("A role was ended."),
    "vouched": _("Somebody said that the only administrator lost their second step."),
    "reset_second_step": _("The second step of somebody was taken away, so that they set up another."),
    "disowned": _("Somebody said that a sign-in was not them: their account was signed out everywhere."),
    "shown_publicly": _("A name was put on the public page."),
    "kept_private": _("A name was taken off the public page."),
}

MOVED = {
    "referrals.referral": {
        "accepted": _("The request was accepted."),
        "declined": _("The request does not go ahead."),
        "withdrawn": _("The request was taken back."),
    },
    "cases.case": {
        "preparing": _("The case went back to preparing."),
        "ready": _("Everyone is prepared: the case is ready."),
        "scheduled": _("The case has its time."),
        "convened": _("The conference was opened."),
        "following_up": _("Everyone has signed: follow-up began."),
        "closed": _("The case was closed."),
    },
    "conferences.conference": {
        "live": _("The conference began."),
        "concluded": _("The conference ended."),
        "adjourned": _("The conference is to be continued another day."),
        "cancelled": _("The conference was called off."),
    },
    "agreements.agreement": {
        "drafting": _("The agreement was taken back to be changed."),
        "signing": _("The agreement was laid out to be signed."),
        "in_force": _("The agreement is in force."),
        "superseded": _("The agreement was replaced by a newer one."),
        "ended": _("The agreement ended."),
    },
    "agreements.item": {
        "promised": _("A promise of %(name)s is open again."),
        "kept": _("A promise of %(name)s is done, to be checked."),
        "partly": _("A promise of %(name)s is done in part."),
        "waived": _("A promise of %(name)s is no longer asked for."),
        "replaced": _("A promise of %(name)s was replaced."),
        "missed": _("A promise of %(name)s needs a talk."),
        "verified": _("A promise of %(name)s was checked and is done."),
    },
    "files.file": {
        "unchecked": _("A file was sent. It is not checked for viruses yet."),
        "kept": _("A file was kept."),
        "replaced": _("A file was replaced by a newer one."),
        "gone": _("A file was taken away."),
    },
    "letters.letter": {
        "held": _("A message to %(name)s waits for somebody to look at it."),
        "due": _("A message to %(name)s is on its way."),
        "printed": _("A letter to %(name)s was set on paper, and waits to be handed over."),
        "sent": _("A message to %(name)s was sent."),
        "handed": _("A letter to %(name)s was posted or handed over, or said to them."),
        "failed": _("A message to %(name)s could not be sent."),
        "withdrawn": _("A message to %(name)s was stopped before it went."),
    },
    "facilitators.facilitator": {
        "training": _("Somebody's training began."),
        "certified": _("Somebody was certified."),
        "lapsed": _("Somebody's certificate is over."),
        "left": _("Somebody left the team."),
    },
}


def sentence(entry: Entry, name: str) -> str:
    """What happened, with the name of whom it concerns as the reader may see it."""
    if entry.verb == "moved":
        words = str(MOVED[entry.subject_kind][entry.detail["to"]])
        reason = entry.detail.get("reason", "")
        if entry.subject_kind == "cases.case" and reason in Reason.values:
            words = _now("%(what)s Reason: %(reason)s.") % {"what": words, "reason": Reason(reason).label}
    else:
        words = str(SENTENCES[entry.verb])
    return words % {"name": name} if "%(name)s" in words else words
