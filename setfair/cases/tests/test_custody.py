"""Somebody in a closed place: no link and no message goes there, visits lie in its hours, and once they are out everything is asked anew."""

from datetime import time, timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from setfair.accounts.models import Pass
from setfair.accounts.queries import last_code
from setfair.cases import actions
from setfair.cases.custody import stay_of
from setfair.core import clock
from setfair.desk.handover import handover
from setfair.letters.actions import Address, Words, write
from setfair.letters.models import Letter
from setfair.people.actions import CannotAdd, describe_way
from setfair.people.card import Card
from setfair.people.custody import custody_of
from setfair.people.models import Clearance, Contact, Custody, Visit
from setfair.preparation import actions as preparation
from setfair.preparation.refusal import CannotPrepare
from setfair.programmes.actions import add_hours, close_place, take_out_hours
from setfair.programmes.actions.places import ALL_DAY, NewPlace
from setfair.programmes.models import ClosedPlace, Room
from setfair.scheduling import solver
from setfair.scheduling.closed_places import let_in
from setfair.scheduling.letters import BOOKED, _everyone, words_for
from setfair.scheduling.queries import objection, suggestions
from setfair.sheets import actions as sheets
from setfair.sheets.pack import pack
from setfair.sheets.paper import paper
from setfair.sheets.tests.heard import tags_of, words_of
from setfair.sheets.tests.test_pack import opened as read
from setfair.village.story import opened
from setfair.village.time import today

pytestmark = pytest.mark.django_db

JAIL = {"name": "Marsh County Jail", "address": "1 Long Road", "weekdays": (0, 1, 2, 3, 4), "hours": (time(9), time(16)), "lead_days": 5}


def taken_in(story, *, address="", release_on=None, **place):
    return actions.take_in(story.rami, by=story.lead, new=NewPlace(**{**JAIL, **place}), address=address, release_on=release_on)


def a_visit_day(story, days=7):
    """A weekday at least so many days from now."""
    day = today(story.programme) + timedelta(days=days)
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def refused(act):
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


@pytest.mark.mission("S2.11")
def test_their_own_ways_end_and_neither_we_nor_the_database_send_anything_there(village, at_preparing):
    with village.inside():
        story = at_preparing
        preparation.invite(story.rami, by=story.lead)
        code = last_code(bearer=Pass.Bearer.PARTICIPATION, bearer_id=story.rami.pk)
        sent = Letter.objects.filter(reader_id=story.rami.person_id).first()
        assert (code is not None, sent.channel in ("email", "sms")) == (True, True)
        taken_in(story)
        left = dict(Contact.objects.filter(person=story.rami.person, ended_at=None).values_list("way", "may_leave_message"))
        assert left == {"post": False}
        assert Contact.objects.get(person=story.rami.person, way="post", ended_at=None).value == "Marsh County Jail\n1 Long Road"
        assert Pass.objects.filter(bearer_id=story.rami.pk, revoked_at=None).count() == 0
        for way, value in (("email", "rami@home.example"), ("sms", "555-0199"), ("call", "555-0199")):
            with pytest.raises(CannotAdd, match="only paper and visits reach them there"):
                describe_way(story.rami.person, by=story.lead, way=way, value=value, card=Card())
            refused(lambda way=way, value=value: Contact.objects.create(person=story.rami.person, way=way, value=value))
        for act in (preparation.invite, preparation.reissue, preparation.hand_code):
            with pytest.raises(CannotPrepare, match="no code and no link goes there"):
                act(story.rami, by=story.lead)
        with pytest.raises(CannotPrepare, match="No message can go to them now."):
            sheets.give(story.rami, by=story.lead, form="link", language="en")
        letter = {name: getattr(sent, name) for name in ("channel", "reader_id", "case_id", "language", "subject", "due_at")}
        refused(lambda: Letter.objects.create(**letter, key="planted", message_id="planted", address="rami@home.example", body="Hi"))
        link = {"kind": "link", "bearer": "participation", "bearer_id": story.rami.pk, "expires_at": clock.now()}
        refused(lambda: Pass.objects.create(**link, reader_id=story.rami.person_id, way="email", digest=b"x" * 32))


def test_the_paper_for_there_has_nothing_of_the_screen(village, at_preparing):
    with village.inside():
        story = at_preparing
        taken_in(story)
        assert sheets.give_pack(story.rami, by=story.lead, language="en") == ""
        with read(pack(story.rami, language="en", size=14, plain=False)) as pdf:
            words = words_of(pdf)
        assert [word for word in ("http", "code", "Your code", "localhost") if word in words] == []
        assert ("Will you take part?" in words, "Tick it on the paper" in words) == (True, True)
        assert story.rami.invitations.get().channel == "paper"


def test_a_visit_lies_in_the_hours_of_the_place_and_late_enough_to_ask_it(village, at_preparing):
    with village.inside():
        story = at_preparing
        taken_in(story)
        day, weekend = a_visit_day(story), today(story.programme) + timedelta(days=14)
        weekend += timedelta(days=5 - weekend.weekday() if weekend.weekday() < 5 else 0)
        hour = {"starts": time(10), "ends": time(11)}
        for said, says in (
            ({"on": today(story.programme) + timedelta(days=2), **hour}, "The place wants to know 5 days before who comes."),
            ({"on": weekend, **hour}, "Visits there are only"),
            ({"on": day, "starts": time(15, 30), "ends": time(16, 30)}, "Visits there are only"),
            ({"on": day, "starts": time(11), "ends": time(10)}, "a later hour"),
        ):
            with pytest.raises(CannotAdd, match=says):
                actions.plan_visit(story.rami, by=story.lead, **said)
        visit = actions.plan_visit(story.rami, by=story.lead, on=day, **hour)
        assert actions.plan_visit(story.rami, by=story.lead, on=day, **hour) == visit
        refused(lambda: Visit.objects.create(person=story.rami.person, on=weekend, by=story.lead.id, **hour))
        [shown] = stay_of(story.rami).days
        assert (shown.visit, shown.ask_by, shown.is_asked) == (visit, day - timedelta(days=5), False)
        actions.ask_clearance(story.rami, by=story.lead, for_day=day)
        assert ([one.is_asked for one in stay_of(story.rami).days], Clearance.objects.count()) == ([True], 1)
        with pytest.raises(CannotAdd, match="They are not in a closed place."):
            actions.plan_visit(story.hana, by=story.lead, on=day, **hour)


def test_a_meeting_is_held_when_the_place_lets_people_in_and_was_asked_in_time(village, at_ready):
    with village.inside():
        story = at_ready
        taken_in(story, weekdays=(2,), hours=ALL_DAY, lead_days=20)
        story.case.refresh_from_db()
        assert story.case.stage == "preparing"
        assert [s for s in suggestions(story.case, limit=50) if clock.local(s.starts_at, story.programme.zone).weekday() != 2] == []
        first = today(story.programme) + timedelta(days=20)
        assert [s for s in suggestions(story.case, limit=50) if clock.local(s.starts_at, story.programme.zone).date() < first] == []
        room, zone = Room.objects.filter(closed_at=None).order_by("-seats")[0], story.programme.zone
        soon = clock.at(today(story.programme) + timedelta(days=3), 12, 15, zone)
        said = {objection(story.case, room=room, starts_at=s.starts_at, minutes=60) for s in suggestions(story.case, limit=50)}
        assert said <= {""}
        assert objection(story.case, room=room, starts_at=soon, minutes=30) != ""


def test_out_again_nothing_comes_back_by_itself_and_today_says_what_to_ask(client, village, at_preparing):
    story = at_preparing
    fadi = village.sign_in(client, "fadi")
    with village.inside():
        taken_in(story, release_on=today(story.programme) + timedelta(days=9))
        actions.plan_visit(story.rami, by=story.lead, on=a_visit_day(story), starts=time(10), ends=time(11))
    says = ["A visit to a closed place: ask the place in time", "Somebody comes out soon", "Somebody is out: ask them how to reach them now"]
    page = fadi.get(reverse("today")).content.decode()
    assert [words in page for words in says] == [True, True, False]
    assert fadi.post(reverse("custody_over", args=[story.rami.pk]), {"how": "out"}).url == reverse("custody", args=[story.rami.pk])
    with village.inside():
        assert (custody_of(story.rami.person_id), Visit.objects.filter(off_at=None).count()) == (None, 0)
        assert Contact.objects.filter(person=story.rami.person, ended_at=None).count() == 0
        assert Custody.objects.get().how == "out"
    page = fadi.get(reverse("today")).content.decode()
    assert [words in page for words in says] == [False, False, True]
    with village.inside():
        describe_way(story.rami.person, by=story.lead, way="sms", value="555-0170", card=Card())
    assert says[2] not in fadi.get(reverse("today")).content.decode()


def test_all_of_it_on_its_page_and_for_those_who_prepare_the_case_alone(client, village, at_preparing):
    story = at_preparing
    fadi, there = village.sign_in(client, "fadi"), reverse("custody", args=[story.rami.pk])
    assert there in fadi.get(reverse("person", args=[story.rami.pk])).content.decode()
    place = {"name": "Marsh County Jail", "street": "1 Long Road", "weekdays": ["0", "2"], "starts": "09:00", "ends": "15:00", "lead_days": "3"}
    for wrong in ({"ends": "08:00"}, {"ends": ""}, {"name": ""}, {"where": str(story.rami.pk)}):
        assert fadi.post(there, place | wrong).status_code == 422
    assert fadi.post(there, place).url == there
    assert fadi.post(there, place).status_code == 422
    with village.inside():
        day = today(story.programme) + timedelta(days=7 + (2 - today(story.programme).weekday()) % 7)
    visit = {"on": day.isoformat(), "starts": "09:30", "ends": "10:30"}
    assert fadi.post(reverse("visit_add", args=[story.rami.pk]), visit | {"ends": "16:00"}).status_code == 422
    fadi.post(reverse("visit_add", args=[story.rami.pk]), visit)
    fadi.post(reverse("clearance_asked", args=[story.rami.pk]), {"for_day": day.isoformat()})
    page = fadi.get(there).content.decode()
    assert ("Marsh County Jail" in page, "The place was asked" in page) == (True, True)
    with village.inside():
        visit = Visit.objects.get()
    fadi.post(reverse("visit_off", args=[story.rami.pk]), {"visit": visit.pk})
    assert "Nobody is planned to come." in fadi.get(there).content.decode()
    who = {"cora": 200, "fadi": 200, "sven": 404, "mina": 404, "nour": 404}
    assert {name: village.sign_in(Client(), name).get(there).status_code for name in who} == who


def test_no_letter_on_paper_takes_an_address_of_ours_there_and_the_time_stands_on_it(village, at_scheduled):
    """Whoever cannot open a page reads the day and the room on the letter itself; what would only lead to a page is told to them."""
    with village.inside():
        story = at_scheduled
        booking = story.booking
        taken_in(story, lead_days=0, hours=None)
        person, by = story.rami.person, story.lead
        [reader] = [r for r in _everyone(booking) if r.id == person.pk]
        words = words_for(BOOKED, booking, reader)
        assert (reader.to.channel, settings.SITE_ADDRESS in words.body, booking.room.name in words.body) == ("paper", False, True)
        page = Words("Hi", f"Open {settings.SITE_ADDRESS}/code/ and type your code.")
        told = {}
        for to in ("Marsh County Jail\n1 Long Road", ""):
            told[to] = write(page, to=Address("paper", to), reader=person.pk, key=f"news:{to}", by=by, case=story.case.pk)
        assert {(letter.stage, letter.trouble) for letter in told.values()} == {("failed", "closed_place")}
        for row in (story.rami, story.hana):
            sheets.give(row, by=by, form="paper", language="en")
        with (
            read(paper(story.rami, language="en", size=14, plain=False)) as there,
            read(paper(story.hana, language="en", size=14, plain=False)) as out,
        ):
            assert ("/Figure" in tags_of(there), "/Figure" in tags_of(out)) == (False, True)


def test_a_place_is_on_the_list_once_with_several_hours_a_day_for_whoever_is_there(client, village, at_preparing):
    """Mornings and afternoons, and nothing in between; the number on a letter is the person's own."""
    story = at_preparing
    with village.inside():
        taken_in(story, address="No. 4711, wing B", hours=(time(9), time(11)))
        jail = ClosedPlace.objects.get()
        add_hours(jail, by=story.lead, weekdays=(0, 1, 2, 3, 4), starts=time(14), ends=time(16))
        add_hours(jail, by=story.lead, weekdays=(6,), starts=time(13), ends=time(17))
        post = Contact.objects.get(person=story.rami.person, way="post", ended_at=None)
        assert post.value == "Marsh County Jail\nNo. 4711, wing B\n1 Long Road"
        assert stay_of(story.rami).hours == ["Mon, Tue, Wed, Thu, Fri: 9 a.m.–11 a.m., 2 p.m.–4 p.m.", "Sun: 1 p.m.–5 p.m."]
        day = a_visit_day(story)
        for starts, ends in ((time(10), time(15)), (time(11, 30), time(13)), (time(15), time(17))):
            with pytest.raises(CannotAdd, match="Visits there are only: Mon, Tue, Wed, Thu, Fri: 9 a.m.–11 a.m., 2 p.m.–4 p.m."):
                actions.plan_visit(story.rami, by=story.lead, on=day, starts=starts, ends=ends)
            refused(lambda s=starts, e=ends: Visit.objects.create(person=story.rami.person, on=day, starts=s, ends=e, by=story.lead.id))
        for starts, ends in ((time(9), time(10)), (time(14), time(16))):
            actions.plan_visit(story.rami, by=story.lead, on=day, starts=starts, ends=ends)
        with pytest.raises(CannotAdd, match="is planned already"):
            actions.plan_visit(story.rami, by=story.lead, on=day, starts=time(9), ends=time(11))
        zone = story.programme.zone
        assert [one.fits for one in stay_of(story.rami).days] == [True, True]
        stretch = solver.Stretch("", clock.at(day, 8, 0, zone), clock.at(day, 18, 0, zone))
        cut = let_in([story.rami.person_id], [stretch], today(story.programme), zone)
        assert [(clock.local(s.starts, zone).hour, clock.local(s.ends, zone).hour) for s in cut] == [(9, 11), (14, 16)]
    fadi = village.sign_in(client, "fadi")
    fadi.post(reverse("custody", args=[story.hana.pk]), {"where": str(jail.pk), "address": "No. 12"})
    with village.inside():
        assert ({stay.where_id for stay in Custody.objects.all()}, ClosedPlace.objects.count()) == ({jail.pk}, 1)
        for hours in jail.hours.filter(starts=time(14)):
            take_out_hours(hours, by=story.lead)
        assert [one.fits for one in stay_of(story.rami).days] == [True, False]
        close_place(jail, by=story.lead)
        with pytest.raises(CannotAdd, match="not used any more"):
            actions.take_in(story.sol, by=story.lead, where=jail)


def test_in_another_place_it_is_asked_anew_and_today_says_so_until_it_is_known_which(client, village, at_preparing):
    story = at_preparing
    fadi = village.sign_in(client, "fadi")
    with village.inside():
        taken_in(story)
        day = a_visit_day(story)
        actions.plan_visit(story.rami, by=story.lead, on=day, starts=time(10), ends=time(11))
        actions.ask_clearance(story.rami, by=story.lead, for_day=day)
        actions.let_out(story.rami, by=story.lead, how="moved")
        with pytest.raises(CannotAdd, match="They are not in a closed place."):
            actions.ask_clearance(story.rami, by=story.lead, for_day=day)
    says = ["Somebody was moved to another closed place: say to which", "A visit to a closed place: ask the place in time"]
    page = fadi.get(reverse("today")).content.decode()
    assert [words in page for words in says] == [True, False]
    with village.inside():
        taken_in(story, name="Hill Prison")
        actions.plan_visit(story.rami, by=story.lead, on=day, starts=time(10), ends=time(11))
        assert [one.is_asked for one in stay_of(story.rami).days] == [False]
    page = fadi.get(reverse("today")).content.decode()
    assert [words in page for words in says] == [False, True]
    with village.inside():
        actions.let_out(story.rami, by=story.lead, how="wrong")
    assert "ask them how to reach them now" in fadi.get(reverse("today")).content.decode()


def test_a_visit_of_one_case_is_not_told_in_another_of_the_same_person(client, village, at_preparing):
    """Whoever works there learns that they are in a closed place, and not that somebody else of the team goes there."""
    story, cora = at_preparing, village.actor("cora")
    with village.inside():
        taken_in(story)
        other = opened(village, matter=1).case
        there = actions.add_person(other, by=cora, name="x", known=story.rami.person, role="responsible")
        day, hour = a_visit_day(story), {"starts": time(10), "ends": time(11)}
        visit = actions.plan_visit(story.rami, by=story.lead, on=day, **hour)
        assert ([one.visit for one in stay_of(story.rami).days], stay_of(there).days) == ([visit], [])
        assert ([act.on for act in handover(story.case).acts].count(day), [act.on for act in handover(other).acts].count(day)) == (1, 0)
    assert village.sign_in(client, "cora").post(reverse("visit_off", args=[there.pk]), {"visit": visit.pk}).status_code == 422
    with village.inside():
        theirs = actions.plan_visit(there, by=cora, on=day, starts=time(10), ends=time(12))
        assert (theirs == visit, [one.visit for one in stay_of(there).days]) == (False, [theirs])
        actions.let_out(there, by=cora, how="out")
        assert Visit.objects.filter(off_at=None).count() == 0
