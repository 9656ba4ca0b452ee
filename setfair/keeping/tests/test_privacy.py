"""The privacy page says what is so: who reads is worked out from the policy, how long from the rules of keeping."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from setfair.access.policy import POLICY
from setfair.keeping import actions, privacy
from setfair.keeping.endings import Group
from setfair.keeping.privacy import Audience
from setfair.keeping.queries import rules
from setfair.keeping.tests.test_copied import OF_EACH
from setfair.preparation import actions as preparation
from setfair.referrals.tests.asks import ask
from setfair.referrals.tests.test_words import HARDEST, grade, read

pytestmark = pytest.mark.django_db


def page(client, programme, audience):
    return client.get(reverse("privacy", args=[programme.slug, audience]))


def test_no_rule_and_nobody_who_reads_is_left_out():
    assert set(privacy.LONG) == set(Group)
    assert {tie for of in privacy.READ_BY.values() for one in of for tie in POLICY[one]} <= set(privacy.WHO)
    assert {tie for one in privacy.APART for tie in POLICY[one]} <= set(privacy.WHO)
    assert set(privacy.READ_BY) == set(privacy.KEPT) == set(Audience)


SAID = {
    "people_person": "Your name",
    "cases_participation": "Your name",
    "people_contact": "how we can reach you safely",
    "people_waywish": "how we can reach you safely",
    "people_custody": "how we can reach you safely",
    "preparation_consent": "What you choose",
    "preparation_slip": "What you choose",
    "preparation_complaint": "What you write past those who run the meeting: The supervisor",
    "safety_alarm": "When you tell us that someone is not safe: The coordinator, who runs this. The supervisor",
    "agreements_signature": "What you promise, sign",
    "agreements_concern": "sign and send us",
    "agreements_evidence": "sign and send us",
    "conferences_heading": "short headings of what was harmed",
    "exchanges_piece": "What you write to the others: The coordinator, who runs this. The trained helpers",
    "exchanges_said": "What you write to the others",
    "letters_cameback": "What you choose",
    "letters_letter": "How messages reach you",
    "notes_note": "notes of the team",
    "outcomes_news": "notes of the team",
    "files_file": "send us",
    "files_content": "send us",
    "voices_hope": "What you hope for",
    "voices_companion": "Whom you would like beside you",
    "voices_companionend": "Whom you would like beside you",
    "voices_ownwords": "What you want to say and ask",
    "voices_standin": "What you want to say and ask",
    "programmes_problem": "When you report a problem with a page: The administrator",
}
"""By which words the page of whoever is part of it tells that each is kept."""


def test_all_that_somebody_writes_is_on_their_page(client, village):
    assert {column.split(".")[0] for column in OF_EACH} | {"programmes_problem"} == set(SAID)
    text = re.sub(r"</dt>\s*<dd[^>]*>\s*", ": ", page(client, village.school, "person").text)
    assert [words for words in SAID.values() if words not in " ".join(re.sub(r"<[^>]+>", "", text).split())] == []


def test_each_reads_what_holds_for_them_in_this_programme(client, village):
    with village.inside():
        actions.set_rules(village.school, by=village.actor("ada"), days={**rules(), Group.DECLINED: 41})
        preparation.name_office(by=village.actor("cora"), name="Hill Street Office", purpose="share")
    said = {audience: page(client, village.school, audience).text for audience in Audience.values}
    assert {"41 days" in words for words in said.values()} == {True}
    assert all(str(label) in said["asker"] for label in privacy.LONG.values())
    assert ("Student helpers: first names" in said["person"], "Student helpers" in said["asker"]) == (True, False)
    assert {audience for audience, words in said.items() if "Hill Street Office" in words} == {"asker", "person", "guardian", "office"}
    assert "Hill Street Office" not in page(client, village.county, "person").text
    assert page(client, village.school, "nobody").status_code == 404
    assert client.get("/p/nowhere/privacy/asker/").status_code == 404


@pytest.mark.parametrize("audience", ["asker", "person", "guardian"])
def test_it_is_easy_to_read(client, village, audience):
    assert grade(read(page(client, village.school, audience))) <= HARDEST


def test_one_is_led_to_ones_own(village, at_preparing, client):
    with village.inside():
        _referral, code = ask(village.school)
    asker = Client()
    asker.post(reverse("code"), {"code": code})
    ines = village.sign_in(Client(), "ines")
    hana = village.enter(Client(), at_preparing.hana)
    here = reverse("privacy_here")
    found = [who.get(here).url for who in (asker, hana, ines)]
    assert found == [reverse("privacy", args=["northgate-high", audience]) for audience in ("asker", "person", "team")]
    assert (client.get(here).status_code, "Each programme has a page" in client.get(here).text) == (200, True)
    assert reverse("privacy_here") in hana.get(reverse("home")).text
    assert hana.get(reverse("home")).status_code == 200


def test_services_are_named_when_there_are_some(settings):
    settings.EMAIL_HOST, settings.SMS_CHANNEL = "", "file"
    assert privacy.services() == ["Messages leave from our own server."]
    settings.EMAIL_HOST, settings.SMS_CHANNEL = "smtp.mail.example", "somewhere.send"
    assert privacy.services() == ["Emails leave through smtp.mail.example.", "Text messages leave through a phone service."]
