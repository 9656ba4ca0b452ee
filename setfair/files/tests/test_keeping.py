"""A file on its way in: chosen by somebody of the team, drawn anew, asked about, sealed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import get_resolver, reverse

from setfair.cases.audience import Audience
from setfair.files import actions, queries, tasks
from setfair.files.examined import MOST, Examined
from setfair.files.journey import Stage
from setfair.files.models import Content, File, Harm
from setfair.files.scanner import Verdict
from setfair.journal.models import Entry
from setfair.vault.ring import WordsAreGone
from tests.house.matrix import _patterns

from . import sent
from .test_audience import WORDS, kept

pytestmark = pytest.mark.django_db


def send(client, story, data, name="holiday in Kestrelwood.exe", **more):
    said = {"audience": "team", "reader": "", "words": "The letter", "instead_of": "", "file": SimpleUploadedFile(name, data, "text/html")}
    return client.post(reverse("file_add", args=[story.case.ref]), said | more)


@pytest.fixture
def fadi(village, client):
    return village.sign_in(client, "fadi")


def test_a_picture_is_kept_anew_whatever_it_is_called(story, fadi):
    assert send(fadi, story, sent.picture()).status_code == 302
    file = File.objects.get()
    assert (file.kind, file.extent, file.stage, file.audience, file.words) == ("jpeg", "400x600", Stage.UNCHECKED, Audience.TEAM, "The letter")
    assert sent.PLANTED not in queries.bytes_of(file)
    assert Entry.objects.get(verb="added_file").detail == {"audience": "team", "kind": "jpeg"}


def test_it_lies_in_the_database_only_sealed_and_opens_nowhere_else(story):
    first, second = kept(story, Audience.TEAM), kept(story, Audience.TEAM)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM files_content ORDER BY id")
        lying = [bytes(row[0]) for row in cursor.fetchall()]
        assert [WORDS in sealed for sealed in lying] == [False, False]
        one, other = (Content.objects.get(file=f) for f in (first, second))
        cursor.execute("UPDATE files_content SET data = (SELECT data FROM files_content WHERE id = %s) WHERE id = %s", [one.pk, other.pk])
    assert queries.bytes_of(first) == WORDS
    with pytest.raises(WordsAreGone):
        queries.bytes_of(second)


def test_a_file_that_its_key_does_not_open_is_gone(story, fadi):
    file = kept(story, Audience.TEAM)
    Content.objects.filter(file=file).update(data=b"\x01" + bytes(40))
    with pytest.raises(WordsAreGone):
        queries.bytes_of(file)
    assert fadi.get(reverse("file", args=[file.pk])).status_code == 404


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This file is empty."),
        (b"a" * (MOST + 1), "This file is too large. 10 MB is the most."),
        (sent.REFUSED["phone_picture"], "Please take a screenshot of it and send that."),
        (sent.TWO_THINGS["a picture and an archive"], "There is something else hidden in this file."),
    ],
)
def test_what_is_not_taken_comes_back_with_what_to_do(story, fadi, data, said):
    answer = send(fadi, story, data)
    assert (answer.status_code, said in answer.text, File.objects.count()) == (422, True, 0)


def test_no_file_at_all_and_nobody_to_share_with_are_asked_for(story, fadi):
    answer = fadi.post(reverse("file_add", args=[story.case.ref]), {"audience": "shared"})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"file", "words", "reader"}
    both = send(fadi, story, WORDS, audience="safety", reader=str(story.hana.pk))
    assert (both.status_code, list(both.context["form"].errors), File.objects.count()) == (422, ["reader"], 0)


def test_a_neighbour_and_somebody_who_only_reads_add_nothing(story, village, browser_clients):
    tried = [send(village.sign_in(browser_clients(), key), story, WORDS).status_code for key in ("nour", "sven", "mina", "ines", "ada")]
    assert (tried, File.objects.count()) == ([404] * 5, 0)


def test_twenty_are_the_most_and_are_counted_before_anything_is_read(story, fadi):
    for _each in range(queries.MOST_IN_A_CASE):
        kept(story, Audience.WORKING)
    answer = send(fadi, story, sent.vast_picture())
    assert (answer.status_code, "as many files here as fit" in answer.text) == (422, True)
    with pytest.raises(actions.CannotKeep):
        kept(story, Audience.TEAM)
    actions.take_away(File.objects.first(), by=story.lead)
    assert send(fadi, story, WORDS).status_code == 302


def test_somebody_who_sends_file_after_file_waits(story, fadi, monkeypatch):
    monkeypatch.setattr("setfair.files.forms.TRIES", 2)
    assert [send(fadi, story, b"").status_code for _each in range(3)] == [422] * 3
    assert "Please wait an hour" in send(fadi, story, WORDS).text


def test_what_the_scanner_knows_is_not_kept_and_stands_on_today_until_somebody_has_read_it(story, fadi, scanner):
    answer = send(fadi, story, b"The word is " + sent.PLANTED)
    assert (answer.status_code, "It was not kept." in answer.text, File.objects.count()) == (422, True, 0)
    today = fadi.get(reverse("today")).text
    assert "Somebody sent a file that may do harm. It was not kept" in today
    fadi.post(reverse("file_harm_seen", args=[story.case.ref]))
    assert "may do harm" not in fadi.get(reverse("today")).text
    assert [Entry.objects.filter(verb=verb).count() for verb in ("sent_harm", "saw_harm")] == [1, 1]


def test_with_a_scanner_what_is_clean_is_for_whom_it_is_at_once(story, fadi, scanner, village, browser_clients):
    send(fadi, story, sent.picture().replace(sent.PLANTED, b"x" * len(sent.PLANTED)), audience="shared", reader=str(story.hana.pk))
    assert File.objects.get().stage == Stage.KEPT
    assert "virus" not in fadi.get(reverse("case_files", args=[story.case.ref])).text


@pytest.mark.parametrize(("words", "stage", "found"), [(WORDS, Stage.KEPT, 0), (sent.PLANTED, Stage.GONE, 1)])
def test_what_could_not_be_asked_about_is_asked_about_again(story, scanner, settings, words, stage, found):
    there, settings.CLAMD = settings.CLAMD, "127.0.0.1:1"
    actions.add(story.case, by=story.lead, found=Examined("text", "", words, Verdict.UNKNOWN), audience="team")
    tasks.look_again()
    assert File.objects.get().stage == Stage.UNCHECKED
    settings.CLAMD = there
    tasks.look_again()
    assert (File.objects.get().stage, Harm.objects.count(), Content.objects.count()) == (stage, found, 1 - found)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_whatever_its_length(story, fadi, count, django_assert_num_queries):
    for _each in range(count):
        kept(story, Audience.SHARED)
    fadi.get(reverse("case_files", args=[story.case.ref]))
    with django_assert_num_queries(27):
        fadi.get(reverse("case_files", args=[story.case.ref]))


def test_only_where_a_file_is_taken_may_a_request_be_as_large_as_one():
    large = {entry.name for entry in _patterns(get_resolver()) if hasattr(entry.callback, "takes_a_file")}
    assert large == {
        "asked_enclose", "brought_enclose", "file_add", "list_new", "proof_file", "request_enclose", "signed_paper", "status_enclose",
    }  # fmt: skip
