"""Someone is not safe now: from every page one press tells whoever can act, and nobody whom it is about."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.core.actor import Actor, Kind
from setfair.desk.asking import lines
from setfair.desk.needs import needs
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.programmes.models import Membership, Role, Wording
from setfair.programmes.wording import forget
from setfair.safety import actions, queries
from setfair.safety.models import Alarm, Heard, Told

pytestmark = pytest.mark.django_db
ADDRESS = reverse("alarm", args=["northgate-high"])
WORDS = "He is outside my house and I am alone."


def press(client, at=ADDRESS, **said):
    page = client.get(at)
    assert page.status_code == 200
    key = page.context["form"]["form_key"].value()
    return client.post(at, {"form_key": str(key), **said})


def on_today(village, key):
    """The first word of each line that Today shows them."""
    return [line[0] for line in lines(village.actor(key), village.school, everyones=False)]


def told_of(alarm):
    return sorted(one.user.name for one in alarm.told.select_related("user"))


def test_from_each_kind_of_page_one_press_tells_the_safeguarding_lead(at_preparing, village, browser_clients):
    story = at_preparing
    hana = village.enter(browser_clients(), story.hana)
    asker = browser_clients()
    asker.post(reverse("code"), {"code": story.referral_code})
    fadi, ines = (village.sign_in(browser_clients(), key) for key in ("fadi", "ines"))
    found = []
    for client, at, said in (
        (browser_clients(), ADDRESS, {"reach": "call 555-0123"}), (hana, ADDRESS, {"words": WORDS}), (asker, ADDRESS, {}), (ines, ADDRESS, {}),
        (fadi, reverse("alarm_for", args=[story.rami.pk]), {"words": "He was hit."}),
    ):  # fmt: skip
        answer = press(client, at, **said)
        assert (answer.status_code, "We have told them" in answer.text, "911" in answer.text) == (200, True, True)
        with village.inside():
            alarm = Alarm.objects.latest("at")
            found.append((alarm.place, alarm.participation, alarm.referral, alarm.case, alarm.by_kind, told_of(alarm)))
            assert Letter.objects.filter(key__startswith=f"alarm:{alarm.pk}:0:").count() == 1
    wren = ["Wren Hollis"]
    assert found == [
        ("public", None, None, None, "anyone", wren), ("own", story.hana, None, story.case, "participant", wren),
        ("status", None, story.referral, story.case, "referrer", wren), ("staff", None, None, None, "staff", wren),
        ("staff", story.rami, None, story.case, "staff", wren),
    ]  # fmt: skip
    assert press(village.sign_in(browser_clients(), "mina"), ADDRESS).status_code == 200
    for key in ("mina", "nour", "ines"):
        at = reverse("alarm_for", args=[story.rami.pk])
        assert village.sign_in(browser_clients(), key).get(at).status_code == 404
    with village.inside():
        letter = Letter.objects.filter(key__startswith="alarm:").first()
        said = f"{letter.subject} {letter.body}"
        assert [word for word in ("Hana", "Rami", "safe", "alarm", story.case.ref, WORDS) if word in said] == []
        assert not Entry.objects.filter(case_id=story.case.pk, verb__startswith="alarm").exists()
        assert Entry.objects.filter(verb="alarm_raised").count() == 6


def test_whoever_is_told_reads_who_and_how_and_nobody_else_does(at_preparing, village, browser_clients):
    story = at_preparing
    press(village.enter(browser_clients(), story.hana), words=WORDS)
    with village.inside():
        alarm = Alarm.objects.get()
        assert [on_today(village, key).count("alarm") for key in ("wren", "cora", "sven", "fadi", "ines", "ada")] == [1, 1, 1, 0, 0, 0]
        (need, *_rest) = needs(village.actor("cora"), village.school).rows
        assert (need.sentence, need.ref, need.url) == ("Somebody is not safe now", "", reverse("alarm_read", args=[alarm.pk]))
    at, heard = reverse("alarm_read", args=[alarm.pk]), reverse("alarm_heard", args=[alarm.pk])
    wren = village.sign_in(browser_clients(), "wren")
    page = wren.get(at).text
    assert [word for word in ("Hana", "hana@home.example", WORDS, "I have it") if word not in page] == []
    assert reverse("case", args=[story.case.ref]) not in page
    assert wren.get(reverse("case", args=[story.case.ref])).status_code == 404
    others = [village.sign_in(browser_clients(), key) for key in ("ada", "fadi", "ines", "nour", "edda")]
    assert [(one.get(at).status_code, one.post(heard).status_code) for one in others] == [(404, 404)] * 5
    assert village.enter(browser_clients(), story.rami).get(at).status_code == 302
    assert [wren.post(heard).status_code, village.sign_in(browser_clients(), "sven").post(heard).status_code] == [302, 302]
    with village.inside():
        assert [one.by for one in Heard.objects.all()] == [village.users["wren"].pk]
        assert "alarm" not in on_today(village, "wren")


def test_whom_it_is_about_and_whoever_is_kept_out_are_never_told(at_preparing, village, browser_clients):
    story = at_preparing
    hana = village.enter(browser_clients(), story.hana)
    names = dict(hana.get(ADDRESS).context["form"].fields["about"].choices)
    assert sorted(names.values(), key=str)[:3] == ["Cora", "Fadi", "Ines"]
    with village.inside():
        cora = Membership.objects.get(user=village.users["cora"])
        Membership.objects.filter(role__in=(Role.SAFEGUARDING, Role.SUPERVISOR)).update(ended_at=story.case.opened_at)
    press(hana, about=next(key for key, name in names.items() if name == "Cora"), words=WORDS)
    with village.inside():
        alarm = Alarm.objects.get()
        assert (alarm.about_id, told_of(alarm)) == (cora.user_id, ["Ada Pryce"])
        assert "alarm" not in on_today(village, "cora")
    at = reverse("alarm_read", args=[alarm.pk])
    assert [village.sign_in(browser_clients(), key).get(at).status_code for key in ("cora", "ada")] == [404, 200]
    with village.inside():
        Membership.objects.filter(role=Role.SUPERVISOR).update(ended_at=None)
        cases.keep_out(story.case, by=story.coordinator, user=village.users["sven"], why="close")
    press(hana, words="Now again, and it is worse.")
    with village.inside():
        assert told_of(Alarm.objects.latest("at")) == ["Cora Ellery"]
    assert village.sign_in(browser_clients(), "sven").get(reverse("alarm_read", args=[alarm.pk])).status_code == 404


def test_of_a_sealed_case_the_person_is_told_and_the_case_is_not(at_preparing, village, browser_clients):
    story = at_preparing
    with village.inside():
        cases.seal(story.case, by=story.coordinator, why="staff", team=[village.users["cora"]])
    press(village.enter(browser_clients(), story.hana), words=WORDS)
    with village.inside():
        alarm = Alarm.objects.get()
    pages = {key: village.sign_in(browser_clients(), key).get(reverse("alarm_read", args=[alarm.pk])).text for key in ("wren", "sven", "cora")}
    assert {key: ("Hana" in page, story.case.ref in page) for key, page in pages.items()} == {
        "wren": (True, False), "sven": (True, False), "cora": (True, True),
    }  # fmt: skip


def test_pressed_twice_it_is_one_and_no_word_is_lost(at_preparing, village, browser_clients):
    hana = village.enter(browser_clients(), at_preparing.hana)
    press(hana)
    press(hana)
    page = hana.get(ADDRESS)
    assert "Nobody has opened it yet" in page.text
    press(hana, words=WORDS)
    press(hana, words=WORDS)
    key = uuid.uuid4()
    stranger = browser_clients()
    for _again in range(2):
        stranger.post(ADDRESS, {"form_key": str(key)})
    with village.inside():
        assert sorted((alarm.place, alarm.words) for alarm in Alarm.objects.all()) == [("own", ""), ("own", WORDS), ("public", "")]
        assert Told.objects.count() == 3
        first, second = Alarm.objects.filter(place="own").order_by("at")
    village.sign_in(browser_clients(), "wren").post(reverse("alarm_heard", args=[second.pk]))
    page = hana.get(ADDRESS).text
    assert ("somebody of the team read it" in page, "Wren" in page) == (True, False)


def test_what_is_new_in_a_second_press_is_told_too(at_preparing, village, browser_clients):
    story, stranger = at_preparing, browser_clients()
    hana = village.enter(browser_clients(), story.hana)
    names = dict(hana.get(ADDRESS).context["form"].fields["about"].choices)
    cora = next(key for key, name in names.items() if name == "Cora")
    for said in ({"words": WORDS}, {}, {"words": WORDS, "about": cora}, {"about": cora}):
        press(hana, **said)
    key = str(uuid.uuid4())
    for said in ({}, {"reach": "call 555-0123"}, {"words": WORDS, "reach": "call 555-0123"}, {"words": WORDS}, {}):
        stranger.post(ADDRESS, {"form_key": key, **said})
    with village.inside():
        found = [(one.place, one.words, one.reach, one.about_id) for one in Alarm.objects.order_by("at")]
    assert found == [
        ("own", WORDS, "", None), ("own", WORDS, "", village.users["cora"].pk),
        ("public", "", "", None), ("public", "", "call 555-0123", None), ("public", WORDS, "call 555-0123", None),
    ]  # fmt: skip


def test_on_a_tablet_each_press_is_an_alarm_of_its_own(at_preparing, village):
    """Two who press there stand before the same agreement, and nothing says that they are one."""
    held = Actor(Kind.TABLET, village.school.pk, uuid.uuid4())
    with village.inside():
        key = uuid.uuid4()
        for form_key in (key, key, uuid.uuid4()):
            actions.raise_alarm(queries.whence(held), by=held, form_key=form_key)
        assert Alarm.objects.count() == 2


def test_past_the_limit_the_page_still_says_whom_to_call_and_those_we_know_still_get_through(at_preparing, village, browser_clients, monkeypatch):
    monkeypatch.setattr("setfair.safety.views.raising.MOST_FROM_ONE_NETWORK", 0)
    answer = press(browser_clients())
    assert (answer.status_code, "911" in answer.text, "We could not take it here" in answer.text) == (429, True, True)
    assert press(village.enter(browser_clients(), at_preparing.hana)).status_code == 200
    with village.inside():
        assert Alarm.objects.count() == 1


def test_where_nobody_could_read_it_the_page_says_so(village, browser_clients):
    with village.inside():
        Membership.objects.exclude(role=Role.STUDENT).exclude(role=Role.FACILITATOR).update(ended_at="2026-11-01T00:00Z")
        Wording.objects.create(key="danger_help", language="en", words="Night line: 555-0177\nShelter: 555-0178")
        forget()
    page = browser_clients().get(ADDRESS).text
    assert [word for word in ("Nobody of us may read this in time", "555-0177", "555-0178", "911") if word not in page] == []
    assert "Please call now" in press(browser_clients()).text


def test_it_opens_from_every_page_and_whatever_became_of_a_stay(at_preparing, village, browser_clients):
    story = at_preparing
    link = f'href="{ADDRESS}"'
    hana, fadi = village.enter(browser_clients(), story.hana), village.sign_in(browser_clients(), "fadi")
    pages = [(browser_clients(), reverse("start", args=["northgate-high"])), (hana, reverse("home")), (fadi, reverse("today"))]
    assert [(at, link in client.get(at).text) for client, at in pages] == [(at, True) for _client, at in pages]
    assert 'href="/now/"' in browser_clients().get("/nowhere-at-all/").text
    chooses = browser_clients().get(reverse("alarm_anywhere"))
    assert (chooses.status_code, link in chooses.text) == (200, True)
    assert hana.get(reverse("alarm_anywhere"))["Location"] == ADDRESS
    hana.session.flush()
    assert Client().get(ADDRESS).status_code == 200
