"""A yes with words of one's own: for the team, or for everybody who reads it if they choose that and the team let it pass; until it holds."""

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions, paper, queries
from setfair.agreements.journey import Stage
from setfair.agreements.models import Remark, Signature
from setfair.agreements.tests.on_the_table import SIGN, give_to
from setfair.agreements.tests.on_the_table import words as filled
from setfair.agreements.tests.reading import signed_by, told
from setfair.agreements.tests.renewing import add, renewed
from setfair.cases import actions as cases

pytestmark = pytest.mark.django_db
WORDS = "I sign, though I would have liked a longer talk."


def sign(story, key, words="", shown=False):
    person, said = story.people[key], {"remark": words, "remark_shown": shown}
    return actions.sign(story.agreement, by=story.me(key), participation=person, method="own", typed_name=person.person.shown, **said)


def page_of(village, story, key):
    return told(village.enter(Client(), story.people[key]).get(reverse("my_agreement", args=[story.agreement.pk])))


def team_page(village, story):
    return told(village.sign_in(Client(), "fadi").get(reverse("agreement", args=[story.case.ref])))


@pytest.mark.mission("S0.6")
@pytest.mark.parametrize("shown", [False, True])
def test_the_team_reads_it_and_the_others_only_if_they_chose_that_and_once_it_holds(signing, village, shown):
    sign(signing, "hana", WORDS, shown)
    assert [WORDS in page_of(village, signing, key) for key in ("hana", "rami", "sol", "gail")] == [True, False, False, False]
    assert WORDS in team_page(village, signing)
    signing.sign_all()
    assert signing.agreement.stage == Stage.IN_FORCE
    assert [WORDS in page_of(village, signing, key) for key in ("hana", "rami", "sol", "gail")] == [True, False, False, False]
    if shown:
        actions.let_pass(Remark.objects.get(), by=signing.lead)
    assert [WORDS in page_of(village, signing, key) for key in ("hana", "rami", "sol", "gail")] == [True, shown, shown, shown]
    copies = [WORDS in str(paper.own_names(signing.agreement, of=signing.people[key])) for key in ("hana", "rami")]
    assert (copies, WORDS in str(paper.names(signing.agreement))) == ([True, shown], shown)
    assert paper.own_copy(signing.agreement, of=signing.rami).startswith(b"%PDF")


def test_nothing_said_is_no_row_and_nothing_is_ticked_before(signing, village):
    page = page_of(village, signing, "hana")
    assert ("Say something of your own with it" in page, 'name="remark_shown"' in page, "checked" in page) == (True, True, False)
    signed_by(village.enter(Client(), signing.hana), signing, "hana")
    assert (Signature.objects.count(), Remark.objects.count()) == (1, 0)


def test_on_their_own_page_with_the_signature_then_otherwise_then_away(signing, village):
    hana = village.enter(Client(), signing.hana)
    signed_by(hana, signing, "hana", remark=WORDS, remark_shown="on")
    mine = queries.remarks(signing.agreement)[signing.hana.pk]
    assert (mine.words, mine.shown, mine.by) == (WORDS, True, None)
    where = reverse("my_remark", args=[signing.agreement.pk])
    assert hana.post(where, {"remark": "It is fine."}).status_code == 302
    mine = queries.remarks(signing.agreement)[signing.hana.pk]
    assert (mine.words, mine.shown) == ("It is fine.", False)
    assert hana.post(where, {"remark": ""}).status_code == 302
    assert (queries.remarks(signing.agreement), Remark.objects.count()) == ({}, 3)
    assert hana.post(where, {"remark": "x" * 301}).status_code == 422


def test_once_it_holds_it_stays_in_python_and_in_the_database(signing, village):
    given = sign(signing, "hana", WORDS)
    signing.sign_all()
    with pytest.raises(actions.CannotSign, match="It holds now"):
        actions.remark(given, by=signing.me("hana"), words="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.create(signature=given, case_id=signing.case.pk, words="")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Remark.objects.update(at=timezone.now())
    assert village.enter(Client(), signing.hana).post(reverse("my_remark", args=[signing.agreement.pk]), {"remark": ""}).status_code == 422


def test_nobody_writes_under_somebody_elses_name(signing, next_case, village):
    given = sign(signing, "hana", WORDS)
    for by in (signing.me("rami"), signing.lead, next_case.me("otto")):
        with pytest.raises(actions.CannotSign, match="Only they themselves"):
            actions.remark(given, by=by, words="Something else.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.create(signature=given, case_id=signing.case.pk, words="x", by=signing.lead.id)
    where = reverse("my_remark", args=[signing.agreement.pk])
    assert village.enter(Client(), next_case.otto).post(where, {"remark": "x"}).status_code == 404
    assert village.enter(Client(), signing.rami).post(where, {"remark": "x"}).status_code == 404, "there is no signature of his"


def test_on_the_tablet_too(tablet, signing):
    form = filled(give_to(tablet, signing.sol), signing.sol, "Sol") | {"remark": WORDS}
    assert tablet.post(SIGN, form).status_code == 302
    assert [(row.words, row.by) for row in Remark.objects.all()] == [(WORDS, signing.lead.id)]


@pytest.mark.parametrize("way", ["paper", "spoken"])
def test_on_paper_and_aloud_the_team_writes_it_down_and_takes_it_away_again(signing, village, way):
    fadi = village.sign_in(Client(), "fadi")
    seen = fadi.get(reverse("agreement", args=[signing.case.ref])).context["seen_by_team"]
    form = {"seen": seen, "typed_name": "Rami", "language": "en", "heard": "on", "remark": WORDS, "remark_shown": "on"}
    assert fadi.post(reverse(f"{way}_signature", args=[signing.rami.pk]), form).status_code == 302
    row = Remark.objects.get()
    assert (row.words, row.shown, row.by) == (WORDS, True, signing.lead.id)
    assert fadi.post(reverse("remark_away", args=[signing.rami.pk])).status_code == 302
    assert queries.remarks(signing.agreement) == {}


@pytest.mark.parametrize(("who", "status"), [("fadi", 302), ("cora", 302), ("mina", 404), ("nour", 404), ("ines", 404)])
def test_who_of_the_team_takes_some_away(signing, village, client, who, status):
    actions.sign(signing.agreement, by=signing.lead, participation=signing.rami, method="paper", typed_name="Rami", remark=WORDS)
    assert village.sign_in(client, who).post(reverse("remark_away", args=[signing.rami.pk])).status_code == status
    assert (queries.remarks(signing.agreement) == {}) == (status == 302)


def test_what_they_wrote_themselves_the_team_does_not_touch(signing, village):
    person = signing.rami
    given = actions.sign(signing.agreement, by=signing.lead, participation=person, method="paper", typed_name="Rami")
    actions.remark(given, by=signing.me("rami"), words=WORDS)
    with pytest.raises(actions.CannotSign, match="Only they themselves"):
        actions.remark(given, by=signing.lead, words="")
    assert queries.remarks(signing.agreement)[person.pk].words == WORDS


def test_of_whoever_has_left_only_the_team_reads_it(signing, village):
    sign(signing, "sol", WORDS, True)
    for key in ("hana", "gail", "rami"):
        sign(signing, key)
    actions.let_pass(Remark.objects.get(), by=signing.lead)
    assert WORDS in page_of(village, signing, "hana")
    cases.let_go(signing.sol, by=signing.coordinator)
    assert (WORDS in page_of(village, signing, "hana"), WORDS in str(paper.names(signing.agreement))) == (False, False)
    assert WORDS in team_page(village, signing)


def test_it_was_said_of_just_that_version(two, village):
    fresh = renewed(two)
    add(two, two.sol, two.gail, "One thing more.")
    actions.present(fresh, by=two.lead)
    two.find_fair()
    sign(two, "sol", WORDS, True)
    actions.let_pass(Remark.objects.get(), by=two.lead)
    sign(two, "gail")
    assert {mark.words for mark in queries.marks(two.agreement)} == {"", WORDS}
    renewed(two)
    add(two, two.rami, two.hana, "And this.")
    actions.present(two.agreement, by=two.lead)
    two.sign_all()
    assert (two.agreement.version, two.agreement.stage) == (3, Stage.IN_FORCE)
    assert {mark.words for mark in queries.marks(two.agreement)} == {""}


def test_a_sign_that_no_copy_could_show_is_named_before_it_is_kept(signing):
    with pytest.raises(actions.CannotSign, match="Our paper copy cannot show"):
        sign(signing, "hana", "I sign \U0001208d.")
    assert (Signature.objects.count(), Remark.objects.count()) == (0, 0)
