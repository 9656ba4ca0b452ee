"""An office is told three things and no more, and only on the yes of everyone it is about."""

import io

import pikepdf
import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from setfair.notes.actions import CannotNote, write
from setfair.outcomes import actions
from setfair.outcomes.report import report_of
from setfair.preparation import actions as preparation
from setfair.preparation.actions import CannotShare
from setfair.preparation.models import Consent, Disclosure
from setfair.preparation.queries import answer_of
from setfair.village.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(village, at_following_up):
    with village.inside():
        yield at_following_up


@pytest.fixture
def court(village, story):
    office = preparation.name_office(by=village.actor("ada"), name="River County Court", purpose="share")
    preparation.ask_about(story.case, by=story.coordinator, recipient=office)
    return office


def all_say_yes(story, court, but=""):
    for key, person in story.people.items():
        if key != but:
            preparation.consent(person, by=story.lead, answer="yes", scope="share", recipient=court)
    if but != "gail for rami":
        preparation.consent(story.rami, by=story.lead, giver=story.gail, answer="yes", scope="share", recipient=court)


@pytest.fixture
def cora(village, client):
    """Signed in with a password some while ago."""
    user = get_user_model().objects.get(pk=village.users["cora"].pk)
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user)
    return client


def test_three_answers_leave_on_everyones_yes_and_are_written_down(village, story, court):
    all_say_yes(story, court)
    pdf = actions.report(story.case, by=story.coordinator, office=court, further=True)
    shared = Disclosure.objects.filter(kind="report")
    assert {d.person_id for d in shared} == {p.person_id for p in story.people.values()}
    assert {(d.recipient, tuple(d.told)) for d in shared} == {(court, ("took_place:yes", "ended:no", "further:yes"))}
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
        assert str(opened.docinfo.get("/Title", "")) == "Our copy"
        assert [name for name in ("Hana", "Rami", "Delacourt", story.case.alias) if name in str(opened.docinfo)] == []
    assert vars(report_of(story.case, further=False)) == {"took_place": True, "ended": False, "further": False}


@pytest.mark.parametrize("but", ["hana", "sol", "gail for rami"])
def test_one_yes_that_is_missing_keeps_it_all(village, story, court, but):
    all_say_yes(story, court, but=but)
    with pytest.raises(CannotShare):
        actions.report(story.case, by=story.coordinator, office=court, further=False)
    assert not Disclosure.objects.exists()


def test_a_yes_that_is_taken_back_stops_the_next_one(village, story, court):
    all_say_yes(story, court)
    actions.report(story.case, by=story.coordinator, office=court, further=False)
    last = preparation.consent(story.hana, by=story.lead, answer="withdrawn", scope="share", recipient=court)
    assert last.answer == "withdrawn"
    with pytest.raises(CannotShare):
        actions.report(story.case, by=story.coordinator, office=court, further=False)


def test_what_is_taken_back_on_ones_own_page_ends_at_once_and_no_reason_is_asked(village, story, court, browser_clients):
    all_say_yes(story, court)
    for key, person in story.people.items():
        for scope in ("outcome", "notes"):
            preparation.consent(person, by=story.me(key), answer="yes", scope=scope, method="own")
    hana = village.enter(browser_clients(), story.hana)
    for said in Consent.objects.filter(giver=story.hana, participation=story.hana, answer="yes", scope__in=("share", "outcome", "notes")):
        assert hana.post(reverse("yes_back", args=[said.pk])).url == reverse("my_yes")
    last = {scope: answer_of(story.hana, scope=scope, recipient=court if scope == "share" else None) for scope in ("share", "outcome", "notes")}
    assert [(a.answer, a.conditions) for a in last.values()] == [("withdrawn", "")] * 3
    cora = village.sign_in(browser_clients(), "cora")
    page = cora.post(reverse("report", args=[story.case.ref]), {"office": court.pk, "further": "no"}).text
    assert ("Not everyone has said yes to this" in page, "Make the PDF" in page) == (True, False)
    for refused in (
        lambda: actions.report(story.case, by=story.coordinator, office=court, further=False),
        lambda: preparation.disclose(story.hana, by=story.coordinator, kind="letter", to=court),
        lambda: preparation.disclose(story.hana, by=story.coordinator, kind="outcome", to=story.referral),
    ):
        with pytest.raises(CannotShare):
            refused()
    with pytest.raises(CannotNote):
        write(story.case, by=story.lead, words="She told me more.", audience="team", about=story.hana)
    asker = browser_clients()
    asker.post(reverse("code"), {"code": story.referral_code})
    assert asker.get(reverse("status")).status_code == 200
    assert set(Disclosure.objects.values_list("kind", flat=True)) == {"status"}


def test_it_is_looked_at_first_and_made_after_the_step_before(cora, village, story, court, browser_clients):
    address, send = reverse("report", args=[story.case.ref]), reverse("report_send", args=[story.case.ref])
    said = {"office": court.pk, "further": "no"}
    page = cora.post(address, said).content.decode()
    assert ("Not everyone has said yes to this" in page, "Make the PDF" in page) == (True, False)
    assert cora.post(send, said).url.startswith(reverse("account_reauthenticate"))
    with village.inside():
        all_say_yes(story, court)
    page = cora.post(address, said).content.decode()
    assert ("Did it take place?" in page, "Make the PDF" in page) == (True, True)
    cora.post(send, said)
    with village.inside():
        assert not Disclosure.objects.filter(kind="report").exists()
    cora.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    made = cora.post(send, said)
    assert (made.status_code, made["Content-Type"], made["Content-Disposition"]) == (200, "application/pdf", 'attachment; filename="paper.pdf"')
    assert [village.sign_in(browser_clients(), who).get(address).status_code for who in ("fadi", "sven", "mina", "nour", "ada")] == [404] * 5


def test_after_the_end_a_yes_can_still_be_taken_back(client, village, at_closed):
    with village.inside():
        story = at_closed
        office = preparation.name_office(by=village.actor("ada"), name="River County Court", purpose="share")
        assert report_of(story.case, further=False).ended
        preparation.ask_about(story.case, by=story.coordinator, recipient=office)
        with pytest.raises(preparation.CannotPrepare):
            preparation.consent(story.hana, by=story.lead, answer="yes", scope="share", recipient=office)
        assert preparation.consent(story.hana, by=story.lead, answer="withdrawn", scope="share", recipient=office).answer == "withdrawn"
