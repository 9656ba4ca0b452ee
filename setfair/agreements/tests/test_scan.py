"""A paper that was signed with a pen is scanned in: sealed as files are, for the team, and seen with the signature."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.agreements import actions, queries
from setfair.agreements.models import Scan, Signature
from setfair.files.journey import Stage
from setfair.files.models import Content, File, Harm
from setfair.files.tests import sent
from setfair.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def penned(signing):
    """Rami and Sol signed the sheet on the table; Hana has signed on her own page."""
    signing.find_fair()
    for person in (signing.rami, signing.sol):
        actions.sign(signing.agreement, by=signing.lead, participation=person, method="paper", typed_name=person.person.shown)
    actions.sign(signing.agreement, by=signing.me("hana"), participation=signing.hana, method="own", typed_name="Hana")
    return signing


@pytest.fixture
def fadi(village):
    return village.sign_in(Client(), "fadi")


def page(story):
    return reverse("signed_paper", args=[story.agreement.pk])


def add(client, story, *keys, data=None):
    file = SimpleUploadedFile("signed by rami.pdf", data or sent.paper())
    return client.post(page(story), {"file": file, "whose": [str(story.people[key].pk) for key in keys]})


def test_one_sheet_stands_with_the_signatures_that_are_on_it(penned, fadi):
    case = reverse("agreement", args=[penned.case.ref])
    assert fadi.get(case).text.count(page(penned)) == 2
    assert add(fadi, penned, "rami", "sol")["Location"] == case
    file = File.objects.get()
    assert (file.audience, file.words, file.stage) == ("team", "The signed paper, version 1", Stage.UNCHECKED)
    shown = fadi.get(case).text
    assert (shown.count(page(penned)), shown.count(reverse("file", args=[file.pk]))) == (0, 2)
    assert queries.scans(penned.agreement) == {penned.rami.pk: file, penned.sol.pk: file}
    assert sent.PLANTED not in fadi.get(reverse("file", args=[file.pk])).content
    assert Entry.objects.filter(verb="scanned_paper", subject_id=str(penned.agreement.pk)).count() == 1


def test_its_bytes_lie_sealed(penned, fadi):
    add(fadi, penned, "rami")
    raw = Content.objects.values_list("data", flat=True).get()
    assert b"%PDF" not in bytes(raw) and bytes(Content.objects.get().data).startswith(b"%PDF")


def test_those_are_ticked_whose_sheet_is_missing_and_a_newer_one_counts(penned, fadi):
    def ticked():
        return fadi.get(page(penned)).context["form"]["whose"].value()

    assert set(ticked()) == {str(penned.rami.pk), str(penned.sol.pk)}
    add(fadi, penned, "rami")
    assert ticked() == [str(penned.sol.pk)]
    add(fadi, penned, "rami", data=sent.picture())
    assert queries.scans(penned.agreement)[penned.rami.pk].kind == "jpeg"
    fadi.post(reverse("file_away", args=[queries.scans(penned.agreement)[penned.rami.pk].pk]))
    assert queries.scans(penned.agreement)[penned.rami.pk].kind == "pdf", "taken away, and the one before is there again"


@pytest.mark.parametrize("keys", [(), ("hana",), ("gail",), ("rami", "hana")])
def test_only_whoever_signed_with_a_pen_is_on_it(penned, fadi, keys):
    assert add(fadi, penned, *keys).status_code == 422
    assert (File.objects.count(), Scan.objects.count()) == (0, 0)


def test_the_database_takes_none_without_a_signature_and_changes_none(penned, fadi):
    add(fadi, penned, "rami")
    scan = Scan.objects.get()
    with pytest.raises(IntegrityError, match="only a signature on paper"), transaction.atomic():
        Scan.objects.create(agreement=penned.agreement, participation=penned.gail, case_id=penned.case.pk, file=scan.file, by=scan.by)


def test_what_is_not_taken_or_does_harm_says_so_and_keeps_nothing(penned, fadi, scanner):
    answer = add(fadi, penned, "rami", data=sent.REFUSED["phone_picture"])
    assert (answer.status_code, "Please take a screenshot of it" in answer.text) == (422, True)
    assert add(fadi, penned, "rami", data=b"A text with " + sent.PLANTED).status_code == 422
    assert (File.objects.count(), Harm.objects.count()) == (0, 1)


def test_it_can_be_added_once_it_holds_and_there_is_nothing_to_add_where_nobody_used_a_pen(penned, fadi, next_case):
    actions.sign(penned.agreement, by=penned.me("gail"), participation=penned.gail, method="own", typed_name="Gail")
    assert Signature.objects.count() == 4 and add(fadi, penned, "rami").status_code == 302
    case = reverse("agreement", args=[penned.case.ref])
    assert fadi.get(case).text.count(page(penned)) == 1


@pytest.mark.parametrize(("who", "status"), [("fadi", 200), ("cora", 200), ("mina", 404), ("ines", 404), ("nour", 404), ("ada", 404)])
def test_who_may_add_it(penned, village, who, status):
    assert village.sign_in(Client(), who).get(page(penned)).status_code == status


def test_nobody_of_the_circle_reads_or_adds_it(penned, village, fadi):
    add(fadi, penned, "rami")
    file = File.objects.get()
    rami = village.enter(Client(), penned.rami)
    assert [rami.get(reverse("my_file", args=[file.pk])).status_code, rami.get(page(penned)).status_code] == [404, 302]
    assert str(file.pk) not in rami.get(reverse("my_agreement", args=[penned.agreement.pk])).text


def test_the_list_of_signatures_costs_the_same_with_one_sheet_and_with_three(penned, fadi):
    add(fadi, penned, "rami")
    with CaptureQueriesContext(connection) as one:
        queries.hands(penned.agreement)
    add(fadi, penned, "sol")
    add(fadi, penned, "sol", data=sent.picture())
    with CaptureQueriesContext(connection) as three:
        queries.hands(penned.agreement)
    assert len(one) == len(three)
