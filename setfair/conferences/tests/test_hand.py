import threading

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from setfair.cases.journey import Stage
from setfair.conferences import actions, queries
from setfair.conferences.actions import CannotGoOn
from setfair.conferences.journey import Stage as Live
from setfair.conferences.models import PageTurn, ScriptHand
from setfair.core import tenant
from setfair.journal.journey import move
from setfair.village.story import case_at
from setfair.village.time import at

pytestmark = pytest.mark.django_db
OTHERS = ["mina", "tova", "sven", "ada", "nour", "lena"]


def post(client, name, conference, **form):
    return client.post(reverse(name, args=[conference.pk]), form)


@pytest.mark.mission("S0.3")
def test_whoever_begins_has_the_script(on_the_day):
    conference = on_the_day.begin()
    assert queries.hand(conference).user_id == on_the_day.lead.id
    actions.turn_page(conference, by=on_the_day.lead, page=2)
    assert queries.page_now(conference) == 2


@pytest.mark.bad_case
def test_taken_over_without_the_others_word(client, village, on_the_day):
    """The lead's battery is dead: a student takes the script, and goes on from the page it is open at."""
    conference = on_the_day.begin()
    actions.turn_page(conference, by=on_the_day.lead, page=3)
    village.sign_in(client, "ines")
    page = client.get(reverse("conference", args=[conference.pk])).content.decode()
    assert ("Fadi has the script." in page, "Take the script" in page) == (True, True)
    refused = post(client, "turns", conference, page=4)
    assert (refused.status_code, "Fadi has the script. Take it, then turn the page." in refused.content.decode()) == (422, True)
    assert post(client, "script_hand", conference).status_code == 302
    assert post(client, "turns", conference, page=4).status_code == 302
    late = post(village.sign_in(client, "fadi"), "turns", conference, page=5)
    assert (late.status_code, "Ines has the script. Take it, then turn the page." in late.content.decode()) == (422, True)
    assert [t.page for t in PageTurn.objects.order_by("number")] == [3, 4]


def test_taken_twice_is_one_and_it_goes_back_as_it_came(on_the_day, village):
    conference = on_the_day.begin()
    for who in ("ines", "ines", "fadi"):
        actions.take_script(conference, by=village.actor(who))
    names = [hand.user.get_short_name() for hand in ScriptHand.objects.select_related("user").order_by("number")]
    assert names == ["Fadi", "Ines", "Fadi"]


def test_it_is_in_nobodys_hand_before_it_begins_and_after_it_ends(on_the_day):
    conference = on_the_day.conference
    with pytest.raises(CannotGoOn, match="under way"):
        actions.take_script(conference, by=on_the_day.lead)
    on_the_day.begin()
    actions.adjourn(conference, by=on_the_day.lead, reason="asked")
    with pytest.raises(CannotGoOn, match="under way"):
        actions.take_script(conference, by=on_the_day.lead)


def test_of_a_circle_that_began_before_there_were_hands_the_first_who_turns_has_it(on_the_day, village):
    conference = on_the_day.conference
    move(conference, Live.LIVE, by=on_the_day.lead)
    actions.turn_page(conference, by=village.actor("ines"), page=2)
    assert queries.hand(conference).user_id == village.users["ines"].pk


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_takes_it(client, village, on_the_day, who):
    conference = on_the_day.begin()
    assert post(village.sign_in(client, who), "script_hand", conference).status_code == 404
    assert ScriptHand.objects.count() == 1


def test_it_is_added_and_never_changed(on_the_day):
    on_the_day.begin()
    for change in ("UPDATE conferences_scripthand SET at = now()", "DELETE FROM conferences_scripthand"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


@pytest.mark.bad_case
@pytest.mark.django_db(transaction=True)
def test_two_who_turn_at_once_turn_one_page(village):
    with village.inside():
        story = case_at(village, Stage.SCHEDULED)
        with at(story.booking.starts_at):
            conference = story.begin()
            lead, student = village.actor("fadi"), village.actor("ines")
    refused = []

    def turn(by, page):
        try:
            with tenant.inside(village.school.pk):
                actions.turn_page(type(conference).objects.get(pk=conference.pk), by=by, page=page)
        except CannotGoOn as reason:
            refused.append(str(reason))
        finally:
            connection.close()

    both = [threading.Thread(target=turn, args=args) for args in ((lead, 2), (student, 5))]
    for one in both:
        one.start()
    for one in both:
        one.join()
    with village.inside():
        assert [t.page for t in PageTurn.objects.all()] == [2]
    assert refused == ["Fadi has the script. Take it, then turn the page."]
