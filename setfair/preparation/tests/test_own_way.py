"""Who changes their own way: nothing goes to the new one before it was confirmed from there, the old one hears of it where it is safe, and the
team sees it."""

import re
from datetime import time, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from setfair.core import clock
from setfair.core.actor import system
from setfair.desk.tests.todays import told
from setfair.journal.models import Entry
from setfair.letters.actions import Address, Words, clear, write
from setfair.letters.gate import Barrier
from setfair.letters.journey import Stage
from setfair.letters.models import Letter
from setfair.letters.tasks import send_due_letters
from setfair.people import actions as people
from setfair.people.card import Card
from setfair.people.models import WayWish
from setfair.people.queries import ways
from setfair.preparation.views import contact
from setfair.programmes.models import Programme
from setfair.village.cast import OTHER
from setfair.village.story import opened

OLD, NEW, LINE = "hana@home.example", "hana@new.example", "Somebody changed how we reach them"


@pytest.fixture
def story(village, at_preparing, monkeypatch):
    for counted in ("CHANGES", "TRIES"):  # counts stay from one test to the next
        monkeypatch.setattr(contact, counted, (1000, timedelta(days=1)))
    with village.inside():
        send_due_letters()
        mail.outbox.clear()
        return at_preparing


def change(page, way="email", **said):
    return page.post(reverse("my_contact_way", args=[way]), said)


def confirm(page, code):
    return page.post(reverse("my_contact_code"), {"code": code}).status_code


def safe(village, story, key="hana"):
    with village.inside():
        return [str(way.value) for way in ways(story.people[key].person)]


def post(village, story):
    """What left since, and to whom."""
    with village.inside():
        send_due_letters()
    sent = [(message.to[0], message.subject) for message in mail.outbox]
    code = next((found[0] for message in mail.outbox if (found := re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", message.body))), "")
    bodies = " ".join(f"{message.subject} {message.body}" for message in mail.outbox)
    mail.outbox.clear()
    assert [word in bodies for word in ("Hana", "Rami", NEW, OLD, "lunch", "circle")] == [False] * 6
    return sent, code


def body(village, row):
    with village.inside():
        return str(row.body)


def letter(village, story, to, channel="email"):
    with village.inside():
        by, number = system(village.school.pk), Letter.objects.count()
        said = Words("A message for you", "There is something new.")
        row = write(said, to=Address(channel, to), reader=story.hana.person_id, case=story.case.pk, key=f"answer:{number}", by=by)
        return (row.stage, row.trouble)


def sees(village, *who):
    return [LINE in [need.sentence for need in told(village, one)] for one in who]


def verbs(village, story):
    with village.inside():
        rows = Entry.objects.filter(case_id=story.case.pk, subject_id=str(story.hana.person_id)).order_by("id")
        return [verb for verb in rows.values_list("verb", flat=True) if verb.endswith("_way")]


def test_a_new_address_holds_once_its_code_was_typed_and_the_safe_old_one_is_told(village, client, browser_clients, story):
    hana = village.enter(client, story.hana)
    before = len(verbs(village, story))
    assert change(hana, value=NEW).status_code == 422
    assert change(hana, value=NEW, old="yes").status_code == 302
    assert (safe(village, story), letter(village, story, NEW)) == ([OLD], (Stage.FAILED, Barrier.NOT_ALLOWED))
    assert letter(village, story, OLD) == (Stage.DUE, "")
    sent, code = post(village, story)
    assert sorted(sent) == sorted([(NEW, "Your code"), (OLD, "Please check"), (OLD, "A message for you")])
    assert sees(village, "cora", "fadi", "mina", "sven", "ada", "nour") == [True, True, False, False, False, False]
    assert (confirm(hana, "2222-2222"), safe(village, story)) == (422, [OLD])
    rami = village.enter(browser_clients(), story.rami)
    assert (confirm(rami, code), safe(village, story)) == (422, [OLD])
    assert (confirm(hana, code), safe(village, story), confirm(hana, code)) == (302, [OLD], 422)
    assert (letter(village, story, NEW), letter(village, story, OLD)) == ((Stage.FAILED, Barrier.NOT_ALLOWED), (Stage.DUE, ""))
    assert post(village, story)[0] == [(OLD, "A message for you")]
    assert f"<bdi>{NEW}</bdi>: we talk with you before we use it." in hana.get(reverse("my_contact")).content.decode()
    page, fadi = reverse("way_changes", args=[story.hana.pk]), village.sign_in(client, "fadi")
    shown = fadi.get(page).content.decode()
    with village.inside():
        wish = WayWish.objects.get()
    assert (NEW in shown, OLD in shown, "they typed the code that went there" in shown) == (True, True, True)
    for who, status in (("mina", 404), ("sven", 404), ("nour", 404), ("ines", 404)):
        other = village.sign_in(browser_clients(), who)
        assert (other.get(page).status_code, other.post(page, {"wish": wish.pk, "what": "see"}).status_code) == (status, status)
    fadi.post(page, {"wish": wish.pk, "what": "see"})
    assert sees(village, "fadi") == [True]
    fadi.post(page, {"wish": wish.pk, "what": "take"})
    assert (sees(village, "cora", "fadi"), NEW in fadi.get(page).content.decode()) == ([False, False], False)
    assert (safe(village, story), letter(village, story, NEW), letter(village, story, OLD)[0]) == ([NEW], (Stage.DUE, ""), Stage.FAILED)
    assert verbs(village, story)[before:] == ["wished_way", "proved_way", "took_way", "closed_way", "opened_way", "saw_way"]


def test_an_old_one_that_is_not_safe_ends_at_once_and_hears_nothing(village, client, story):
    hana = village.enter(client, story.hana)
    waits = letter(village, story, OLD)
    change(hana, value=NEW, old="no")
    assert (waits, safe(village, story)) == ((Stage.DUE, ""), [])
    sent, code = post(village, story)
    assert sent == [(NEW, "Your code")]
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        assert (confirm(village.enter(client, story.hana), code), safe(village, story)) == (422, [])
    assert (confirm(village.enter(client, story.hana), code), safe(village, story), post(village, story)[0]) == (302, [NEW], [])
    assert letter(village, story, NEW) == (Stage.FAILED, Barrier.NO_WORD_YET)
    change(village.enter(client, story.hana), value="")
    assert (safe(village, story), post(village, story)[0]) == ([], [])
    shown = village.sign_in(client, "cora").get(reverse("way_changes", args=[story.hana.pk])).content.decode()
    assert ("The old one was told nothing" in shown, "that way is safe no more" in shown) == (True, True)


def wish_of(village):
    with village.inside():
        return WayWish.objects.get()


def test_word_to_the_old_one_waits_for_its_hour_and_goes_though_the_new_one_holds_by_then(village, client, browser_clients, story):
    night, hours = clock.at(timezone.localdate() + timedelta(days=1), 23, 0, village.school.zone), Programme.objects.filter(pk=village.school.pk)
    with time_machine.travel(night, tick=False):
        with village.inside():
            hours.update(letters_from=time(8), letters_until=time(20))
        hana = village.enter(client, story.hana)
        change(hana, value=NEW, old="yes")
        with village.inside():
            waits = {row.key.partition(":")[0]: row for row in Letter.objects.filter(key__startswith="way_")}
        assert {kind: row.due_at for kind, row in waits.items()} == dict.fromkeys(("way_code", "way_told"), night + timedelta(hours=9))
        assert (confirm(hana, re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", body(village, waits["way_code"]))[0]), safe(village, story)) == (302, [OLD])
        village.sign_in(browser_clients(), "fadi").post(reverse("way_changes", args=[story.hana.pk]), {"wish": wish_of(village).pk, "what": "take"})
        assert safe(village, story) == [NEW]
        with village.inside():
            assert [row.stage for row in Letter.objects.filter(pk__in=[row.pk for row in waits.values()])] == [Stage.WITHDRAWN] * 2
            (word,) = Letter.objects.filter(key__startswith="way_", stage=Stage.DUE)
            assert (str(word.address), word.subject, word.due_at) == (OLD, "Please check", night + timedelta(hours=9))
    with time_machine.travel(night + timedelta(hours=10)), village.inside():
        assert clear(word, by=system(village.school.pk)) is True
        people.describe_way(story.hana.person, by=story.lead, way="email", value=OLD, card=Card())
        people.reach(story.hana.person, by=story.lead, way="email", value="")
        assert Letter.objects.get(pk=word.pk).stage == Stage.WITHDRAWN


def test_no_code_goes_where_the_other_side_or_somebody_they_are_kept_apart_from_reads(village, client, story):
    with village.inside():
        people.keep_apart(story.hana.person, by=story.coordinator, other=story.sol.person, by_order=True)
    hana = village.enter(client, story.hana)
    for value, barrier in (("gail@home.example", Barrier.OTHER_SIDE), ("sol@home.example", Barrier.APART)):
        change(hana, value=value, old="no")
        with village.inside():
            stuck = Letter.objects.get(key__startswith="way_code", stage=Stage.FAILED, trouble=barrier)
            assert str(stuck.address) == value
    assert (safe(village, story), post(village, story)) == ([], ([], ""))
    waits = Letter.objects.filter(key__startswith="way_code", stage=Stage.DUE)
    for value in ("hana@one.example", "hana@two.example", ""):
        change(hana, value=value)
        with village.inside():
            assert [str(row.address) for row in waits.all()] == [value] * bool(value)


def test_what_no_code_can_go_to_waits_for_a_word_with_the_team(village, client, story):
    with village.inside():
        other = opened(village, circle=OTHER)
        other.add_everyone(OTHER)
    hana = village.enter(client, story.hana)
    for way, value in (("call", "555-0188"), ("sms", "555-0189")):
        change(hana, way, value=value, old="yes")
    assert (safe(village, story), hana.get(reverse("my_contact")).status_code) == ([OLD], 200)
    with village.inside():
        wishes = {wish.way: wish for wish in WayWish.objects.all()}
    elsewhere = village.sign_in(client, "cora")
    elsewhere.post(reverse("way_changes", args=[other.otto.pk]), {"wish": wishes["call"].pk, "what": "take"})
    assert safe(village, story) == [OLD]
    page, fadi = reverse("way_changes", args=[story.hana.pk]), village.sign_in(client, "fadi")
    fadi.post(page, {"wish": wishes["call"].pk, "what": "see"})
    assert sees(village, "fadi") == [True]
    fadi.post(page, {"wish": wishes["call"].pk, "what": "take"})
    fadi.post(page, {"wish": wishes["sms"].pk, "what": "drop"})
    with village.inside():
        code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", str(Letter.objects.get(key__startswith="way_code").body))[0]
    assert (sorted(safe(village, story)), sees(village, "fadi"), confirm(village.enter(client, story.hana), code)) == (
        ["555-0188", OLD],
        [False],
        422,
    )


def test_what_the_team_wrote_down_since_is_not_undone_by_an_old_code(village, client, story, monkeypatch):
    hana = village.enter(client, story.hana)
    change(hana, value=NEW, old="yes")
    _sent, code = post(village, story)
    with village.inside():
        people.reach(story.hana.person, by=story.lead, way="email", value="hana@third.example", case=story.case.pk)
    assert (confirm(hana, code), safe(village, story)) == (422, ["hana@third.example"])
    monkeypatch.setattr(contact, "CHANGES", (0, timedelta(days=1)))
    assert (change(hana, value="hana@fourth.example", old="no").status_code, safe(village, story)) == (422, ["hana@third.example"])


def test_a_number_spelled_in_another_way_and_then_as_before_withdraws_nothing_that_waits(village, client, story):
    with village.inside():
        people.reach(story.hana.person, by=village.actor("cora"), way="sms", value="555-0171")
    assert letter(village, story, "555-0171", "sms") == (Stage.DUE, "")
    hana = village.enter(client, story.hana)
    assert change(hana, "sms", value="(555) 0171", old="yes").status_code == 302
    change(hana, "sms", value="555-0171")
    with village.inside():
        stages = {
            row.key.partition(":")[0]: row.stage for row in Letter.objects.filter(key__regex="^(answer|way_code)", reader_id=story.hana.person_id)
        }
    assert stages == {"answer": Stage.DUE, "way_code": Stage.WITHDRAWN}


def test_only_where_every_old_one_is_dead_a_code_is_enough_and_nobody_makes_one_dead_on_the_page(village, client, browser_clients, story):
    hana = village.enter(client, story.hana)
    with village.inside():
        people.reach(story.hana.person, by=system(village.school.pk), way="email", value="")  # as when everything came back from there
    change(hana, value=NEW)
    said = hana.get(reverse("my_contact")).content.decode()
    assert f"We sent a code to <bdi>{NEW}</bdi>. We use it when you have typed the code." in said
    assert (confirm(hana, post(village, story)[1]), safe(village, story), letter(village, story, NEW)) == (302, [NEW], (Stage.DUE, ""))
    fadi = village.sign_in(browser_clients(), "fadi")
    fadi.post(reverse("way_changes", args=[story.hana.pk]), {"wish": wish_of(village).pk, "what": "take"})
    post(village, story)
    change(hana, value="")
    change(hana, value=OLD)
    said = hana.get(reverse("my_contact")).content.decode()
    assert f"We sent a code to <bdi>{OLD}</bdi>. When you have typed it, we talk with you. Then we use it." in said
    assert confirm(hana, post(village, story)[1]) == 302
    assert (safe(village, story), letter(village, story, OLD)) == ([OLD], (Stage.FAILED, Barrier.NO_WORD_YET))
    change(hana, "sms", value="555-0171")
    with village.inside():
        (code,) = Letter.objects.filter(key__startswith="way_code", stage=Stage.DUE)
    assert confirm(hana, re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", body(village, code))[0]) == 302
    assert letter(village, story, "555-0171", "sms") == (Stage.FAILED, Barrier.NO_WORD_YET)


def test_more_at_the_same_address_is_not_said_to_be_unused(village, client, story):
    with village.inside():
        people.describe_way(story.hana.person, by=story.lead, way="call", value="555-0101", card=Card(may_leave_message=False))
    hana = village.enter(client, story.hana)
    change(hana, "call", value="555-0101", may_leave_message="on")
    said = hana.get(reverse("my_contact")).content.decode()
    assert "Thank you. It stays as it is until we have talked with you." in said
    assert "<bdi>555-0101</bdi>: we use it as before. We talk with you before we do more there." in said
    assert "before we use it" not in said


def test_what_was_confirmed_and_is_written_once_more_gets_no_second_code_unless_something_else_is_said_of_it(village, client, story):
    hana = village.enter(client, story.hana)
    change(hana, value=NEW, old="yes", also_reads="my aunt")
    confirm(hana, post(village, story)[1])
    hana.get(reverse("my_contact"))
    change(hana, value=NEW, old="yes", also_reads="my aunt")
    said = hana.get(reverse("my_contact")).content.decode()
    assert ("Thank you. We talk with you before we use it." in said, "We sent a code" in said) == (True, False)
    assert (wish_of(village).may_tell, post(village, story)) == (True, ([], ""))
    change(hana, value=NEW, old="yes")
    said = hana.get(reverse("my_contact")).content.decode()
    sent, code = post(village, story)
    assert ("Thank you. We sent a code there." in said, (NEW, "Your code") in sent, confirm(hana, code)) == (True, True, 302)
    change(hana, value=NEW, old="no")
    sent, code = post(village, story)
    assert (sent, safe(village, story), confirm(hana, code), safe(village, story)) == ([(NEW, "Your code")], [], 302, [NEW])
