"""Whoever asked hears that there is an answer: by a letter, or from somebody of the team, who writes it down."""

import pytest
from django.urls import reverse

from setfair.desk.tests.todays import rules, told
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.programmes.reasons import Reason
from setfair.referrals import actions, letters
from setfair.referrals.models import Reply, Screening
from setfair.village.story import CHECKS

from .asks import ask

pytestmark = pytest.mark.django_db

LINE = "Hi, there is news about your message to Northgate Room 12."


def accepted(village, referral):
    actions.accept(referral, by=village.actor("cora"), checks=CHECKS)


def declined(village, referral):
    actions.decline(referral, by=village.actor("cora"), reason=Reason.OTHER_PATH)


ANSWERS = pytest.mark.parametrize("answer", [accepted, declined])


def letters_about(referral):
    return Letter.objects.filter(reader_id=referral.pk).exclude(key__startswith="request-received:")


@ANSWERS
def test_whoever_has_only_a_text_number_gets_one_neutral_line(village, answer):
    with village.inside():
        referral, _code = ask(village.school, reach={"sms": "555-0160"})
        answer(village, referral)
        (letter,) = letters_about(referral)
        assert (letter.channel, letter.address, letter.body.startswith(LINE)) == ("sms", "555-0160", True)
        assert "555-0112" in letter.body
        assert Screening.objects.get(referral=referral).to_tell is False
    assert "untold" not in rules(village)


@pytest.mark.parametrize(("reach", "channel"), [({"email": "hana@home.example", "sms": "555-0160"}, "email"), ({"post": "1 Elm Street"}, "paper")])
def test_a_yes_is_told_over_the_way_with_most_room_and_does_not_say_that_it_is_one(village, reach, channel):
    with village.inside():
        referral, _code = ask(village.school, reach=reach)
        accepted(village, referral)
        (letter,) = letters_about(referral)
        assert (letter.channel, letter.subject, letter.body.startswith(LINE)) == (channel, "A message for you", True)


@ANSWERS
@pytest.mark.parametrize("reach", [{"call": "555-0160"}, {"through": "the school nurse"}, {}])
def test_where_nothing_can_go_somebody_tells_them_and_it_stays_on_today_until_it_is_written_down(village, client, browser_clients, answer, reach):
    with village.inside():
        referral, _code = ask(village.school, reach=reach)
        answer(village, referral)
        assert letters_about(referral).count() == 0
    page = reverse("request", args=[referral.ref])
    assert [(n.sentence, n.url) for n in told(village) if "whoever asked" in n.sentence] == [("Tell whoever asked that there is an answer", page)]
    assert ["untold" in rules(village, who) for who in ("sven", "fadi", "nour")] == [False] * 3
    cora = village.sign_in(client, "cora")
    assert "Whoever asked has not been told" in cora.get(page).content.decode()
    assert "untold" in rules(village)
    assert cora.post(reverse("request_told", args=[referral.ref]), {"how": "perhaps"}).status_code == 422
    for who, status in (("sven", 404), ("nour", 404)):
        other = village.sign_in(browser_clients(), who)
        assert other.post(reverse("request_told", args=[referral.ref]), {"how": "told"}).status_code == status
    assert "untold" in rules(village)
    for _twice in range(2):
        assert cora.post(reverse("request_told", args=[referral.ref]), {"how": "tried"}).status_code == 302
    assert "untold" not in rules(village)
    assert "Whoever asked has not been told" not in cora.get(page).content.decode()
    with village.inside():
        assert [(r.how, r.by) for r in Reply.objects.all()] == [("tried", village.cora.pk)]
        assert Entry.objects.filter(verb="replied").count() == 1


@ANSWERS
def test_whoever_asked_not_to_be_contacted_is_left_in_peace(village, answer):
    with village.inside():
        referral, _code = ask(village.school, reach={"none": True, "sms": "555-0160"})
        answer(village, referral)
        assert letters_about(referral).count() == 0
    assert "untold" not in rules(village)


def test_nothing_is_written_down_about_a_request_that_is_not_answered(village):
    with village.inside():
        referral, _code = ask(village.school, reach={"call": "555-0160"})
        with pytest.raises(actions.CannotScreen):
            actions.reply(referral, by=village.actor("cora"), how="told")
        assert Reply.objects.count() == 0


def test_what_anybody_can_set_off_goes_to_one_address_three_times_a_day(village):
    with village.inside():
        for address in ("victor@home.example", "Victor@HOME.example", " victor@home.example") * 2:
            ask(village.school, reach={"email": address})
        assert Letter.objects.filter(key__startswith="request-received:").count() == 3
        ask(village.school, reach={"email": "another@home.example"})
        assert Letter.objects.filter(key__startswith="request-received:").count() == 4
        for _more in range(4):
            ask(village.school, reach={"sms": "555-0161"})
        assert Letter.objects.filter(key__startswith="request-received:").count() == 7


def test_what_the_team_writes_down_for_somebody_is_not_counted(village):
    with village.inside():
        cora = village.actor("cora")
        for _again in range(5):
            ask(village.school, reach={"email": "family@home.example"}, by=cora)
        assert Letter.objects.filter(key__startswith="request-received:").count() == 5


def test_professionals_are_promised_the_words_of_their_own_page_and_no_more(village, client):
    said = client.get("/p/river-county/refer/back/").content.decode()
    assert ("whether the talk went ahead if each person lets us tell" in said, "made and kept" in said) == (True, False)


@pytest.mark.parametrize(
    ("reach", "goes"),
    [
        ({"email": "hana@home.example", "post": "1 Elm Street", "sms": "555-0160"}, ("email", "hana@home.example", True)),
        ({"post": "1 Elm Street", "sms": "555-0160"}, ("paper", "1 Elm Street", True)),
        ({"sms": "555-0160"}, ("sms", "555-0160", False)),
        ({"call": "555-0160"}, None),
        ({"none": True, "email": "hana@home.example"}, None),
    ],
)
def test_one_way_is_chosen_for_whatever_is_sent_to_whoever_asked(village, reach, goes):
    with village.inside():
        referral, _code = ask(village.school, reach=reach)
        way = letters.way_to(referral)
        assert (way and (way.address.channel, way.address.value, way.has_room)) == goes
