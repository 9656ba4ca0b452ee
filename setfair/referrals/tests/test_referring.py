"""A request from a professional, section by section (W2b)."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.accounts.queries import pass_behind
from setfair.letters.models import Letter
from setfair.referrals.forms.referring import OFFICES
from setfair.referrals.models import Referral
from setfair.referrals.routes import REFER

from .test_draft import CODE

SLUG = "river-county"
HEARING = timezone.localdate() + timedelta(days=40)
SECTIONS = {
    "you": {"source": "judge", "office": "River County Court", "asker": "The clerk", "email": "clerk@court.example"},
    "responsible": {"name": "R. Delacourt", "reach": "555-0161"},
    "harmed": {"name": "H. O'Hara-Núñez", "reach": "through the advocate", "wait": "on"},
    "what": {"story": "A window was broken.", "day": "2026-10-02"},
    "legal": {"legal_stage": "pre_plea", "court_number": "RC-26-0417", "deadline": HEARING.isoformat()},
    "orders": {"orders": "No contact until the hearing.", "safety_worry": "on"},
    "back": {"wanted_back": "Whether it went ahead."},
}


def url(step="", slug=SLUG):
    return reverse("refer_step", args=[slug, step]) if step else reverse("refer", args=[slug])


def fill(client, *left_out, **other):
    for step in reversed(SECTIONS):
        if step not in left_out:
            page = client.post(url(step), other.get(step, SECTIONS[step]))
            assert page["Location"] == url(), (step, page.content.decode())


@pytest.mark.mission("S2.1")
def test_a_court_can_refer_and_says_what_it_needs_back(client, village):
    fill(client)
    page = client.post(url("check"), {"website": ""})
    assert page["Location"] == reverse("asked", args=[SLUG])
    with village.inside(village.county):
        kept = Referral.objects.get()
        assert (kept.source, kept.office, kept.asker, kept.is_professional) == ("judge", "River County Court", "The clerk", True)
        assert (kept.legal_stage, kept.court_number, kept.deadline) == ("pre_plea", "RC-26-0417", HEARING)
        assert (kept.orders, kept.safety_worry, kept.wanted_back) == ("No contact until the hearing.", True, "Whether it went ahead.")
        assert (kept.story, kept.when) == ("A window was broken.", "2026-10-02")
        assert kept.people == [
            {"name": "H. O'Hara-Núñez", "reach": "through the advocate", "wait": True, "role": "harmed"},
            {"name": "R. Delacourt", "reach": "555-0161", "wait": False, "role": "responsible"},
        ]
        assert kept.reach == {"email": "clerk@court.example"}
        assert Letter.objects.get(reader_id=kept.pk).address == "clerk@court.example"
    done = client.get(page["Location"]).content.decode()
    assert ("Each one decides." in done, "Then you decide." in done) == (True, False)
    assert pass_behind(client.get(page["Location"]).context["code"]).programme_id == village.county.pk


@pytest.mark.mission("S2.1")
@pytest.mark.parametrize("source", [code for code, _label in OFFICES])
def test_every_office_of_the_list_can_refer(client, village, source):
    fill(client, you={"source": source, "office": "An office", "call": "555-0170"})
    client.post(url("check"), {"website": ""})
    with village.inside(village.county):
        assert Referral.objects.get().source == source


def test_the_list_shows_what_is_done_and_opens_sending_last(client, village):
    link = f'href="{url("check")}"'
    assert link not in client.get(url()).content.decode()
    fill(client, "legal")
    assert link not in client.get(url()).content.decode()
    assert client.get(url("check"))["Location"] == url("legal")
    fill(client, *(step for step in SECTIONS if step != "legal"))
    assert link in client.get(url()).content.decode()


def test_nothing_asks_for_criminal_history_and_the_page_says_so(client, village):
    said = client.get(url()).content.decode()
    assert "There is no field for criminal history" in said
    asked = [name for kind in REFER.steps for name in kind.base_fields]
    assert sorted(asked) == sorted(
        "source office asker email call name reach wait name reach wait story day words legal_stage court_number deadline "
        "orders safety safety_worry wanted_back".split()
    )


def test_an_office_stops_and_goes_on_another_day_on_another_device(client, village):
    assert "Stop here" not in client.get(url()).content.decode()
    fill(client, "legal", "back")
    assert "Stop here" in client.get(url()).content.decode()
    page = client.post(url("legal"), SECTIONS["legal"] | {"stop": "1"})
    (code,) = set(CODE.findall(page.content.decode()))
    another = Client()
    assert another.post(reverse("ask_again", args=[SLUG]), {"code": code})["Location"] == url()
    assert "RC-26-0417" in another.get(url("legal")).content.decode()
    assert another.post(url("check"), {"website": ""}).status_code == 302
    with village.inside(village.county):
        assert (Referral.objects.get().office, Referral.objects.get().court_number) == ("River County Court", "RC-26-0417")


def test_where_no_professional_may_refer_there_is_no_such_page(client, village):
    for step in ("", "you", "check"):
        assert client.get(url(step, slug="northgate-high")).status_code == 404
    assert client.post(url("you", slug="northgate-high"), SECTIONS["you"]).status_code == 404


@pytest.mark.parametrize(
    ("step", "said", "sentence"),
    [
        ("you", {"source": "judge", "office": "A court"}, "Please give us an email address or a phone number"),
        ("you", {"source": "judge", "email": "clerk@court.example"}, "Please write the name of your office."),
        ("what", {"story": ""}, "Please tell us in a sentence or two"),
        ("what", {"story": "x", "day": "1900-01-01"}, "That is a long time ago."),
        ("legal", {"court_number": "1"}, "Please choose where it stands."),
        ("legal", {"legal_stage": "pre_plea", "deadline": "2026-01-01"}, "That day has passed."),
        ("legal", {"legal_stage": "pre_plea", "deadline": "2226-01-01"}, "That is many years from now."),
        ("responsible", {}, "Please write a name, or a few words."),
        ("harmed", {"wait": "on"}, "Please write a name, or a few words."),
    ],
)
def test_what_cannot_be_is_refused_kindly(client, village, step, said, sentence):
    page = client.post(url(step), said)
    assert (page.status_code, sentence in page.content.decode()) == (422, True)


def test_a_hearing_today_can_still_be_named(client, village):
    said = {"legal_stage": "pre_plea", "deadline": date.today().isoformat()}
    assert client.post(url("legal"), said).status_code == 302


def test_a_person_harmed_may_be_left_out(client, village):
    fill(client, "harmed", "orders", "back")
    assert client.post(url("check"), {"website": ""}).status_code == 302


def test_from_the_first_question_professionals_are_shown_the_way(client, village):
    client.post(reverse("ask_step", args=[SLUG, "now"]), {"answer": "no"})
    page = client.post(reverse("ask_step", args=[SLUG, "who"]), {"source": "professional"})
    assert page["Location"] == url()
    school = client.post(reverse("ask_step", args=["northgate-high", "who"]), {"source": "professional"})
    assert school.status_code == 422
