"""The tablet that goes round, and the sheet of paper: each person's own yes, with a witness, and nothing else in anybody's hands."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from setfair.agreements import actions, text
from setfair.agreements.models import Signature
from setfair.agreements.tests.on_the_table import BACK, LIST, NUMBER, OURS, SIGN, THANKS, choose, give_to, put_down, words
from setfair.agreements.tests.reading import told
from setfair.cases.models import Assignment
from setfair.journal.models import Entry
from setfair.programmes.models import Membership
from setfair.safety.models import Alarm
from tests.house.test_rules import patterns

pytestmark = pytest.mark.django_db

ANY = "0b2b4f70-3f0f-4d0a-9d41-52c1f7a3f3b5"


def test_before_it_goes_round_the_team_sees_who_has_signed(signing, village, client):
    page = told(village.sign_in(client, "fadi").get(reverse("tablet", args=[signing.agreement.pk])))
    assert all(name in page for name in ("Hana", "Rami", "Sol", "Gail Delacourt", "Sign me out and hand it over"))


def test_several_sign_one_after_another(tablet, signing, village):
    names = told(tablet.get(LIST))
    assert all(name in names for name in ("Hana", "Rami", "Sol", "Gail"))
    assert "Delacourt" not in names
    for person, name in ((signing.hana, "Hana O."), (signing.rami, "Rami")):
        page = give_to(tablet, person)
        assert f"For {person.person.first}" in told(page)
        assert signing.case.ref not in told(page)
        assert tablet.post(SIGN, words(page, person, "")).status_code == 422
        answer = tablet.post(SIGN, words(page, person, name))
        assert (answer.status_code, answer["Location"]) == (302, THANKS)
        thanks = told(tablet.get(THANKS))
        assert "Please hand it back." in thanks
        assert "Hana" not in thanks
        assert "bar-nav" not in thanks
    assert [(s.participation, s.method, s.witness) for s in Signature.objects.order_by("at")] == [
        (signing.hana, "tablet", village.fadi.pk),
        (signing.rami, "tablet", village.fadi.pk),
    ]
    signed = Entry.objects.filter(verb="signed")
    assert {(line.actor_kind, line.actor_id) for line in signed} == {("staff", village.fadi.pk)}
    assert Entry.objects.filter(verb="handed_tablet").count() == 1


def as_anybody(page, person):
    """A page of the tablet without what is new on each: the key of its form and whose it is."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", told(page)).replace(str(person.pk), "").replace(person.person.first, "")


def test_the_list_never_says_who_has_signed(tablet, signing):
    nobody = as_anybody(tablet.get(LIST), signing.hana)
    hanas = words(give_to(tablet, signing.hana), signing.hana, "Hana")
    tablet.post(SIGN, hanas)
    assert as_anybody(put_down(tablet).get(LIST), signing.hana) == nobody


def test_the_page_of_whoever_has_signed_does_not_open_again(tablet, signing):
    hanas = words(give_to(tablet, signing.hana), signing.hana, "Hana")
    tablet.post(SIGN, hanas)
    assert choose(put_down(tablet), signing.hana)["Location"] == THANKS
    assert tablet.get(SIGN)["Location"] == LIST
    assert tablet.post(SIGN, hanas)["Location"] == LIST
    assert Signature.objects.count() == 1


def test_whoever_signed_on_their_own_phone_meanwhile_is_thanked_like_anybody(tablet, signing):
    page = give_to(tablet, signing.hana)
    actions.sign(signing.agreement, by=signing.me("hana"), participation=signing.hana, method="own", typed_name="Hana")
    assert tablet.post(SIGN, words(page, signing.hana, "Hana"))["Location"] == THANKS
    assert Signature.objects.get().method == "own"


def test_a_name_that_is_nobodys_is_not_taken(tablet, signing):
    wrong = [tablet.post(SIGN, words(give_to(tablet, who), who, "x")) for who in (signing.hana, signing.sol)]
    assert [answer.status_code for answer in wrong] == [422, 422]
    assert Signature.objects.count() == 0


def test_a_tablet_handed_round_again_lists_everyone_who_signs(signing, village, client):
    for key in ("hana", "gail"):
        actions.sign(signing.agreement, by=signing.me(key), participation=signing.people[key], method="own", typed_name=key)
    village.sign_in(client, "fadi").post(reverse("tablet", args=[signing.agreement.pk]), OURS)
    assert re.findall(r'name="person"[^>]*>(?:<[^>]*>)*\s*(\w+)', told(client.get(LIST))) == ["Hana", "Rami", "Sol", "Gail"]


def test_when_the_last_has_signed_the_tablet_still_tells_nobody_apart(tablet, signing):
    for person in signing.people.values():
        tablet.post(SIGN, words(give_to(tablet, person), person, person.person.shown))
    assert signing.agreement.stage == "in_force"
    for person in signing.people.values():
        assert choose(put_down(tablet), person)["Location"] == THANKS
    assert Signature.objects.count() == 4


def test_what_was_typed_for_one_is_never_written_for_another(tablet, signing):
    hanas = words(give_to(tablet, signing.hana), signing.hana, "Hana")
    give_to(tablet, signing.rami)
    assert tablet.post(SIGN, hanas)["Location"] == LIST
    assert tablet.post(SIGN, {key: value for key, value in hanas.items() if key != "whose"}).status_code == 422
    tablet.post(THANKS)
    assert tablet.post(SIGN, hanas)["Location"] == LIST
    assert Signature.objects.count() == 0


def test_only_those_it_was_handed_over_for_can_be_chosen(tablet, signing, next_case):
    others = list(next_case.people.values())
    for key in (str(others[0].pk), ANY, "", "x"):
        assert tablet.post(LIST, {"person": key}).status_code == 422
    assert tablet.get(SIGN)["Location"] == LIST


def test_the_staff_stay_is_over_in_this_browser(signing, village, client):
    village.sign_in(client, "fadi")
    old = client.cookies["stay"].value
    client.post(reverse("tablet", args=[signing.agreement.pk]), OURS)
    assert client.cookies["stay"].value != old
    assert not Session.objects.filter(session_key=old).exists()
    assert "_auth_user_id" not in client.session
    client.cookies["stay"] = old
    assert client.get(reverse("today"))["Location"].startswith(reverse("account_login"))


def every_address(case, agreement):
    """All the addresses of the site map, with keys of rows that are there."""
    kinds = {"pk": str(agreement.pk), "ref": case.ref, "programme": "northgate-high"}
    for entry in patterns():
        if entry.name in (None, "handed", "handed_number", "handed_sign", "handed_thanks", "handed_back", "exit", "alarm", "alarm_anywhere"):
            continue
        try:
            yield entry.name, reverse(entry.name, kwargs={key: kinds.get(key, "x") for key in entry.pattern.converters})
        except NoReverseMatch:  # a key of another sort
            continue


def test_every_other_page_of_the_house_leads_back_to_the_list(tablet, signing):
    tried, wrong = 0, []
    for name, path in every_address(signing.case, signing.agreement):
        for method in (tablet.get, tablet.post):
            answer, tried = method(path), tried + 1
            led = (401, None) if name == "told_along" else (302, LIST)  # a device that asks by itself is told, and led nowhere
            if (answer.status_code, answer.get("Location")) != led:
                wrong.append((name, answer.status_code, answer.get("Location")))
    assert wrong == []
    assert tried > 150
    assert (tablet.get(reverse("alarm", args=["northgate-high"])).status_code, tablet.get(reverse("alarm_anywhere")).get("Location")) == (
        200, reverse("alarm", args=["northgate-high"]),
    )  # fmt: skip


def test_somebody_who_is_not_safe_says_so_on_the_tablet_and_each_is_heard_alone(tablet, signing):
    at = reverse("alarm", args=["northgate-high"])
    for said in ("", "", "He has a knife."):
        key = tablet.get(at).context["form"]["form_key"].value()
        for _pressed_twice in range(2):
            assert "We have told them" in told(tablet.post(at, {"form_key": key, "words": said}))
    assert [(one.by_kind, one.by, one.words) for one in Alarm.objects.order_by("at")] == [
        ("anyone", None, ""), ("anyone", None, ""), ("anyone", None, "He has a knife."),
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["fadi", "hana", "nobody"])
def test_the_pages_of_the_tablet_open_to_nothing_else(signing, village, client, who):
    if who == "fadi":
        village.sign_in(client, "fadi")
    elif who == "hana":
        village.enter(client, signing.hana)
    for path in (LIST, NUMBER, SIGN, THANKS, BACK):
        for method in (client.get, client.post):
            assert method(path)["Location"] == reverse("account_login")


def test_handed_back_it_is_closed_and_forgets(tablet, signing):
    answer = tablet.post(BACK)
    assert (answer.status_code, answer["Clear-Site-Data"]) == (200, '"cache", "cookies", "storage"')
    assert "The tablet is closed." in told(answer)
    for path in (LIST, SIGN, reverse("agreement", args=[signing.case.ref])):
        assert tablet.get(path)["Location"].startswith(reverse("account_login"))


def test_ten_idle_minutes_close_it(signing, village, client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        village.sign_in(client, "fadi").post(reverse("tablet", args=[signing.agreement.pk]), OURS)
        clock.shift(timedelta(minutes=9))
        assert client.get(LIST).status_code == 200
        clock.shift(timedelta(minutes=11))
        assert client.get(LIST)["Location"] == reverse("account_login")


def _taken_off(signing, village):
    Assignment.objects.filter(case=signing.case).update(ended_at=timezone.now())


def _left(signing, village):
    Membership.objects.filter(user=village.fadi).update(ended_at=timezone.now())


def _shut_out(signing, village):
    village.fadi.is_active = False
    village.fadi.save()


@pytest.mark.parametrize("how", [_taken_off, _left, _shut_out])
def test_it_opens_no_more_than_whoever_handed_it_over_may(tablet, signing, village, how):
    how(signing, village)
    assert tablet.get(LIST)["Location"] == reverse("account_login")
    assert "handed" not in tablet.session


@pytest.mark.parametrize("who", ["sven", "ada", "mina", "ines", "nour"])
def test_whoever_may_not_hand_it_round_stays_signed_in_with_nothing(signing, village, client, who):
    village.sign_in(client, who)
    assert client.post(reverse("tablet", args=[signing.agreement.pk]), OURS).status_code == 404
    assert "handed" not in client.session


def test_the_tablet_speaks_the_language_of_whoever_holds_it(tablet, signing):
    signing.sol.person.language = "ar"
    signing.sol.person.save()
    page = give_to(tablet, signing.sol)
    assert 'lang="ar" dir="rtl"' in told(page)
    tablet.post(SIGN, words(page, signing.sol, "Sol"))
    assert Signature.objects.get().language == "ar"
    assert 'lang="en"' in told(tablet.get(NUMBER))


def test_a_name_on_paper_is_written_down_by_whoever_holds_the_sheet(signing, village, client):
    village.sign_in(client, "cora")
    there, seen = reverse("paper_signature", args=[signing.gail.pk]), {"seen": text.digest(signing.agreement.words)}
    assert client.post(there, seen | {"typed_name": ""}).status_code == 422
    assert client.post(there, {"typed_name": "G. Delacourt"}).status_code == 422
    for status in (302, 422):
        assert client.post(there, seen | {"typed_name": "G. Delacourt"}).status_code == status
    signature = Signature.objects.get()
    assert (signature.method, signature.witness, signature.typed_name) == ("paper", village.cora.pk, "G. Delacourt")


def test_a_tablet_has_nothing_to_show_when_nothing_is_to_be_signed(holding, village, client):
    village.sign_in(client, "fadi")
    for method in (client.get, client.post):
        assert method(reverse("tablet", args=[holding.agreement.pk]), OURS)["Location"] == reverse("agreement", args=[holding.case.ref])
    assert "_auth_user_id" in client.session
