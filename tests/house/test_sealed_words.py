"""Whatever people write about people lies sealed: a plain column of text in the case wing says here why it may be one."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models

from config import places
from setfair.cases.models import Case, Hold
from setfair.core.records import Walled
from setfair.village.story import opened

PLAIN = {
    "accounts.Pass.way": "a code: over which way it was told",
    "agreements.Evidence.by_kind": "a code: who acted",
    "agreements.Item.currency": "three letters of a currency, held by a rule",
    "agreements.Item.language": "a code",
    "agreements.KindWord.about": "a key and a day",
    "agreements.LastingCopy.digest": "a digest of the sealed bytes that are kept",
    "agreements.LastingCopy.language": "a code",
    "agreements.LastingCopy.told": "a digest of keys",
    "agreements.Signature.language": "a code",
    "agreements.Signature.text_digest": "a digest of the sealed words that were signed",
    "agreements.Translation.language": "a code",
    "cases.Case.alias": "two calm words from our own lists",
    "cases.Case.ref": "a number",
    "cases.Duty.languages": "names of languages",
    "cases.Duty.window": "what the programme calls one of its times",
    "conferences.Brought.detail": "a code or an id, by a constraint",
    "enclosures.Enclosure.by_kind": "a code: who acted",
    "enclosures.Enclosure.extent": "how large: pages, or width and height",
    "exchanges.Piece.by_kind": "a code: who acted",
    "exchanges.Said.by_kind": "a code: who acted",
    "exchanges.Wanting.by_kind": "a code: who acted",
    "facilitators.Facilitator.languages": "codes of languages that a member of the team speaks",
    "files.File.by_kind": "a code: who acted",
    "files.File.extent": "how large: pages, or width and height",
    "files.Harm.by_kind": "a code: who acted",
    "enclosures.SentHarm.by_kind": "a code: who acted",
    "imports.Heading.field": "a code: what a column is",
    "imports.Meaning.code": "a code: what a word means",
    "imports.Meaning.field": "a code: what a column is",
    "imports.Table.language": "a code",
    "imports.Table.otherwise": "a code",
    "planning.Line.team": "a part and an id for each place",
    "planning.Plan.language": "a code",
    "journal.Entry.detail": "ids and codes; the journal's own tests keep names out of it",
    "journal.Entry.network": "where a request came from",
    "journal.Entry.route": "the name of a route",
    "journal.Entry.subject_id": "an id",
    "journal.Entry.subject_kind": "the name of a table",
    "journal.Entry.verb": "a code",
    "keeping.Tombstone.outcome": "a code",
    "keeping.Tombstone.people": "counts",
    "letters.Letter.held_for": "a code: why it waits",
    "letters.Letter.key": "names of acts and ids",
    "letters.Letter.language": "a code",
    "letters.Letter.message_id": "random",
    "letters.Letter.subject": "one of our neutral subjects, the same for everyone",
    "letters.Letter.trouble": "the name of a fault, never its words",
    "outcomes.NewsWish.by_kind": "a code: who acted",
    "people.Person.language": "a code",
    "preparation.Acknowledgement.by_kind": "a code: who acted",
    "preparation.Acknowledgement.words": "which version of our own words",
    "preparation.Break.by_kind": "a code: who acted",
    "preparation.BreakEnd.by_kind": "a code: who acted",
    "preparation.CallWish.by_kind": "a code: who acted",
    "preparation.Arrangement.by_kind": "a code: who acted",
    "preparation.Attempt.by_kind": "a code: who acted",
    "preparation.Tick.by_kind": "a code: who acted",
    "preparation.Consent.by_kind": "a code: who acted",
    "preparation.Consent.language": "a code",
    "preparation.Consent.words": "which version of our own words",
    "preparation.ConsentText.digest": "a digest of the programme's own words",
    "preparation.ConsentText.language": "a code",
    "preparation.ConsentText.parts": "the programme's own words, the same for everybody",
    "preparation.ConsentText.sentence": "the programme's own words, the same for everybody",
    "preparation.Disclosure.by_kind": "a code: who acted",
    "preparation.Recipient.name": "an office, named by the programme for all its cases",
    "preparation.Invitation.by_kind": "a code: who acted",
    "preparation.Invitation.channel": "a code",
    "preparation.Meeting.by_kind": "a code: who acted",
    "preparation.NoGuardian.by_kind": "a code: who acted",
    "preparation.ObserverAnswer.by_kind": "a code: who acted",
    "preparation.Override.blocker": "a code",
    "preparation.SafetyCheck.by_kind": "a code: who acted",
    "preparation.SayAnswered.by_kind": "a code: who acted",
    "preparation.SayDoubted.by_kind": "a code: who acted",
    "preparation.Slip.by_kind": "a code: who acted",
    "preparation.Slip.language": "a code",
    "preparation.Still.by_kind": "a code: who acted",
    "restitution.Payment.currency": "three letters of a currency, held by a rule",
    "restitution.PaymentWord.by_kind": "a code: who acted",
    "sheets.Given.by_kind": "a code: who acted",
    "sheets.Given.language": "a code",
    "tallies.Release.tables": "counts of whole blocks by code, of a year that is over",
    "voices.Hope.by_kind": "a code: who acted",
    "voices.Companion.by_kind": "a code: who acted",
    "voices.CompanionEnd.by_kind": "a code: who acted",
    "voices.OwnWords.by_kind": "a code: who acted",
    "voices.StandIn.by_kind": "a code: who acted",
    "referrals.Referral.language": "a code",
    "referrals.Referral.ref": "a number",
    "referrals.Referral.written": "a code",
    "referrals.Screening.checks": "codes to codes; the note beside them is sealed",
    "safety.Alarm.by_kind": "a code: who acted",
    "calendars.Week.by_kind": "a code: who acted",
    "scheduling.NoLonger.by_kind": "a code: who acted",
    "scheduling.OfferAnswer.by_kind": "a code: who acted",
    "scheduling.RoundAnswer.by_kind": "a code: who acted",
    "scheduling.RoundTime.name": "what the programme calls that time of the week",
    "scheduling.TimeAnswer.by_kind": "a code: who acted",
}
"""What a programme says of itself (`programmes`) is no case: its name, its rooms, its script."""
TEXT = (models.CharField, models.TextField, models.JSONField)


def test_no_plain_column_in_the_case_wing_can_take_words_about_people():
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if issubclass(model, Walled) and model._meta.app_label != "programmes"
        for field in model._meta.local_fields
        if isinstance(field, TEXT) and not field.choices
    }
    assert found == set(PLAIN)


def migrate(to):
    done = subprocess.run([sys.executable, "-m", "config.migrate", "cases", to], cwd=places.ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db(transaction=True)
def test_words_in_plain_columns_are_carried_over_and_leave_nothing_behind(village, superuser_connection):
    with village.inside():
        case = opened(village, matter=1).case
        hold = Hold.objects.create(case=case, reason="away")
    connection.close()
    migrate("0009")
    superuser_connection.execute("UPDATE cases_case SET matter = 'a broken window' WHERE id = %s", [case.pk])
    superuser_connection.execute("UPDATE cases_hold SET reason = 'he is in hospital' WHERE id = %s", [hold.pk])
    migrate("0011")
    columns = superuser_connection.execute(
        "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE (table_name, column_name) IN "
        "(('cases_case', 'matter'), ('cases_hold', 'reason'), ('cases_case', 'matter_plain'), ('cases_hold', 'reason_plain')) ORDER BY 1, 2"
    ).fetchall()
    assert columns == [("cases_case", "matter", "bytea"), ("cases_hold", "reason", "bytea")]
    with village.inside():
        assert Case.objects.get(pk=case.pk).matter == "a broken window"
    superuser_connection.execute("CHECKPOINT")
    for table, word in (("cases_case", b"broken window"), ("cases_hold", b"in hospital")):
        ((where,),) = superuser_connection.execute("SELECT pg_relation_filepath(%s::regclass)", [table]).fetchall()
        ((home,),) = superuser_connection.execute("SHOW data_directory").fetchall()
        assert word not in (Path(home) / where).read_bytes()
    connection.close()
    migrate("0018")
    with village.inside():
        assert Hold.objects.get(pk=hold.pk).reason == "other", "words of before there were codes say no more than that"
