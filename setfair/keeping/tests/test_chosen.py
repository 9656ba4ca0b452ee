"""The files of a copy are those that were read through when it was answered, whatever comes, goes or is checked before it is fetched."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from setfair.files import actions as files
from setfair.files.examined import Examined
from setfair.files.scanner import Verdict
from setfair.keeping import actions, queries
from setfair.keeping.asked import How, Wants, Why
from setfair.keeping.models import Copy, CopyFile
from setfair.keeping.tests.test_copied import typed_again
from setfair.village.cast import OTHER
from setfair.village.story import case_at

pytestmark = pytest.mark.django_db


def shared(story, words, verdict=Verdict.CLEAN):
    found = Examined("text", "", words.encode(), verdict)
    return files.add(story.case, by=story.lead, audience="shared", reader=story.hana, words=words, found=found)


def bundled(hana):
    bundle = zipfile.ZipFile(io.BytesIO(hana.get(reverse("own_copy_file")).content))
    told = json.loads(bundle.read("copy.json"))
    inside = {name: bundle.read(name).decode() for name in bundle.namelist() if name.startswith("files/")}
    return inside, [one["name"] for one in told["files"]], told["gone"], bundle.read("copy.html").decode()


def test_what_is_fetched_is_what_was_read_through(at_preparing, village, browser_clients, monkeypatch):
    story = at_preparing
    with village.inside():
        first, second, unchecked = shared(story, "one"), shared(story, "two"), shared(story, "three", Verdict.UNKNOWN)
        asking = actions.ask(story.hana, by=story.me("hana"), wants=Wants.COPY)
        typed_again_page = village.enter(browser_clients(), story.hana)
    cora = village.sign_in(browser_clients(), "cora")
    page = reverse("asking", args=[asking.pk])
    mark = re.search(r'name="seen" value="(\w+)"', cora.get(page).text)[1]
    assert re.search(r'name="seen" value="(\w+)"', cora.get(page).text)[1] == mark, "to look at it changes nothing"
    with village.inside():
        late = shared(story, "four")
    answer = {"answer": "granted.all", "spoken": "on"}
    for seen in ({}, {"seen": ""}, {"seen": mark}):
        refused = cora.post(page, answer | seen)
        assert (refused.status_code, "Something has changed since you opened this page" in refused.text) == (422, True)
    mark = re.search(r'name="seen" value="(\w+)"', refused.text)[1]
    assert cora.post(page, answer | {"seen": mark}).status_code == 302

    with village.inside():
        told = Copy.objects.get()
        assert [(row.number, row.file_id, row.is_own) for row in told.files.order_by("number")] == [
            (1, first.pk, False), (2, second.pk, False), (4, late.pk, False),
        ]  # fmt: skip
        shared(story, "five")
        monkeypatch.setattr("setfair.files.scanner.verdict", lambda data: Verdict.CLEAN)
        assert files.check(unchecked, by=story.lead)
        files.take_away(second, by=story.lead)
        assert [one.name for one in queries.files_of(story.hana)] == ["1.txt", "3.txt", "4.txt", "5.txt"], "what another copy would hold"
    hana = typed_again_page
    typed_again(village, hana, story.hana)
    inside, listed, gone, html = bundled(hana)
    assert (inside, listed, gone) == ({"files/1.txt": "one", "files/4.txt": "four"}, ["files/1.txt", "files/4.txt"], ["files/2.txt"])
    assert "This file was taken away since: files/2.txt" in html
    assert ("three" in html, "five" in html, "four" in html) == (False, False, True)


def test_only_what_was_read_through_is_handed_over_also_in_another_language_and_not_without_its_mark(
    at_preparing, village, browser_clients, monkeypatch
):
    story = at_preparing
    with village.inside():
        story.hana.person.language = "es"
        story.hana.person.save()
        shared(story, "one")
        asking = actions.note_asking(story.hana, by=story.lead, wants=Wants.COPY)
    cora, page = village.sign_in(browser_clients(), "cora"), reverse("asking", args=[asking.pk])
    shown = cora.get(page).text
    mark, before = re.search(r'name="seen" value="(\w+)"', shown)[1], queries.hold_still

    def while_it_waits_for_its_turn(thing):
        shared(story, "two")
        before(thing)

    with village.inside():
        for seen in ("", "0" * 16):
            with pytest.raises(actions.CannotKeep, match="Something has changed"):
                actions.answer(asking, by=story.coordinator, how=How.GRANTED, why=Why.ALL, seen=seen)
    monkeypatch.setattr(queries, "hold_still", while_it_waits_for_its_turn)
    refused = cora.post(page, {"answer": "granted.all", "seen": mark})
    assert (refused.status_code, "Something has changed since you opened this page" in refused.text) == (422, True)
    monkeypatch.setattr(queries, "hold_still", before)
    assert cora.post(page, {"answer": "granted.all", "seen": mark}).status_code == 302
    with village.inside():
        told = Copy.objects.get()
        assert [row.number for row in told.files.all()] == [1]
        assert [section["title"] for section in told.words][0] not in shown


def test_the_choice_is_a_fact_and_of_that_case_alone(at_preparing, village):
    story = at_preparing
    with village.inside():
        shared(story, "one")
        asking = actions.ask(story.hana, by=story.me("hana"), wants=Wants.COPY)
        actions.answer(asking, by=story.coordinator, how=How.GRANTED, why=Why.ALL, spoken=True, seen=queries.made_for(story.hana).mark)
        row = CopyFile.objects.get()
        for refused in (row.delete, lambda: CopyFile.objects.update(is_own=True)):
            with pytest.raises(ProgrammingError), transaction.atomic():
                refused()
        other = case_at(village, "preparing", circle=OTHER, matter=1)
        theirs = files.add(other.case, by=other.lead, audience="team", reader=None, words="", found=Examined("text", "", b"x", Verdict.CLEAN))
        with pytest.raises(IntegrityError), transaction.atomic():
            CopyFile.objects.create(copy=row.copy, case=story.case, file=theirs, number=9, is_own=False)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
