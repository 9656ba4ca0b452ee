"""Who finds a file: those it was said to be for before it was kept, and nobody else."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from setfair.cases.audience import Audience
from setfair.core import tenant
from setfair.files import actions, queries
from setfair.files.examined import Examined
from setfair.files.journey import Stage
from setfair.files.models import File
from setfair.files.scanner import Verdict
from setfair.journal.models import Entry
from setfair.village.cast import OTHER
from setfair.village.story import case_at

pytestmark = pytest.mark.django_db
STAFF = ("cora", "sven", "ada", "fadi", "mina", "ines", "nour")
WORDS = b"What the school wrote."


def kept(story, audience, by=None, verdict=Verdict.CLEAN, **more):
    facts = {"found": Examined("text", "", WORDS, verdict), "audience": audience, "words": "A letter"} | more
    return actions.add(story.case, by=by or story.lead, reader=story.hana if audience == Audience.SHARED else None, **facts)


def who_opens(village, browser_clients, story, file):
    """Everyone of the team, next door and in the circle who gets the bytes."""
    found = []
    for key in STAFF:
        answer = village.sign_in(browser_clients(), key).get(reverse("file", args=[file.pk]))
        found += [key] if answer.status_code == 200 and answer.content == WORDS else []
    for key in ("hana", "rami"):
        answer = village.enter(browser_clients(), story.people[key]).get(reverse("my_file", args=[file.pk]))
        found += [key] if answer.status_code == 200 and answer.content == WORDS else []
    return found


@pytest.mark.parametrize(
    ("audience", "who"),
    [
        (Audience.WORKING, ["fadi"]),
        (Audience.TEAM, ["cora", "sven", "fadi"]),
        (Audience.SAFETY, ["cora", "sven"]),
        (Audience.SHARED, ["cora", "sven", "fadi", "hana"]),
    ],
)
def test_a_file_opens_to_those_it_is_for(story, village, browser_clients, audience, who):
    file = kept(story, audience)
    assert who_opens(village, browser_clients, story, file) == who
    pages = {key: village.sign_in(browser_clients(), key).get(reverse("case_files", args=[story.case.ref])) for key in STAFF}
    assert [key for key in STAFF if "A letter" in pages[key].text] == [key for key in who if key in STAFF]


def test_somebody_of_another_case_finds_nothing_shared_with_hana(story, village, browser_clients):
    otto = case_at(village, "preparing", circle=OTHER).people["otto"]
    file = kept(story, Audience.SHARED)
    client = village.enter(browser_clients(), otto)
    assert client.get(reverse("my_file", args=[file.pk])).status_code == 404
    assert "A letter" not in client.get(reverse("my_files")).text
    assert "Papers for you" not in client.get(reverse("home")).text


def test_what_is_shared_stands_on_that_persons_own_pages(story, village, browser_clients):
    kept(story, Audience.SHARED)
    pages = {key: village.enter(browser_clients(), story.people[key]) for key in ("hana", "rami")}
    assert ["Papers for you" in pages[key].get(reverse("home")).text for key in pages] == [True, False]
    assert ["A letter" in pages[key].get(reverse("my_files")).text for key in pages] == [True, False]


def test_what_is_not_checked_is_for_the_team_alone(story, village, browser_clients):
    file = kept(story, Audience.SHARED, verdict=Verdict.UNKNOWN)
    assert who_opens(village, browser_clients, story, file) == ["cora", "sven", "fadi"]
    page = village.sign_in(browser_clients(), "fadi").get(reverse("case_files", args=[story.case.ref])).text
    assert "Not checked for viruses" in page
    assert "Files are not checked for viruses here." in page


def test_a_file_goes_out_under_no_name_as_no_page_and_with_a_line(story, village, client):
    file = kept(story, Audience.TEAM)
    village.sign_in(client, "cora")
    for _twice in range(2):
        answer = client.get(reverse("file", args=[file.pk]))
    said = {
        "Content-Disposition": 'attachment; filename="text.txt"',
        "Content-Type": "application/octet-stream",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    assert {name: answer[name] for name in said} == said
    lines = Entry.objects.filter(verb="downloaded", subject_id=str(file.pk))
    assert [(line.actor_id, line.detail) for line in lines] == [(village.cora.pk, {})] * 2


def test_what_is_taken_away_is_gone_and_its_place_is_remembered(story, village, browser_clients):
    file = kept(story, Audience.TEAM)
    neighbour = village.sign_in(browser_clients(), "nour").post(reverse("file_away", args=[file.pk]))
    done = village.sign_in(browser_clients(), "fadi").post(reverse("file_away", args=[file.pk]))
    assert (neighbour.status_code, done.status_code) == (404, 302)
    file.refresh_from_db()
    assert (file.stage, file.contents.count(), who_opens(village, browser_clients, story, file)) == (Stage.GONE, 0, [])
    assert Entry.objects.get(verb="moved", subject_id=str(file.pk)).detail["reason"] == "taken_away"


def test_a_newer_one_takes_the_place_and_the_earlier_one_stays_for_the_team(story, village, browser_clients):
    first = kept(story, Audience.SHARED)
    second = kept(story, Audience.SHARED, instead_of=first)
    assert [(row.file.pk, row.is_replaced) for row in queries.of_case(story.case, story.lead)] == [(second.pk, False), (first.pk, True)]
    assert who_opens(village, browser_clients, story, first) == ["cora", "sven", "fadi"]


def test_the_database_shares_with_one_person_of_the_same_case_or_with_none(story, village):
    there = kept(story, Audience.SHARED)
    otto = case_at(village, "preparing", circle=OTHER).people["otto"]
    facts = {"case": story.case, "stage": "kept", "kind": "text", "size": 1, "by_kind": "staff"}
    for wrong in ({"audience": "team", "reader": story.hana}, {"audience": "shared"}, {"audience": "shared", "reader": otto}, {"audience": "all"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            File.objects.create(**facts | wrong)
            transaction.get_connection().check_constraints()
    assert list(File.objects.all()) == [there]


def test_nothing_of_it_is_there_from_next_door(story, village):
    kept(story, Audience.TEAM)
    with tenant.inside(village.county.pk):
        assert File.objects.count() == 0
