"""How often the database is asked does not grow with what there is: the nightly lists, holds, askings, a copy."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from setfair.cases.models import Participation
from setfair.core.actor import system
from setfair.keeping import actions, queries
from setfair.keeping.asked import How, Wants, Why
from setfair.letters.models import CameBack, Letter
from setfair.people.models import Contact
from setfair.programmes.reasons import Reason
from setfair.referrals import actions as referrals
from setfair.village.cast import CIRCLE, OTHER
from setfair.village.forgetting import near_its_day
from setfair.village.story import asked
from setfair.village.time import at

pytestmark = pytest.mark.django_db


def count(village, ask):
    """How many rows, in how many questions, with no key at hand yet."""
    with village.inside(), CaptureQueriesContext(connection) as asked_for:
        rows = list(ask())
    return len(rows), len(asked_for)


def declined(village):
    """Two requests that ended 60 days ago: one was told of three weeks ago, of the other nobody was told."""
    cora = village.actor("cora")
    with at(timezone.now() - timedelta(days=60)):
        told, untold = (asked(village)[0] for _n in range(2))
        for referral in (told, untold):
            referrals.decline(referral, by=cora, reason=Reason.NOT_SUITABLE)
    with at(timezone.now() - timedelta(days=21)):
        actions.give_notice(told, by=system(village.school.pk))


def more(village, story, key, circle):
    """One row more of everything."""
    declined(village)
    near = near_its_day(village, village.school, circle=circle, matter=1)
    actions.place_hold(near.case, by=village.actor("sven"), reason="A court asked.")
    person = story.people[key]
    Contact.objects.filter(person=person.person).update(added_at=timezone.now() - timedelta(days=90))
    with at(timezone.now() - timedelta(days=40)):
        asking = actions.note_asking(person, by=story.lead, wants=Wants.FORGET)
        actions.answer(asking, by=story.coordinator, how=How.PARTLY, why=Why.SIGNED)
        actions.note_asking(person, by=story.lead, wants=Wants.COPY)
    actions.note_asking(story.hana, by=story.lead, wants=Wants.FORGET)
    whose = {"owner_id": story.hana.person_id, "reader_id": story.hana.person_id, "case_id": story.case.pk}
    CameBack.objects.create(**whose, channel="email", kind="answer", words="Yes.", sender="", mark=person.pk.bytes)


def a_copy(me):
    return queries.copy_for(me, queries.files_of(me))


def test_every_list_costs_the_same_with_one_row_and_with_three(village, at_following_up):
    story, sven = at_following_up, village.actor("sven")
    lists = {
        "to tell": queries.to_tell,
        "to forget": queries.to_forget,
        "ways to take": queries.ways_to_take,
        "open askings": queries.open_askings,
        "holds": lambda: queries.all_holds(sven),
        "askings of one": lambda: queries.askings_of(story.hana),
        "a copy": lambda: a_copy(Participation.objects.get(pk=story.hana.pk)),
    }
    with village.inside():
        more(village, story, "rami", CIRCLE)
        Letter.objects.all().update(made_at=timezone.now() - timedelta(days=120))
    one = {name: count(village, ask) for name, ask in lists.items()}
    with village.inside():
        more(village, story, "gail", OTHER)
        more(village, story, "sol", CIRCLE)
        Letter.objects.all().update(made_at=timezone.now() - timedelta(days=120))
    three = {name: count(village, ask) for name, ask in lists.items()}
    assert {name: asked_for for name, (_rows, asked_for) in three.items()} == {name: asked_for for name, (_rows, asked_for) in one.items()}
    rows = {name: (one[name][0], three[name][0]) for name in ("to tell", "to forget", "ways to take", "holds", "open askings")}
    assert rows == {"to tell": (1, 3), "to forget": (1, 3), "ways to take": (1, 3), "holds": (1, 3), "open askings": (2, 4)}
