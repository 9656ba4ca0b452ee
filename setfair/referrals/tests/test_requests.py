"""What the team sees of requests: the list, one request, the answer, and one written down for someone."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from setfair.cases.models import Case
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.journal.journey import move
from setfair.journal.models import Entry
from setfair.programmes.models import Closure
from setfair.programmes.reasons import Reason
from setfair.referrals import actions, queries
from setfair.referrals.models import Addition, Referral, Screening
from setfair.village.story import CHECKS
from setfair.village.time import at

from .asks import ask

LIST = "/requests/"


@pytest.fixture
def waiting(village):
    with village.inside():
        referral, _code = ask(village.school, safety="They walk home the same way.", asker="O'Hara-Núñez")
        return referral


def one(referral, name="request"):
    return reverse(name, args=[referral.ref])


WHO = [("cora", 200), ("sven", 200), ("ada", 404), ("fadi", 404), ("ines", 404), ("nour", 404)]


@pytest.mark.parametrize(("key", "status"), WHO)
def test_who_may_read_a_request(client, village, waiting, key, status):
    assert village.sign_in(client, key).get(one(waiting)).status_code == status


@pytest.mark.parametrize(("key", "status"), [("cora", 200), ("sven", 200), ("ada", 404), ("fadi", 404), ("nour", 200)])
def test_who_may_see_the_list(client, village, waiting, key, status):
    village.sign_in(client, key)
    page = client.get(LIST)
    assert page.status_code == status
    assert (waiting.ref in page.content.decode()) == (key in ("cora", "sven"))


@pytest.mark.parametrize(("key", "status"), [("cora", 302), ("sven", 404), ("ada", 404), ("fadi", 404), ("nour", 404)])
def test_who_may_answer_a_request(client, village, waiting, key, status):
    village.sign_in(client, key)
    assert client.post(one(waiting, "request_decline"), {"reason": "not_safe"}).status_code == status
    with village.inside():
        assert Screening.objects.count() == (1 if status == 302 else 0)


@pytest.mark.parametrize(("key", "status"), [("cora", 200), ("sven", 200), ("ada", 200), ("ines", 200), ("lena", 200)])
def test_who_may_write_one_down(client, village, key, status):
    village.sign_in(client, key)
    assert client.get(reverse("request_new")).status_code == status


def test_a_referrer_and_a_stranger_are_sent_to_the_staff_entrance(client, village, waiting):
    assert client.get(one(waiting)).status_code == 302
    with village.inside():
        _other, code = ask(village.school)
    client.post(reverse("code"), {"code": code})
    assert client.get(one(waiting)).status_code == 302


def test_a_supervisor_reads_and_does_not_answer(client, village, waiting):
    village.sign_in(client, "sven")
    said = client.get(one(waiting)).content.decode()
    assert ("As told, not checked" in said, "Accept and open a case" in said) == (True, False)


def test_opening_a_request_is_written_down(client, village, waiting):
    village.sign_in(client, "cora")
    client.get(one(waiting))
    with village.inside():
        line = Entry.objects.get(verb="read", subject_id=str(waiting.pk))
        assert (line.actor_id, line.route, line.detail) == (village.cora.pk, "request", {})


def test_a_request_shows_what_was_told(client, village, waiting):
    village.sign_in(client, "cora")
    said = client.get(one(waiting)).content.decode()
    for words in ("There was shoving.", "O&#x27;Hara-Núñez", "They walk home the same way.", "As told, not checked"):
        assert words in said
    assert "<title>Northgate Room 12</title>" in said


def test_accepting_goes_on_to_the_case(client, village, waiting):
    village.sign_in(client, "cora")
    page = client.post(one(waiting, "request_accept"), {"harm_named": "yes", "no_order": "unknown", "note": "Seen."})
    with village.inside():
        case = Case.objects.get(referral=waiting)
        assert page["Location"] == reverse("case", args=[case.ref])
        assert Screening.objects.get().checks == {"harm_named": "yes", "no_order": "unknown"}
    said = client.get(one(waiting)).content.decode()
    assert (reverse("case", args=[case.ref]) in said, "Accept and open a case" in said) == (True, False)
    assert "Somebody was hurt, and we know who: Yes" in said


@pytest.mark.parametrize("note", ["", "   "])
@pytest.mark.parametrize("answered", [0, 1, len(CHECKS) - 1])
def test_a_check_that_is_left_open_takes_a_note(client, village, waiting, answered, note):
    village.sign_in(client, "cora")
    said = dict(list(CHECKS.items())[:answered])
    page = client.post(one(waiting, "request_accept"), said | {"note": note})
    assert (page.status_code, "Please answer each line" in page.content.decode()) == (422, True)
    with village.inside():
        assert (Referral.objects.get(pk=waiting.pk).stage, Screening.objects.count(), Case.objects.count()) == ("received", 0, 0)


def test_with_every_line_answered_no_note_is_needed(client, village, waiting):
    village.sign_in(client, "cora")
    assert client.post(one(waiting, "request_accept"), CHECKS).status_code == 302
    with village.inside():
        assert Screening.objects.get().checks == CHECKS


def test_a_no_without_a_reason_is_asked_for_one(client, village, waiting):
    village.sign_in(client, "cora")
    page = client.post(one(waiting, "request_decline"), {"note": "Talked with both."})
    said = page.content.decode()
    assert (page.status_code, "Please choose a reason." in said, "Talked with both." in said) == (422, True, True)


def test_whoever_answers_second_reads_it_and_keeps_their_note(client, village, waiting):
    village.sign_in(client, "cora")
    with village.inside():
        actions.decline(waiting, by=village.actor("cora"), reason=Reason.DUPLICATE)
    page = client.post(one(waiting, "request_accept"), {"no_order": "yes", "note": "Seen."})
    said = page.content.decode()
    assert (
        page.status_code,
        "This has moved on in the meantime." in said,
        "not going ahead: we have this request already" in said.lower(),
    ) == (
        422,
        True,
        True,
    )


@pytest.mark.django_db(transaction=True)
def test_a_request_whose_words_are_gone_still_opens(client, village, waiting, lose_key):
    with village.inside():
        actions.decline(waiting, by=village.actor("cora"), reason=Reason.DUPLICATE, note="A note.")
    lose_key(waiting.pk)
    village.sign_in(client, "cora")
    said = client.get(one(waiting)).content.decode()
    assert ("The words of this request have been removed." in said, "There was shoving." in said) == (True, False)


# The list


def test_the_list_holds_the_oldest_first_with_its_age_and_its_worry(client, village):
    now = timezone.now()
    with village.inside():
        with at(now - timedelta(days=9)):
            old, _code = ask(village.school, safety_worry=True)
        new, _code = ask(village.school)
    village.sign_in(client, "cora")
    said = client.get(LIST).content.decode()
    assert said.index(old.ref) < said.index(new.ref)
    assert ("9 days ago" in said, "Worry about safety" in said, "Answer was due" in said) == (True, True, True)


def test_what_was_answered_stands_apart_and_comes_back_when_something_is_added(client, village, waiting):
    village.sign_in(client, "cora")
    with village.inside():
        actions.decline(waiting, by=village.actor("cora"), reason=Reason.OTHER_PATH)
    assert waiting.ref not in client.get(LIST).content.decode()
    assert waiting.ref in client.get(LIST + "?show=answered").content.decode()
    with village.inside():
        actions.add(waiting, by=Actor(Kind.REFERRER, village.school.pk, waiting.pk), words="One more thing.")
    said = client.get(LIST).content.decode()
    assert (waiting.ref in said, "Something was added" in said) == (True, True)
    assert "One more thing." in client.get(one(waiting)).content.decode()
    assert waiting.ref not in client.get(LIST).content.decode()


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_three(client, village, waiting):
    village.sign_in(client, "cora")
    client.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as first:
        client.get(LIST)
    with village.inside():
        for _n in range(2):
            referral, _code = ask(village.school)
            Addition.objects.create(referral=referral, words="More.")
    with CaptureQueriesContext(connection) as third:
        said = client.get(LIST).content.decode()
    assert said.count("R-100") >= 3
    assert len(first) == len(third)


def test_the_list_opens_no_words(client, village, waiting):
    village.sign_in(client, "cora")
    with CaptureQueriesContext(connection) as asked:
        client.get(LIST)
    assert [q["sql"] for q in asked if "vault_datakey" in q["sql"] or '"story"' in q["sql"]] == []


@pytest.mark.parametrize("kind", ["waiting", "answered"])
def test_pages_follow_each_other_without_gap_or_double(village, monkeypatch, kind):
    monkeypatch.setattr(queries, "PAGE", 2)
    with village.inside():
        made = [ask(village.school)[0].ref for _n in range(5)]
        if kind == "answered":
            for referral in Referral.objects.all():
                move(referral, "withdrawn", by=village.actor("cora"))
            made.reverse()
        rows, seen, after = getattr(queries, kind)(village.actor("cora")), [], ""
        for _n in range(3):
            page = queries.page(rows, village.school, after)
            seen, after = seen + [line.referral.ref for line in page.lines], page.after
        assert (seen, after) == (made, "")


@pytest.mark.parametrize("mark", ["x", "~", "2026-01-01~x", "2026-13-01T00:00:00+00:00~x", "2026-01-01T00:00:00~34758141-d120-4ff3-a5a8-c0224d15247"])
def test_a_mark_that_means_nothing_shows_the_first_page(client, village, waiting, mark):
    assert waiting.ref in village.sign_in(client, "cora").get(LIST, {"after": mark}).content.decode()


def test_the_day_of_the_answer_skips_weekends_and_closures(village):
    friday = clock.at(timezone.datetime(2026, 11, 20).date(), 15, 0, village.school.zone)
    with village.inside():
        assert queries.reply_by(village.school, friday).isoformat() == "2026-11-24"
        Closure.objects.create(name="Fall break", starts_on="2026-11-23", ends_on="2026-11-27")
        assert queries.reply_by(village.school, friday).isoformat() == "2026-12-01"


# Written down for someone

SLIP = {
    "source": "self_harmed",
    "asker": "Hana",
    "story": "From the paper slip.",
    "people": "Rami\n\na boy from my class\n",
    "none": "on",
    "language": "es",
}


def write_down(client, **other):
    return client.post(reverse("request_new"), {"form_key": uuid.uuid4(), **SLIP, **other})


@pytest.mark.mission("S0.1")
def test_a_paper_slip_can_be_written_down(client, village):
    village.sign_in(client, "cora")
    page = write_down(client)
    with village.inside():
        kept = Referral.objects.get()
        assert (kept.entered_by, kept.source, kept.story, kept.language) == (village.cora.pk, "self_harmed", "From the paper slip.", "es")
        assert kept.people == [{"name": "Rami", "role": ""}, {"name": "a boy from my class", "role": ""}]
    assert page["Location"] == one(kept)
    first, second = (client.get(page["Location"]).content.decode() for _n in range(2))
    assert ("It is shown once." in first, "It is shown once." in second) == (True, False)
    assert "written down by the team" in second


def test_the_same_slip_twice_is_one_request(client, village):
    village.sign_in(client, "cora")
    key = uuid.uuid4()
    for _n in range(2):
        assert write_down(client, form_key=key).status_code == 302
    with village.inside():
        assert Referral.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"source": ""}, "Please choose the line that fits you best."),
        ({"none": ""}, "Please give us one safe way"),
        ({"day": "2062-01-01"}, "That day has not come yet."),
        ({"deadline": "2026-01-01"}, "That day has passed."),
        ({"form_key": "x"}, "Enter a valid UUID."),
    ],
)
def test_a_slip_that_cannot_be_comes_back_with_its_words(client, village, said, sentence):
    village.sign_in(client, "cora")
    page = write_down(client, **said)
    assert (page.status_code, "From the paper slip." in page.content.decode()) == (422, True)
    if "form_key" not in said:
        assert sentence in page.content.decode()
