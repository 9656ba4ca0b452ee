"""The end is told to whoever knows of it, and a code that was right is not called wrong."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from setfair.access.tasks import sweep
from setfair.accounts.actions import issue_code, issue_link
from setfair.accounts.models import Pass
from setfair.cases.actions import ask_to_help
from setfair.cases.journey import Stage
from setfair.cases.models import Duty
from setfair.core import clock
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.outcomes import actions
from setfair.outcomes.models import News
from setfair.preparation import actions as preparation
from setfair.programmes.reasons import Reason
from setfair.village.story import case_at

pytestmark = pytest.mark.django_db

WRONG = "That did not work."


def close(story, reason=Reason.COMPLETED):
    if reason != Reason.COMPLETED:
        actions.tell(story.case, by=story.lead, participation=story.hana, way=News.Way.VOICE, told_on=timezone.localdate())
    actions.close(story.case, by=story.coordinator, reason=reason)


def test_after_the_end_nobody_is_asked_to_help(at_ready, village):
    with village.inside():
        given = {"part": "co", "starts_at": clock.now() + timedelta(days=20), "minutes": 60}
        duty = ask_to_help(at_ready.case, by=at_ready.coordinator, facilitator=village.facilitator("mina"), **given)
        close(at_ready, Reason.ENDED_HARMED)
        assert Duty.objects.get(pk=duty.pk).answer == Duty.Answer.OFF


def letters():
    return {letter.reader_id: letter for letter in Letter.objects.filter(key__startswith="over:")}


def test_everyone_in_the_circle_hears_that_it_is_over_and_not_what_or_how(kept, told):
    told(kept)
    close(kept)
    found = letters()
    assert set(found) == {p.person_id for p in kept.people.values()}
    hana = found[kept.hana.person_id]
    assert (hana.subject, hana.case_id) == ("You have a message", kept.case.pk)
    assert "this is over now" in hana.body
    assert [word for word in ("agreement", "promise", "conference", "Rami", "kept") if word in hana.body] == []


def test_whoever_is_let_be_gets_nothing(kept, told):
    told(kept)
    preparation.withdraw(kept.rami, by=kept.me("rami"))
    close(kept)
    assert set(letters()) == {p.person_id for key, p in kept.people.items() if key != "rami"}


def test_whoever_never_heard_of_it_is_not_told_now(village, at_preparing):
    with village.inside():
        story = at_preparing
        preparation.invite(story.hana, by=story.lead)
        close(story, Reason.NO_CONTACT_POSSIBLE)
        assert set(letters()) == {story.hana.person_id}


@pytest.fixture
def over(village, at_preparing):
    """A closed case, with the code that each had, and that of somebody who had left before."""
    with village.inside():
        story = at_preparing
        by = story.coordinator
        story.codes = {key: issue_code(bearer=Pass.Bearer.PARTICIPATION, bearer_id=p.pk, by=by) for key, p in story.people.items()}
        story.older = story.codes["hana"]
        story.codes["hana"] = issue_code(bearer=Pass.Bearer.PARTICIPATION, bearer_id=story.hana.pk, by=by)
        close(story, Reason.NO_CONTACT_POSSIBLE)
    return story


def typed(client, code, near="203.0.113.5"):
    page = client.post(reverse("code"), {"code": code}, REMOTE_ADDR=near)
    return page.status_code, page.content.decode()


def test_the_right_code_says_that_it_is_over_and_whom_to_call_and_lets_nobody_in(over, village, client):
    for _however_often in range(15):
        status, said = typed(client, over.codes["hana"])
    assert (status, "This is over" in said, "call us: 555-0112" in said, WRONG in said) == (200, True, True, False)
    assert [name in said for name in ("Hana", over.case.ref, over.case.alias)] == [False] * 3
    assert client.get(reverse("home"))["Location"] == reverse("code")
    with village.inside():
        assert {e.subject_id for e in Entry.objects.filter(verb="came_late")} == {str(Pass.objects.get(over=True, bearer_id=over.hana.pk).pk)}


def test_an_older_code_a_guess_and_too_many_guesses_are_told_nothing(over, client):
    for code in (over.older, "ABCD-2345"):
        status, said = typed(client, code, "198.51.100.7")
        assert (status, WRONG in said, "This is over" in said) == (422, True, False)
    for _guess in range(10):
        typed(client, "ABCD-2345", "198.51.100.7")
    status, said = typed(client, over.codes["rami"], "198.51.100.7")
    assert (status, "This is over" in said) == (422, False)


def test_closing_ends_every_way_in_at_once(village, client, browser_clients):
    with village.inside():
        story = case_at(village, Stage.PREPARING)
        link = issue_link(bearer=Pass.Bearer.PARTICIPATION, bearer_id=story.rami.pk, by=story.coordinator)
    stay = village.enter(browser_clients(), story.hana)
    assert stay.get(reverse("home")).status_code == 200
    with village.inside():
        close(story, Reason.NO_CONTACT_POSSIBLE)
        everyone = Pass.objects.filter(bearer_id__in=[p.pk for p in story.people.values()])
        assert everyone.filter(revoked_at__isnull=True).count() == 0
    assert stay.get(reverse("home")).url == reverse("code")
    assert client.post(reverse("enter", args=[link])).status_code == 410


def test_such_a_code_is_kept_for_a_year_when_old_passes_go_and_no_longer(over, village, client):
    with village.inside():
        from_then = Pass.objects.filter(over=True).count()
        assert from_then == len(over.people)
    for days, left in ((364, from_then), (366, 0)):
        with village.inside():
            Pass.objects.filter(over=True).update(revoked_at=timezone.now() - timedelta(days=days))
        sweep()
        with village.inside():
            assert Pass.objects.filter(over=True).count() == left
        status, said = typed(client, over.codes["hana"], "203.0.113.77")
        assert (status, "This is over" in said) == ((200, True) if left else (422, False))


def test_it_is_said_in_the_language_of_whoever_comes(over, village, client):
    with village.inside():
        person = over.hana.person
        type(person).objects.filter(pk=person.pk).update(language="es")
    assert '<html lang="es"' in typed(client, over.codes["hana"])[1]
