"""A promise is read in the language of its reader, with the words as they were written beside it (decision 166)."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from setfair.agreements import actions, paper, queries, text
from setfair.agreements.journey import Stage
from setfair.agreements.models import LastingCopy, Signature
from setfair.agreements.seen import before
from setfair.agreements.terms import Terms
from setfair.agreements.tests.in_spanish import (
    LABEL,
    NOTE,
    OTHERWISE,
    SPANISH,
    WRITTEN,
    kept,
    languages_in,
    page_of,
    put,
    speaks,
    told_of_it,
)
from setfair.agreements.tests.reading import seen, signed_by, told
from setfair.agreements.tests.renewing import say_anew, sign
from setfair.core.actor import system
from setfair.keeping.queries.theirs import of_person
from setfair.letters.models import Letter
from setfair.outcomes.home import owed_card
from setfair.seals import actions as seals
from tests.readers import words_of

pytestmark = pytest.mark.django_db


@pytest.mark.mission("S0.6")
def test_each_reads_it_in_their_language_with_the_words_as_they_were_written_beside_it(in_spanish, village):
    page = page_of(in_spanish, village, "hana")
    assert [words in page for words in (*SPANISH.values(), *WRITTEN, NOTE, LABEL)] == [True] * 8
    assert '<div class="flow" lang="en" dir="ltr">' in page and '<bdi lang="es">Escribir una carta' in page
    theirs = page_of(in_spanish, village, "rami")
    assert [words in theirs for words in (*SPANISH.values(), "Put into")] == [False] * 4
    assert "Escribir" not in page_of(in_spanish, village, "sol")


def test_what_nobody_put_into_it_stands_as_it_was_written(in_spanish, village):
    page = page_of(in_spanish, village, "hana")
    assert '<bdi lang="en">Bring the ball back.</bdi>' in page
    assert page.count(NOTE) == page.count('<bdi lang="es">Escribir una carta')


def test_what_lay_there_is_kept_with_the_signature_in_both_and_the_words_of_all_stay_the_same(in_spanish, village, client):
    words = text.digest(in_spanish.agreement.words)
    village.enter(client, in_spanish.hana)
    assert signed_by(client, in_spanish, "hana").status_code == 302
    one = kept(in_spanish, "hana")
    (promise,) = [p for p in one.seen["promises"] if "put" in p]
    assert (promise["words"][0], promise["put"]["words"], promise["put"]["language"]) == (SPANISH["what"], [*WRITTEN], "en")
    assert (promise["put"]["note"], promise["put"]["label"], one.text_digest, one.language) == (NOTE, LABEL, words, "es")
    assert len(set(promise["put"]["digests"].values())) == 2
    with translation.override("en"):
        sign(in_spanish, "rami")
    assert (any("put" in promise for promise in kept(in_spanish, "rami").seen["promises"]), kept(in_spanish, "rami").text_digest) == (False, words)


def test_a_page_that_was_open_before_does_not_sign_what_was_put_otherwise_since(in_spanish, village, client):
    village.enter(client, in_spanish.hana)
    old = seen(client.get(reverse("my_agreement", args=[in_spanish.agreement.pk])))
    put(in_spanish, OTHERWISE)
    assert signed_by(client, in_spanish, "hana", seen=old).status_code == 422
    assert Signature.objects.count() == 0
    assert signed_by(client, in_spanish, "hana").status_code == 302
    assert kept(in_spanish, "hana").seen["promises"][0]["words"][0] == OTHERWISE["what"]


def test_what_somebody_has_signed_stays_and_they_are_told_that_there_is_something_to_read(in_spanish, village):
    for key in ("hana", "rami"):
        with translation.override("es" if key == "hana" else "en"):
            sign(in_spanish, key)
    before_it = {s.pk: (s.seen, s.text_digest) for s in Signature.objects.all()}
    put(in_spanish, OTHERWISE)
    put(in_spanish, SPANISH)
    assert {s.pk: (s.seen, s.text_digest) for s in Signature.objects.all()} == before_it
    assert told_of_it(in_spanish) == {in_spanish.hana.person_id}
    assert Letter.objects.filter(key__contains=":in-es-").count() == 1
    page = page_of(in_spanish, village, "hana")
    assert "Estas palabras son más nuevas que tu firma." in page
    assert in_spanish.agreement.stage == Stage.SIGNING


def test_it_is_told_to_nobody_whom_the_promise_does_not_reach(reads_spanish):
    for key in ("sol", "gail"):
        speaks(reads_spanish.people[key])
    item = reads_spanish.items()[0]
    say_anew(reads_spanish, item, terms=Terms(reach="some", if_hard=WRITTEN[2]))
    put(reads_spanish)
    actions.present(reads_spanish.agreement, by=reads_spanish.lead)
    reads_spanish.find_fair()
    with translation.override("es"):
        for key in ("hana", "sol", "gail"):
            sign(reads_spanish, key)
    put(reads_spanish, OTHERWISE)
    assert told_of_it(reads_spanish) == {reads_spanish.hana.person_id, reads_spanish.gail.person_id}


def test_no_word_of_what_is_between_others_is_read_in_any_language(reads_spanish, village):
    speaks(reads_spanish.sol)
    say_anew(reads_spanish, reads_spanish.items()[0], terms=Terms(reach="some", if_hard=WRITTEN[2]))
    put(reads_spanish)
    actions.present(reads_spanish.agreement, by=reads_spanish.lead)
    page = page_of(reads_spanish, village, "sol")
    assert [words in page for words in (*SPANISH.values(), *WRITTEN)] == [False] * 6
    assert [one.names for one in queries.in_tongues(reads_spanish.agreement, reads_spanish.items())[1]] == [("Hana", "Sol")]
    put(reads_spanish, {"what": "Traer la pelota."}, number=1)
    assert queries.in_tongues(reads_spanish.agreement, reads_spanish.items())[1] == []


def test_the_sealed_copy_is_in_both_and_made_anew_for_those_alone_who_read_it(kept_in_spanish, village):
    seals.make_key(village.school, by=system(village.school.pk))
    actions.make_copies(kept_in_spanish.agreement, by=system(village.school.pk))
    copies = {c.participation_id: bytes(c.file) for c in LastingCopy.objects.all()}
    theirs = " ".join(words_of(copies[kept_in_spanish.hana.pk]).split())
    assert [words in theirs for words in (*SPANISH.values(), *WRITTEN, NOTE, LABEL)] == [True] * 8
    assert SPANISH["what"] not in words_of(copies[kept_in_spanish.rami.pk])
    assert queries.without_copies(9) == []
    put(kept_in_spanish, OTHERWISE)
    assert queries.without_copies(9) == [(village.school.pk, kept_in_spanish.agreement.pk)]
    made = actions.make_copies(kept_in_spanish.agreement, by=system(village.school.pk))
    assert ([c.participation_id for c in made], queries.without_copies(9)) == ([kept_in_spanish.hana.pk], [])
    assert OTHERWISE["what"] in " ".join(words_of(queries.copy_to_keep(kept_in_spanish.agreement, kept_in_spanish.hana)).split())
    assert queries.copy_to_keep(kept_in_spanish.agreement, kept_in_spanish.rami) == copies[kept_in_spanish.rami.pk]


def test_a_language_of_each_block_is_in_the_paper(kept_in_spanish):
    with translation.override("es"):
        pdf = paper.own_copy(kept_in_spanish.agreement, of=kept_in_spanish.hana)
    assert {"en", "es"} <= languages_in(pdf)


def test_a_paper_that_was_printed_before_keeps_what_stood_on_it(in_spanish, village):
    put(in_spanish, OTHERWISE)
    fadi = village.sign_in(Client(), "fadi")
    page = fadi.get(reverse("agreement", args=[in_spanish.case.ref]))
    assert "or before the words stood there in their language" in told(page)
    form = {"typed_name": "Hana", "seen": page.context["seen_by_team"], "language": "es", "before_spelling": "on"}
    assert fadi.post(reverse("paper_signature", args=[in_spanish.hana.pk]), form).status_code == 302
    assert kept(in_spanish, "hana").seen["promises"][0]["words"][0] == SPANISH["what"]


def test_what_the_team_writes_down_is_of_the_words_on_its_page_in_every_language(in_spanish, village):
    fadi = village.sign_in(Client(), "fadi")
    old = fadi.get(reverse("agreement", args=[in_spanish.case.ref])).context["seen_by_team"]
    put(in_spanish, OTHERWISE)
    aloud = reverse("spoken_signature", args=[in_spanish.hana.pk])
    assert (fadi.post(aloud, {"seen": old, "heard": "on"}).status_code, Signature.objects.count()) == (422, 0)
    now = fadi.get(reverse("agreement", args=[in_spanish.case.ref])).context["seen_by_team"]
    assert fadi.post(aloud, {"seen": now, "heard": "on"}).status_code == 302
    assert kept(in_spanish, "hana").seen["promises"][0]["words"][0] == OTHERWISE["what"]


def test_what_holds_is_read_so_on_their_own_pages_too_and_in_the_copy_of_what_is_kept(kept_in_spanish, village):
    with translation.override("es"):
        assert SPANISH["what"] in [words for words, _state in owed_card(kept_in_spanish.hana).lines]
        told_hana = json.dumps(of_person(kept_in_spanish.hana, []), default=str, ensure_ascii=False)
    assert WRITTEN[0] in told_hana
    speaks(kept_in_spanish.rami)
    page = told(village.enter(Client(), kept_in_spanish.rami).get(reverse("proof", args=[kept_in_spanish.items()[0].pk])))
    assert [words in page for words in (SPANISH["what"], WRITTEN[0], NOTE)] == [True] * 3


def test_before_and_after_say_the_same_to_whoever_reads_what_is_written(reads_spanish):
    actions.present(reads_spanish.agreement, by=reads_spanish.lead)
    read_before = before(reads_spanish.agreement, reads_spanish.rami)
    put(reads_spanish)
    assert before(reads_spanish.agreement, reads_spanish.rami) == read_before
