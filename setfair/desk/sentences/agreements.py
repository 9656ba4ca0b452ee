"""What the journal says of agreements and promises."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "passed_agreement": _("The agreement was passed on to the other side."),
    "drafted": _("An agreement was begun."),
    "agreed_more": _("Another agreement was begun, beside what was agreed before."),
    "promised": _("A promise of %(name)s was written down."),
    "reworded": _("A promise of %(name)s was put in other words."),
    "struck": _("A promise was struck out."),
    "brought_forward": _("A promise was moved up."),
    "shared_device": _("A device was made a shared one."),
    "ended_device": _("A shared device was ended."),
    "handed_tablet": _("The tablet was handed round to be signed."),
    "shut_tablet": _("The tablet closed, because a wrong number was typed too often."),
    "marked": _("One of them said what they think of the promises."),
    "signed": _("The agreement was signed by one of them."),
    "said_result": _("It was said what came of it."),
    "looked_at_what_is_open": _("What is still open was looked at again."),
    "remarked": _("One of them said something of their own under their name, or took it away."),
    "let_words_pass": _("Somebody of the team read what one of them said under their name, and let everyone read it."),
    "kept_to_team": _("Somebody of the team read what one of them said under their name, and kept it with the team."),
    "put_into_another_language": _("A promise of %(name)s was put into another language."),
    "put_spelling_right": _("A spelling in a promise was put right."),
    "took_spelling_back": _("A correction of a spelling was taken back: the words stand as they were signed."),
    "scanned_paper": _("A paper that was signed was scanned in."),
    "sealed_copies": _("Everyone's copy of the agreement was sealed and kept."),
    "made_seal": _("A key was made for the programme's seal."),
    "ended_seal": _("A key of the programme's seal was replaced. What it sealed stays as valid as it was."),
    "sleeps_on_it": _("Somebody wants to sleep on the agreement."),
    "held_back": _("Somebody does not want to sign."),
    "found_wrong": _("Somebody says that something is not right in the agreement."),
    "sent_proof": _("%(name)s sent word about a promise."),
    "gave_more_time": _("A promise of %(name)s was given more time."),
    "reminded_kindly": _("Somebody reminded %(name)s kindly of a promise."),
    "handed_promise_on": _("Somebody else of the team looks after a promise of %(name)s now."),
    "said_how": _("Somebody wrote down how a promise of %(name)s goes."),
}

MOVED = {
    "agreements.agreement": {
        "drafting": _("The agreement is being written again."),
        "rests": _("The agreement rests until they meet again."),
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
}
