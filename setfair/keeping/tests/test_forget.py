"""Forgetting: names and words go from everywhere, the figures stay, and nobody else's rows are touched."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from setfair.accounts.models import Pass
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation
from setfair.core.actor import system
from setfair.journal.models import Entry
from setfair.keeping import actions, queries
from setfair.keeping.endings import OF_REASON, Group
from setfair.keeping.models import Gone, Notice, Rule, Tombstone
from setfair.keeping.queries.due import ENDS
from setfair.letters.actions import mark_read, mark_sent
from setfair.letters.came_back import take_in
from setfair.letters.mail_read import Came
from setfair.letters.models import CameBack, Letter
from setfair.letters.tasks import send_due_letters
from setfair.people.models import Contact, Person, name_tokens
from setfair.preparation import actions as preparation
from setfair.programmes.reasons import Reason
from setfair.referrals import actions as referrals
from setfair.referrals.models import Referral
from setfair.vault import ring
from setfair.vault.models import DataKey
from setfair.vault.shredding import shred
from setfair.village.cast import OTHER
from setfair.village.story import asked, case_at
from setfair.village.time import at
from tests.scenes import scene

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=400)


@scene
def old(village):
    """A case that went its whole way, closed more than a year ago, and beside it a young one."""
    with village.inside():
        with at(timezone.now() - LONG_AGO):
            story = case_at(village, Stage.CLOSED, before_meeting=lambda s: s.invite_everyone())
            letter = Letter.objects.filter(reader_id=story.hana.person_id).earliest("made_at")
            mark_sent(letter, by=system(village.school.pk))
            assert take_in(Came(channel=letter.channel, sender=str(letter.address), words="I will come.", letters=(letter.pk,), reference="one"))
            mark_read(CameBack.objects.get(letter=letter), by=story.coordinator)
        return story, case_at(village, Stage.CLOSED, circle=OTHER, matter=1)


def columns_of(programme):
    """Every row of every table that has a programme, as text: table and row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'programme_id' "
            "WHERE c.relkind = 'r' AND NOT a.attisdropped ORDER BY 1"
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t WHERE programme_id = %s', [programme.pk])
            found += [(table, text) for (text,) in cursor.fetchall()]
    return found


def warned_and_due(thing, village):
    """Told of three weeks ago, as the clock would have."""
    with at(timezone.now() - timedelta(days=21)):
        return actions.give_notice(thing, by=system(village.school.pk))


def test_after_forgetting_nothing_of_it_is_in_any_table_and_the_figures_are(old, village):
    story, other = old
    with village.inside():
        case, people = story.case, [p.person for p in story.people.values()]
        marks = [bytes(mark).hex() for p in people for t in name_tokens(p.programme_id, p.name) for mark in [t]]
        marks += [bytes(c.mark).hex() for c in Contact.objects.filter(person__in=people) if c.mark]
        marks += [bytes(p.digest).hex() for p in Pass.objects.filter(bearer_id__in=[story.referral.pk, *(p.pk for p in story.people.values())])]
        ids = {str(i) for i in (case.pk, story.referral.pk, *(p.pk for p in people), *(p.pk for p in story.people.values()))}
        ids |= {str(item.pk) for item in story.items()} | {str(story.conference.pk), str(story.agreement.pk)}
        plain = [case.ref, story.referral.ref, case.alias, "Rami", "Delacourt"]
        before = columns_of(village.school)
        assert all(any(word in text for _t, text in before) for word in [*ids, *marks, *plain[:3]]), "each was there to be found"
        warned_and_due(case, village)
        stone = actions.forget(case, by=system(village.school.pk))
        after = columns_of(village.school)
        left = [(table, word) for table, text in after for word in [*ids, *marks, *plain] if word in text and table != "journal_entry"]
        assert left == []
        lines = [text for table, text in after if table == "journal_entry"]
        assert [word for word in (*marks, *plain) if any(word in line for line in lines)] == []
        with pytest.raises(ring.WordsAreGone):
            ring.read_key(people[0].pk)
        with pytest.raises(ring.WordsAreGone):
            ring.read_key(case.pk)
        assert (stone.group, stone.outcome, stone.people) == ("kept", "completed", {"harmed": 1, "responsible": 1, "supporter": 1, "guardian": 1})
        assert (stone.promises, stone.promises_kept, stone.meetings) == (2, 2, 1)
        assert [d.day for d in (stone.opened_in, stone.closed_in, stone.forgotten_in)] == [1, 1, 1]
        assert Entry.objects.filter(case_id=case.pk, verb="forgot").count() == 1
        assert {p.person.name for p in Participation.objects.filter(case=other.case)} == {who.name for who in OTHER}


def test_the_neighbour_next_door_is_untouched_and_cannot_be_forgotten_from_here(old, village):
    story, _other = old
    with village.inside(village.county):
        with at(timezone.now() - LONG_AGO):
            theirs = case_at(village, Stage.CLOSED, village.county)
        with at(timezone.now() - timedelta(days=21)):
            actions.give_notice(theirs.case, by=system(village.county.pk))
        theirs_before = columns_of(village.county)
    with village.inside():
        with pytest.raises(IntegrityError, match="keeping_due|not to be forgotten"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT keeping_forget_case(%s)", [theirs.case.pk])
        warned_and_due(story.case, village)
        actions.forget(story.case, by=system(village.school.pk))
    with village.inside(village.county):
        assert columns_of(village.county) == theirs_before


def test_the_database_refuses_whatever_is_open_young_or_not_told_of(old, village, at_following_up):
    story, young = old
    with village.inside():
        for thing in (at_following_up.case, young.case, story.case):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT keeping_forget_case(%s)", [thing.pk])
            with pytest.raises(actions.CannotKeep):
                actions.forget(thing, by=system(village.school.pk))
        with pytest.raises(actions.CannotKeep):
            actions.give_notice(at_following_up.case, by=system(village.school.pk))
        assert Case.objects.count() == 3


def test_no_key_goes_while_anything_of_its_owner_stands_and_a_warning_counts_only_by_its_own_rule(old, village):
    story, _young = old
    with village.inside():
        complaint = preparation.complain(story.hana, by=story.me("hana"), words="They do not listen.")
        owners = [story.case.pk, story.hana.person_id, story.referral.pk, complaint.pk]
        for owner in owners:
            with pytest.raises(IntegrityError, match="still stands"), transaction.atomic():
                shred([owner])
        assert DataKey.objects.filter(pk__in=owners).count() == 4
        with at(timezone.now() - timedelta(days=21)):
            Notice.objects.create(case=story.case, group=Group.DECLINED, forget_on=timezone.localdate())
        Rule.objects.create(group=Group.KEPT, days=2555, by=story.coordinator.id)
        with pytest.raises(IntegrityError, match="not to be forgotten"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT keeping_forget_case(%s)", [story.case.pk])


def test_the_database_knows_the_same_rule_for_every_ending(superuser_connection):
    (told,) = superuser_connection.execute("SELECT prosrc FROM pg_proc WHERE proname = 'keeping_group'").fetchone()
    said = {}
    for these, one, group in re.findall(r"o\.reason (?:IN \(([^)]*)\)|= ('\w+')) THEN '(\w+)'", told):
        said |= dict.fromkeys(re.findall(r"'(\w+)'", these or one), group)
    assert said == {reason.value: group.value for reason, group in OF_REASON.items()}
    assert dict(re.findall(r"WHEN '(\w+)' THEN '(\w+)'", told)) == {stage.value: group.value for stage, group in ENDS.items()}


def test_somebody_who_stands_in_another_case_keeps_their_name_there(old, village):
    story, other = old
    with village.inside():
        hana = story.hana.person
        Participation.objects.create(case=other.case, person=hana, role="supporter")
        warned_and_due(story.case, village)
        copied = [row for model in (Letter, CameBack) for row in model.objects.filter(case_id=story.case.pk) if hana.pk in row.keys()]
        assert {type(row) for row in copied} == {Letter, CameBack}
        actions.forget(story.case, by=system(village.school.pk))
        for row in copied:  # as they lay in a copy from before, with every key of today
            for field in ("body", "address") if isinstance(row, Letter) else ("words", "sender"):
                with pytest.raises(ring.WordsAreGone):
                    getattr(row, field)
        assert [p.person.name for p in Participation.objects.filter(case=other.case, role="supporter")] == [hana.name]
        assert Person.objects.filter(pk=story.rami.person_id).count() == 0


def test_a_request_that_did_not_go_ahead_goes_after_its_own_days_and_its_number_is_not_given_again(village):
    with village.inside():
        with at(timezone.now() - timedelta(days=60)):
            referral, _code = asked(village)
            referrals.decline(referral, by=village.actor("cora"), reason=Reason.NOT_SAFE)
        assert [queries.group_of(referral), queries.forget_on(referral)] == ["declined", timezone.localdate() - timedelta(days=30)]
        warned_and_due(referral, village)
        with pytest.raises(actions.CannotKeep, match="letter"):
            actions.forget(referral, by=system(village.school.pk))
        send_due_letters()
        actions.forget(referral, by=system(village.school.pk))
        assert list(Tombstone.objects.values_list("what", "outcome", "source")) == [("request", "not_safe", "self_harmed")]
        assert queries.forgotten_in(referral.ref) == timezone.localdate().replace(day=1)
        assert queries.forgotten_in("R-9999") is None
        assert [bytes(g.mark) for g in Gone.objects.all()] == [queries.mark_of(referral.ref)]
        again, _code = asked(village)
        assert int(again.ref[2:]) == int(referral.ref[2:]) + 1
    assert Referral.objects.count() == 0
