"""W7: one person, as those who prepare the case see them."""

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from setfair.accounts.models import Pass
from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Role
from setfair.core.text import typed
from setfair.letters.models import Letter
from setfair.preparation import actions
from setfair.preparation.models import Acknowledgement, Consent, Invitation, Meeting, SafetyCheck
from setfair.preparation.paper import square
from setfair.preparation.queries import answer_of
from setfair.vault.master import digest

PREPARERS = [
    ("cora", True),
    ("fadi", True),
    ("sven", False),
    ("mina", False),
    ("ines", False),
    ("malik", False),
    ("ada", False),
    ("nour", False),
    ("lena", False),
]
TODAY = timezone.localdate(timezone=ZoneInfo("America/New_York")).isoformat()
SAID = {
    "meetings": {"held_on": TODAY, "explained": "on", "support": "found"},
    "consents": {"answer": "yes", "scope": "take_part", "method": "said", "language": "en"},
    "acknowledgements": {"given": "yes", "method": "said"},
    "safety_checks": {"level": "low"},
    "invitations": {},
    "codes": {},
}


@pytest.fixture
def story(village, at_preparing):
    with village.inside():
        return at_preparing


@pytest.mark.parametrize(("who", "may"), PREPARERS)
def test_who_may_read(client, village, story, who, may):
    assert village.sign_in(client, who).get(reverse("person", args=[story.rami.pk])).status_code == (200 if may else 404)


@pytest.mark.parametrize("page", SAID)
@pytest.mark.parametrize(("who", "may"), PREPARERS)
def test_who_may_write(client, village, story, page, who, may):
    said = {**SAID[page], "giver": str(story.rami.pk)}
    status = village.sign_in(client, who).post(reverse(page, args=[story.rami.pk]), said).status_code
    assert status == (302 if may else 404)


@pytest.mark.parametrize("page", SAID)
def test_somebody_of_the_circle_writes_nothing_here(client, village, story, page):
    assert village.enter(client, story.rami).post(reverse(page, args=[story.rami.pk]), SAID[page]).status_code == 401
    with village.inside():
        assert [model.objects.count() for model in (Meeting, Consent, Acknowledgement, SafetyCheck, Invitation)] == [0] * 5


def test_a_facilitator_is_not_offered_what_only_the_coordinator_may_do(client, village, story):
    offered = {}
    for who in ("cora", "fadi"):
        page = village.sign_in(client, who).get(reverse("person", args=[story.hana.pk])).content.decode()
        links = [reverse(name, args=[story.hana.pk]) for name in ("meetings", "person_details", "person_leave")]
        offered[who] = [link in page for link in links]
    assert offered == {"cora": [True, True, True], "fadi": [True, False, False]}


def test_everything_about_one_person_is_written_down(client, village, story):
    fadi = village.sign_in(client, "fadi")
    for page, said in SAID.items():
        fadi.post(reverse(page, args=[story.rami.pk]), {**said, "giver": str(story.rami.pk)})
    fadi.post(reverse("consents", args=[story.rami.pk]), {**SAID["consents"], "giver": str(story.gail.pk), "method": "paper", "language": "es"})
    with village.inside():
        assert [model.objects.get().participation for model in (Meeting, Acknowledgement, SafetyCheck, Invitation)] == [story.rami] * 4
        assert list(Consent.objects.order_by("at").values_list("giver", "method", "language")) == [
            (story.rami.pk, "said", "en"),
            (story.gail.pk, "paper", "es"),
        ]
    page = fadi.get(reverse("person", args=[story.rami.pk])).content.decode()
    assert (page.count("Completed"), "5 of 5" in page) == (8, True)


@pytest.mark.parametrize(
    ("page", "said", "sentence"),
    [
        ("meetings", {"held_on": (timezone.localdate() + timedelta(days=3)).isoformat()}, "This date is still to come."),
        ("meetings", {"held_on": "1900-01-01"}, "Please check the date: it is too long ago."),
        ("meetings", {"held_on": "soon"}, "Enter a valid date."),
        ("meetings", {"minutes": "9999"}, "Ensure this value is less than or equal to 600."),
        ("consents", {"answer": "maybe"}, "Select a valid choice."),
        ("safety_checks", {"level": ""}, "Please choose one."),
        ("acknowledgements", {"given": "", "method": "said"}, "Please choose one."),
    ],
)
def test_a_refusal_says_what_to_look_at_and_keeps_the_words(client, village, story, page, said, sentence):
    words = {"note": "She asked for water.", "plan": "Two rooms.", "giver": str(story.rami.pk)}
    answer = village.sign_in(client, "fadi").post(reverse(page, args=[story.rami.pk]), {**SAID[page], **words, **said})
    text = answer.content.decode()
    kept = {"meetings": "She asked for water.", "safety_checks": "Two rooms."}.get(page, "")
    assert (answer.status_code, sentence in text, kept in text) == (422, True, True)


def test_a_guardian_without_authority_is_not_offered_and_not_taken(client, village, story):
    with village.inside():
        ida = cases.add_person(story.case, by=story.coordinator, name="Ida", role=Role.GUARDIAN, stands_by=story.rami)
    fadi = village.sign_in(client, "fadi")
    page = fadi.get(reverse("person", args=[story.rami.pk])).content.decode()
    assert (f'<option value="{story.gail.pk}"' in page, f'<option value="{ida.pk}"' in page) == (True, False)
    assert fadi.post(reverse("consents", args=[story.rami.pk]), {**SAID["consents"], "giver": str(ida.pk)}).status_code == 422
    with village.inside():
        assert not Consent.objects.exists()


def test_a_note_of_40_000_signs_is_taken(client, village, story):
    village.sign_in(client, "fadi").post(reverse("meetings", args=[story.hana.pk]), {**SAID["meetings"], "note": "ñ" * 40_000})
    with village.inside():
        assert len(Meeting.objects.get().note) == 40_000


def test_a_no_written_down_takes_a_planned_case_back(client, village, at_scheduled):
    with village.inside():
        story = at_scheduled
    village.sign_in(client, "fadi").post(reverse("consents", args=[story.hana.pk]), {**SAID["consents"], "giver": str(story.hana.pk), "answer": "no"})
    with village.inside():
        assert (Case.objects.get(pk=story.case.pk).stage, answer_of(story.hana).answer) == (Stage.PREPARING, "no")


def test_whoever_left_is_shown_as_gone(client, village, story):
    with village.inside():
        actions.meet(story.sol, by=story.lead, held_on=date.fromisoformat(TODAY), note="Wants to listen.")
        cases.let_go(story.sol, by=story.coordinator)
    fadi = village.sign_in(client, "fadi")
    page = fadi.get(reverse("person", args=[story.sol.pk])).content.decode()
    assert ("They are not in the circle any more." in page, "Wants to listen." in page, "<form id=" in page) == (True, True, False)
    assert fadi.post(reverse("invitations", args=[story.sol.pk])).status_code == 422
    assert fadi.post(reverse("codes", args=[story.sol.pk])).status_code == 422


# The way in.


def _code_in(answer):
    return typed("".join(answer.content.decode().split('data-copy="')[1].split('"')[0]))


def test_a_code_is_shown_once_with_a_square_and_opens_the_door(client, village, story, browser_clients):
    answer = village.sign_in(client, "fadi").post(reverse("invitations", args=[story.hana.pk]), follow=True)
    code = _code_in(answer)
    page = answer.content.decode()
    assert (square(f"{settings.SITE_ADDRESS}/code/").path in page, "no-store" in answer["Cache-Control"]) == (True, True)
    assert [word for word in re.findall(r'(?:href|action)="([^"]*)"', page) if code.lower() in word.lower()] == []
    with village.inside():
        assert bytes(Pass.objects.get(kind="code", bearer_id=story.hana.pk, revoked_at__isnull=True).digest) == digest("code", code)
    hana = browser_clients()
    hana.post(reverse("code"), {"code": code})
    assert hana.get(reverse("home")).status_code == 200


def test_the_letter_says_nothing_and_the_link_in_it_opens_the_door_once(client, village, story, browser_clients):
    village.sign_in(client, "fadi").post(reverse("invitations", args=[story.rami.pk]))
    village.sign_in(client, "fadi").post(reverse("invitations", args=[story.rami.pk]))
    with village.inside():
        letter = Letter.objects.get(key__startswith="invitation:")
        assert (letter.channel, letter.address, letter.subject) == ("sms", "555-0160", "You have a message")
        assert [w for w in ("Rami", "Delacourt", "Hana", story.case.ref, story.case.alias) if w in letter.body] == []
        assert Invitation.objects.get().channel == "sms"
        link = next(word for word in letter.body.split() if "/c/" in word)
    rami, other = browser_clients(), browser_clients()
    path = "/" + link.split("/", 3)[3]
    assert rami.post(path).status_code == 302
    assert (rami.get(reverse("home")).url, rami.get(reverse("way_back")).status_code) == (reverse("way_back"), 200)
    assert rami.get(reverse("home")).status_code == 200
    assert other.post(path).status_code != 302


def test_without_a_safe_way_it_goes_on_paper(client, village, story):
    with village.inside():
        uma = cases.add_person(story.case, by=story.coordinator, name="Uma", role=Role.COMMUNITY, contacts={"call": "555-0180"})
    answer = village.sign_in(client, "fadi").post(reverse("invitations", args=[uma.pk]), follow=True)
    assert "Please print this page and hand it over." in answer.content.decode()
    with village.inside():
        assert Invitation.objects.get().channel == "paper"
        assert not Letter.objects.filter(reader_id=uma.person_id).exists()


def test_a_new_code_ends_the_old_one_and_sends_no_letter(client, village, story, browser_clients):
    fadi = village.sign_in(client, "fadi")
    first = _code_in(fadi.post(reverse("codes", args=[story.hana.pk]), follow=True))
    second = _code_in(fadi.post(reverse("codes", args=[story.hana.pk]), follow=True))
    statuses = [browser_clients().post(reverse("code"), {"code": code}).status_code == 302 for code in (first, second)]
    with village.inside():
        assert (statuses, Letter.objects.filter(key__startswith="invitation:").count(), Invitation.objects.count()) == ([False, True], 0, 0)


def test_the_page_of_a_code_loaded_again_makes_no_new_one_and_forgets_it_after_ten_minutes(client, village, story, browser_clients):
    page, other = reverse("codes", args=[story.hana.pk]), reverse("codes", args=[story.rami.pk])
    with time_machine.travel(timezone.now(), tick=False) as later:
        fadi = village.sign_in(client, "fadi")
        assert fadi.get(page).url == reverse("person", args=[story.hana.pk])
        assert fadi.post(page).url == page
        code = _code_in(fadi.get(page))
        assert _code_in(fadi.get(page)) == code
        assert browser_clients().post(reverse("code"), {"code": code}).status_code == 302
        assert fadi.get(other).url == reverse("person", args=[story.rami.pk])
        fadi.post(page)
        later.shift(timedelta(minutes=11))
        assert fadi.get(page).url == reverse("person", args=[story.hana.pk])


def test_the_paper_speaks_the_readers_language_and_the_title_says_nothing(client, village, story):
    with village.inside():
        person = story.hana.person
        person.language = "ar"
        person.save()
    page = village.sign_in(client, "fadi").post(reverse("codes", args=[story.hana.pk]), follow=True).content.decode()
    assert page.split("<title>")[1].split("</title>")[0].strip() == "Northgate Room 12"


def test_the_page_costs_the_same_in_a_small_circle_and_in_a_large_one(client, village, story):
    fadi, address = village.sign_in(client, "fadi"), reverse("person", args=[story.rami.pk])
    fadi.get(address)
    with CaptureQueriesContext(connection) as four:
        fadi.get(address)
    with village.inside():
        for n in range(8):
            person = cases.add_person(story.case, by=story.coordinator, name=f"Neighbour {n}", role=Role.COMMUNITY)
            actions.consent(person, by=story.lead, answer="yes")
    with CaptureQueriesContext(connection) as twelve:
        fadi.get(address)
    assert len(twelve) == len(four)


@pytest.mark.parametrize(("who", "may"), [("cora", True), ("fadi", False), ("sven", False), ("mina", False), ("nour", False)])
def test_who_notes_why_somebody_goes_without_a_guardian(client, village, who, may, at_preparing):
    with village.inside():
        story = at_preparing
        cases.let_go(story.gail, by=story.coordinator)
    staff, page = village.sign_in(client, who), reverse("no_guardian", args=[story.rami.pk])
    assert staff.post(page, {"reason": "because"}).status_code == (422 if may else 404)
    assert staff.post(page, {"reason": "nobody"}).status_code == (302 if may else 404)
    if who in ("cora", "fadi"):
        assert ("No parent or guardian" in staff.get(reverse("person", args=[story.rami.pk])).content.decode()) == may
