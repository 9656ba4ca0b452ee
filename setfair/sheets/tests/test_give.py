"""Their questions, who comes, how long, where and how to stop: in two presses, as they can read it; and it is kept that it was given."""

import io

import pikepdf
import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.preparation import actions as preparation
from setfair.preparation.queries import progress
from setfair.preparation.refusal import CannotPrepare
from setfair.programmes.actions import revise_script
from setfair.programmes.scripts import running_script
from setfair.sheets import actions
from setfair.sheets.models import Given
from setfair.sheets.queries import last_given, sheet_of

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def flat(sheet):
    return "\n".join(line for part in (*sheet.questions, *sheet.around) for line in (part.title, *part.lines))


@pytest.mark.mission("S2.6")
def test_two_presses_give_it_and_that_is_kept(client, village, at_ready, browser_clients):
    with village.inside():
        story = at_ready
    fadi = village.sign_in(client, "fadi")
    there = reverse("sheet_give", args=[story.hana.pk])
    assert there in text(fadi.get(reverse("person", args=[story.hana.pk])))
    page = fadi.get(there)
    given = {name: page.context["form"].initial.get(name, "") for name in ("form", "size", "language")}
    assert given == {"form": "link", "size": 14, "language": story.hana.person.language}
    for _twice in range(2):
        assert fadi.post(there, given).url == reverse("person", args=[story.hana.pk])
    with village.inside():
        row = Given.objects.get()
        assert (row.form, row.role, row.by_kind, Letter.objects.filter(key=f"sheet:{row.pk}").count()) == ("link", "harmed", "staff", 1)
        assert Letter.objects.get(key=f"sheet:{row.pk}").subject == "Something to read"
        assert [t.status for t in progress(story.hana).tasks if t.code == "sheet"] == ["done"]
        assert Entry.objects.filter(verb="gave_questions", subject_id=str(story.hana.pk)).count() == 1
    assert fadi.post(there, given | {"form": "paper", "size": 24, "plain": "on"}).url == reverse("sheet_paper", args=[story.hana.pk])
    paper = fadi.get(reverse("sheet_paper", args=[story.hana.pk]))
    assert (paper["Content-Type"], paper["Content-Disposition"]) == ("application/pdf", 'inline; filename="paper.pdf"')
    with pikepdf.open(io.BytesIO(paper.content)) as pdf:
        assert (str(pdf.docinfo["/Title"]), str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("Our copy", given["language"], True)
    who = {"cora": 200, "fadi": 200, "mina": 404, "nour": 404}
    assert {name: village.sign_in(Client(), name).get(there).status_code for name in who} == who
    assert village.enter(browser_clients(), story.rami).get(there).status_code == 302


@pytest.mark.mission("S2.6")
def test_on_it_stand_their_own_questions_and_nothing_that_another_said(client, village, at_ready):
    with village.inside():
        story = at_ready
        preparation.withdraw(story.sol, by=story.me("sol"))
        mine, his = flat(sheet_of(story.hana, "en")), flat(sheet_of(story.rami, "en"))
        shared = running_script(story.programme, "en").pages.filter(shared_before=True)
        only = {key: set(shared.filter(asks=key).values_list("title", flat=True)) for key in ("harmed", "responsible")}
        assert [title in mine for title in only["harmed"]] == [True] * len(only["harmed"])
        assert [title for title in only["responsible"] - only["harmed"] if title in mine] == []
        assert [title for title in only["harmed"] - only["responsible"] if title in his] == []
        assert [word for word in ("Rami", "Sol", "Delacourt", "stopped", "home.example") if word in mine] == []
    hana = village.enter(client, story.hana)
    page = text(hana.get(reverse("my_sheet")))
    assert ('size-14"' in page, "How to stop, or talk to us" in page, "We will tell you when there is a day." in page) == (True, True, True)
    large = text(hana.get(reverse("my_sheet"), {"size": 24, "plain": "on"}))
    assert ('size-24"' in large, "Show all the words" in large, "Show all the words" in page) == (True, True, False)
    with village.inside():
        said = running_script(story.programme, "en").pages.filter(shared_before=True, asks="harmed")
        said.update(words="Take your time.\nHow was it?")
        short = sheet_of(story.hana, "en", plain=True)
        assert {line for part in short.questions if part.title in only["harmed"] for line in part.lines} == {"How was it?"}
    assert hana.get(reverse("my_sheet_paper"), {"size": 18})["Content-Type"] == "application/pdf"
    with village.inside():
        story.hana.person.reads_print = False
        story.hana.person.save()
    assert village.sign_in(Client(), "fadi").get(reverse("sheet_give", args=[story.hana.pk])).context["form"].initial["form"] == "read"


def test_first_names_once_everyone_is_ready_and_the_place_once_there_is_one(village, at_scheduled):
    with village.inside():
        story = at_scheduled
        mine = flat(sheet_of(story.hana, "en"))
        assert [name in mine for name in ("Rami (", "Sol (", "Gail (")] == [True] * 3
        assert (story.booking.room.name in mine, "Please come at" in mine, "O'Hara" in mine) == (True, True, False)


def test_another_script_and_it_is_not_given_and_whoever_wants_no_word_gets_none(village, at_ready):
    with village.inside():
        story = at_ready
        given = actions.give(story.rami, by=story.lead, form="read", language="en", size=18)
        assert last_given(story.rami) == given
        script = given.script
        revise_script(script, by=story.village.actor("ada"), pages=[{"title": "Ours", "words": "What happened?", "shared_before": True}])
        assert last_given(story.rami) is None
        preparation.withdraw(story.hana, by=story.me("hana"))
        with pytest.raises(CannotPrepare, match="No message can go to them now."):
            actions.give(story.hana, by=story.lead, form="link", language="en")
        for act in (lambda rows: rows.update(size=14), lambda rows: rows.delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                act(Given.objects.filter(pk=given.pk))
