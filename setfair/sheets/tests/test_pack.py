"""Everything on paper for whoever has no screen: tagged, in their language, theirs alone, with every answer that the screens offer."""

import io
import zipfile
from itertools import pairwise

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from setfair.accounts.queries import last_code
from setfair.cases.queries import here
from setfair.preparation.models import Invitation
from setfair.sheets.foot import mark_of
from setfair.sheets.models import Given
from setfair.sheets.pack import pack
from setfair.sheets.slip import slip_of

from .heard import read_out, tags_of, words_of

pytestmark = pytest.mark.django_db

PRINTED = {"language": "en", "size": 14, "plain": False}


def opened(content):
    return pikepdf.open(io.BytesIO(content))


@pytest.mark.mission("S2.11")
def test_it_is_tagged_and_says_its_language_and_names_nobody_else(village, at_scheduled):
    with village.inside():
        story = at_scheduled
        others = [p for p in here(story.case).select_related("person") if p.pk != story.hana.pk]
        with opened(pack(story.hana, **PRINTED, code="7F3K22QM")) as pdf:
            words, tags = words_of(pdf), tags_of(pdf)
            assert (str(pdf.docinfo["/Title"]), str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("Our copy", "en", True)
        named = {name for p in others for name in (p.person.first, *p.person.name.split()) if name in words.split()}
        assert (named, story.hana.person.first in words, "7F3K-22QM" in words, mark_of(story.hana) in words) == (set(), True, True, True)
        assert story.booking.room.name in words
        assert [tag in tags for tag in ("/H1", "/H2", "/P", "/Figure")] == [True] * 4


def test_each_answer_of_the_screens_stands_on_the_slip(village, at_preparing):
    with village.inside():
        rami = at_preparing.rami
        asked = {ask.name: [label for _value, label in ask.choices] for ask in slip_of(rami)}
        assert (asked["me.take_part"], asked["part"]) == (
            ["Yes", "No", "I am not sure", "Please call me"],
            ["Yes, some of it", "No", "I want to talk first"],
        )
        assert asked["stop"] == ["Take a break", "Stop for now", "Please call me"]
        gail = {ask.name for ask in slip_of(at_preparing.gail)}
        assert ("child.take_part" in gail, "part" in gail, "part" in asked, "hopes" in asked) == (True, False, True, True)
        with opened(pack(rami, **PRINTED)) as pdf:
            words = words_of(pdf)
        for ask in slip_of(rami):
            assert " ".join(ask.title.split()) in words
            assert [label for _value, label in ask.choices if label not in words] == []


@pytest.mark.parametrize(("language", "heard"), [("es", "Tus respuestas"), ("ar", "")])
def test_it_is_in_their_language_and_as_large_as_they_need(village, at_preparing, language, heard):
    with village.inside():
        sizes = {}
        for size in (14, 24):
            with opened(pack(at_preparing.hana, language=language, size=size, plain=True)) as pdf:
                sizes[size] = len(pdf.pages)
                assert (str(pdf.Root.Lang), heard in words_of(pdf)) == (language, True)
        assert sizes[24] > sizes[14]


@pytest.mark.parametrize(("language", "runs"), [("en", "/L2R"), ("es", "/L2R"), ("ar", "/R2L")])
def test_it_is_read_out_in_order_with_nothing_left_out_and_each_list_of_answers_as_a_list(village, at_preparing, language, runs):
    """What a screen reader goes by: the tree of tags. Of lines that run from right to left only the tree is looked at."""
    with village.inside(), translation.override(language):
        rami = at_preparing.rami
        asks = slip_of(rami)
        with opened(pack(rami, **PRINTED | {"language": language}, code="7F3K22QM")) as pdf:
            shown = pdf.Root.ViewerPreferences
            assert (str(pdf.Root.Lang), str(shown.Direction), bool(shown.DisplayDocTitle), bool(pdf.docinfo["/Title"])) == (
                language,
                runs,
                True,
                True,
            )
            heard, loose = read_out(pdf)
        assert loose == []
        levels = [int(tag[2:]) for tag, _words in heard if tag in ("/H1", "/H2")]
        assert (levels[0], max(after - before for before, after in pairwise(levels))) == (1, 1)
        assert [bool(words) for tag, words in heard if tag == "/Figure"] == [True]
        assert heard.count(("/L", "")) == sum(bool(ask.choices) for ask in asks)
        assert sum(tag == "/LBody" for tag, _words in heard) == sum(len(ask.choices) for ask in asks)
        if runs == "/L2R":
            spoken = [words for _tag, words in heard]
            at = spoken.index(" ".join(asks[0].title.split()))
            for ask in asks:
                at = spoken.index(" ".join(ask.title.split()), at)
                answers = [label for _value, label in ask.choices]
                items = [n for n in range(at, len(heard)) if heard[n][0] == "/LBody"][: len(answers)]
                assert [spoken[n] or spoken[n + 1] for n in items] == answers


def test_printing_it_writes_down_that_they_have_it_and_asks_them_in(client, village, at_preparing):
    with village.inside():
        story = at_preparing
    fadi, there = village.sign_in(client, "fadi"), reverse("sheet_pack", args=[at_preparing.hana.pk])
    page = fadi.get(there)
    assert (page.context["form"].initial["with_code"], there in fadi.get(reverse("person", args=[story.hana.pk])).content.decode()) == (True, True)
    paper = fadi.post(there, {"size": 18, "language": "en", "with_code": "on"})
    assert (paper["Content-Type"], paper["Content-Disposition"]) == ("application/pdf", 'inline; filename="paper.pdf"')
    with village.inside():
        given = Given.objects.get(participation=story.hana)
        assert (given.form, given.size, Invitation.objects.get(participation=story.hana).channel) == ("pack", 18, "paper")
        assert last_code(bearer="participation", bearer_id=story.hana.pk) is not None
    assert fadi.get(there).context["form"].initial == {"size": 18, "plain": False, "language": "en", "with_code": False}
    assert fadi.get(reverse("sheet_paper", args=[story.hana.pk]))["Content-Type"] == "application/pdf"
    assert {who: village.sign_in(Client(), who).get(there).status_code for who in ("cora", "mina", "nour")} == {"cora": 200, "mina": 404, "nour": 404}


def test_a_circle_is_one_file_each_and_no_page_of_two_people(client, village, at_preparing):
    story = at_preparing
    fadi, there = village.sign_in(client, "fadi"), reverse("sheet_packs", args=[story.case.ref])
    assert fadi.post(there, {}).status_code == 422
    files = fadi.post(there, {"people": [story.hana.pk, story.rami.pk]})
    with zipfile.ZipFile(io.BytesIO(files.content)) as archive, village.inside():
        assert sorted(archive.namelist()) == sorted(f"paper-{mark_of(one)}.pdf" for one in (story.hana, story.rami))
        for one, other in ((story.hana, story.rami), (story.rami, story.hana)):
            with opened(archive.read(f"paper-{mark_of(one)}.pdf")) as pdf:
                words = words_of(pdf)
                assert (one.person.first in words, other.person.first in words, mark_of(other) in words) == (True, False, False)
        assert Given.objects.filter(form="pack").count() == 2
