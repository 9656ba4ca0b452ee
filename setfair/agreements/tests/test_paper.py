"""The copy on paper: tagged, archivable, under a name that says nothing, and never with a hole where a name should be."""

import re
import zlib

import pytest
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions, paper
from setfair.agreements.tests.renewing import asked, gone_on, renewed, say_anew, sign
from setfair.cases.models import Participation
from setfair.letters import paper as letters_on_paper
from tests.readers import words_of

pytestmark = pytest.mark.django_db


def presented(story, name, what="Mend it."):
    """One promise of Rami's, who is called `name`, there to be signed."""
    story.rami.person.called = name
    story.rami.person.save()
    agreement = actions.draft(story.case, by=story.lead)
    actions.promise(agreement, by=story.lead, owner=story.rami, owed_to=story.hana, what=what, due_on=timezone.localdate())
    return actions.present(agreement, by=story.lead)


def opened(pdf):
    """All that the file holds, its compressed parts unfolded."""
    parts = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(parts)


@pytest.mark.parametrize("name", ["Zoë", "O'Hara-Núñez", "ليلى الحسن", "x" * 80])
def test_it_is_tagged_and_archivable_whatever_the_name(met, name):
    pdf = paper.copy(presented(met, name))
    assert pdf.startswith(b"%PDF-1.7")
    whole = opened(pdf)
    assert b"pdfuaid:part" in whole
    assert b"pdfaid:part" in whole
    assert b"/StructTreeRoot" in whole


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_it_is_printed_in_the_readers_language(met, language):
    assert f"/Lang({language})".encode() in opened(paper.copy(presented(met, "Rami"), language=language)).replace(b" ", b"")


def test_a_sign_that_cannot_be_drawn_is_named_and_nothing_falls_over(met, village, client):
    agreement = presented(met, "王芳")
    with pytest.raises(paper.CannotPrint) as refusal:
        paper.copy(agreement)
    assert refusal.value.words == ["王芳"]
    village.sign_in(client, "fadi")
    page = client.get(reverse("agreement_paper", args=[agreement.pk]))
    assert page.status_code == 422
    assert "Our paper copy cannot show: 王芳. Print this page instead." in page.content.decode()
    village.enter(client, met.rami)
    own = client.get(reverse("my_paper", args=[agreement.pk]))
    assert own.status_code == 422
    assert "cannot show: 王芳" in own.content.decode()


def test_a_typed_name_that_cannot_be_drawn_stops_no_copy_since_it_is_never_printed(met):
    agreement = presented(met, "Rami")
    met.find_fair()
    actions.sign(agreement, by=met.me("sol"), participation=met.sol, method="own", typed_name="Sol 👩🏽‍🦱")
    sheets = words_of(paper.copy(agreement)).split("\f")
    assert [name in sheet for name, sheet in zip(("Hana", "Rami", "Sol", "Gail"), sheets, strict=False)] == [True] * 4
    assert not any("Signed" in sheet for sheet in sheets)


def test_what_is_signed_with_a_pen_is_a_sheet_for_each_in_their_own_language(met):
    agreement = presented(met, "Rami")
    met.sol.person.language = "es"
    met.sol.person.save()
    sheets = words_of(paper.copy(agreement)).split("\f")
    assert ["Esto es lo que cada quien dijo que hará." in sheet for sheet in sheets if sheet.strip()] == [False, False, True, False]
    whole = opened(paper.copy(agreement)).replace(b" ", b"")
    assert (b"/Lang(es)" in whole, b"/Lang(en)" in whole) == (True, True)


def test_the_file_is_called_paper_and_says_nothing_about_itself(signing, village, client):
    village.enter(client, signing.rami)
    answer = client.get(reverse("my_paper", args=[signing.agreement.pk]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="paper.pdf"'
    assert "no-store" in answer["Cache-Control"]
    described = b"".join(
        re.findall(rb"<dc:title>.*?</dc:title>|/Title ?\(.*?\)|/Author.*?\)|/Subject.*?\)|/Keywords.*?\)", opened(answer.content), re.DOTALL)
    )
    assert b"Our copy" in described
    for telling in (b"Rami", b"Hana", b"agree", b"conference", signing.case.ref.encode(), b"Northgate"):
        assert telling not in described


def test_before_the_copy_is_saved_its_page_warns_of_a_device_that_others_use(signing, village, client):
    page = village.enter(client, signing.rami).get(reverse("my_agreement", args=[signing.agreement.pk])).content.decode()
    warning, button = (
        page.index("If others use this device, ask us for a copy on paper instead."),
        page.index(reverse("my_paper", args=[signing.agreement.pk])),
    )
    assert warning < button


@pytest.mark.parametrize(("who", "status"), [("fadi", 200), ("cora", 200), ("mina", 404), ("nour", 404), ("ines", 404)])
def test_who_may_print_it(signing, village, client, who, status):
    assert village.sign_in(client, who).get(reverse("agreement_paper", args=[signing.agreement.pk])).status_code == status


def test_another_participant_prints_nothing_and_a_draft_has_no_paper(met, next_case, village, client):
    village.enter(client, next_case.otto)
    agreement = presented(met, "Rami")
    assert client.get(reverse("my_paper", args=[agreement.pk])).status_code == 404
    fresh = actions.rewrite(agreement, by=met.lead)
    village.sign_in(client, "fadi")
    assert client.get(reverse("agreement_paper", args=[fresh.pk])).status_code == 302


def test_twelve_promises_of_a_thousand_words_still_print(met):
    agreement = actions.draft(met.case, by=met.lead)
    for n in range(12):
        actions.promise(agreement, by=met.lead, owner=met.rami, what=f"{n} " + "word " * 1_000, due_on=timezone.localdate())
    pdf = opened(paper.copy(actions.present(agreement, by=met.lead)))
    assert len(re.findall(rb"/Type ?/Page\b", pdf)) > 12


def sheets_of(agreement):
    return [sheet for sheet in words_of(paper.copy(agreement)).split("\f") if sheet.strip()]


def test_a_sheet_is_for_who_is_asked_to_sign_and_is_here(two):
    fresh = renewed(two)
    say_anew(two, fresh.items.get(owner=two.sol), what="Bring two balls back.")
    actions.present(fresh, by=two.lead)
    assert (asked(two), gone_on(two)) == ({"sol", "gail"}, {"hana", "rami"})
    assert len(sheets_of(fresh)) == 2
    two.find_fair()
    sign(two, "gail")
    assert len(sheets_of(fresh)) == 2, "a sheet that is missing would tell who has signed"
    Participation.objects.filter(pk=two.gail.pk).update(left_at=timezone.now())
    assert len(sheets_of(fresh)) == 1


def test_all_sheets_are_looked_through_at_once(met, monkeypatch):
    agreement, looks = presented(met, "Rami"), []
    drawn = letters_on_paper._drawn
    monkeypatch.setattr(letters_on_paper, "_drawn", lambda texts: looks.append(len(texts)) or drawn(texts))
    assert (len(sheets_of(agreement)), len(looks)) == (4, 1)
