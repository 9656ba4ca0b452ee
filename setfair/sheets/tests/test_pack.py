"""Everything on paper for whoever has no screen: tagged, in their language, theirs alone, with every answer that the screens offer."""

import io
import zipfile

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from setfair.accounts.queries import last_code
from setfair.cases.queries import here
from setfair.preparation.models import Invitation
from setfair.sheets.models import Given
from setfair.sheets.pack import pack
from setfair.sheets.slip import mark_of, slip_of

pytestmark = pytest.mark.django_db

PRINTED = {"language": "en", "size": 14, "plain": False}


def words_of(pdf):
    """All its text, through the fonts' own tables: what a screen reader hears."""
    found = []
    for page in pdf.pages:
        tables = {name: letters_of(font) for name, font in page.Resources.get("/Font", {}).items()}
        table = {}
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                table = tables[str(operands[0])]
            elif str(operator) in ("Tj", "TJ"):
                runs = operands[0] if str(operator) == "TJ" else [operands[0]]
                found += [
                    table.get(run[at : at + 2], "")
                    for run in (bytes(r) for r in runs if isinstance(r, pikepdf.String))
                    for at in range(0, len(run), 2)
                ]
            elif str(operator) == "ET":
                found.append(" ")
    return " ".join("".join(found).split())


def letters_of(font):
    lines = font.ToUnicode.read_bytes().decode().splitlines()
    table = {}
    for line in lines:
        parts = [part.strip("<>") for part in line.split()]
        if line.startswith("<") and len(parts) == 2:
            table[bytes.fromhex(parts[0])] = bytes.fromhex(parts[1]).decode("utf-16-be")
        elif line.startswith("<") and len(parts) == 3:
            first, last = int(parts[0], 16), int(parts[1], 16)
            start = bytes.fromhex(parts[2]).decode("utf-16-be")
            table |= {n.to_bytes(2): start[:-1] + chr(ord(start[-1]) + n - first) for n in range(first, last + 1)}
    return table


def tags_of(pdf):
    found, waiting = [], [pdf.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Dictionary):
            found += [str(node.S)] if "/S" in node else []
            kids = node.get("/K", [])
            waiting += list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return found


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
