"""A spelling put right re-signs nobody; whoever signed can say that it is more (decision 149)."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions, queries, text
from setfair.agreements.journey import Stage
from setfair.agreements.models import Concern, LastingCopy, Signature, Spelling, SpellingBack
from setfair.agreements.seen import before
from setfair.agreements.slips import digest
from setfair.agreements.tests.reading import told
from setfair.agreements.tests.renewing import add, asked, gone_on, renewed, say_anew, sign
from setfair.agreements.tests.slipping import RIGHT, SLIP, WORDS, put_right, reads, say_more
from setfair.cases import actions as cases
from setfair.core.actor import system
from setfair.letters.models import Letter
from setfair.seals import actions as seals

pytestmark = pytest.mark.django_db


@pytest.mark.mission("S0.6")
def test_nobody_signs_again_and_what_each_saw_stays(held):
    before = {s.pk: (s.seen, s.text_digest) for s in Signature.objects.all()}
    words = held.agreement.words
    put_right(held)
    assert (reads(held), held.items()[0].what, held.items()[0].edition) == ((RIGHT, [WORDS]), RIGHT, 1)
    assert (held.agreement.words, held.agreement.stage) == (words, Stage.IN_FORCE)
    assert {s.pk: (s.seen, s.text_digest) for s in Signature.objects.all()} == before
    assert {s.text_digest for s in Signature.objects.all()} == {text.digest(words)}
    told_of = Letter.objects.filter(key__startswith=f"spelling:{held.agreement.pk}:")
    assert {letter.reader_id for letter in told_of} == {p.person_id for p in held.people.values()}
    assert not [letter for letter in told_of if "letter" in letter.body or "Hana" in letter.body]


def test_while_it_is_signed_those_who_signed_are_told_and_the_others_read_it_anew(slip):
    page = queries.lines(slip.agreement, me=slip.rami)
    put_right(slip)
    assert {letter.reader_id for letter in Letter.objects.filter(key__startswith="spelling:")} == {slip.hana.person_id}
    old = text.digest(before(slip.agreement, slip.rami, page))
    with pytest.raises(actions.CannotSign, match="The words have changed"):
        actions.sign(slip.agreement, by=slip.me("rami"), participation=slip.rami, method="own", typed_name="Rami", seen=old)
    slip.sign_all()
    seen = {s.participation_id: str(s.seen) for s in Signature.objects.all()}
    assert (SLIP in seen[slip.hana.pk], WORDS in seen[slip.hana.pk]) == (True, False)
    assert (RIGHT in seen[slip.rami.pk], WORDS in seen[slip.rami.pk]) == (True, True)
    assert slip.agreement.stage == Stage.IN_FORCE


def test_a_paper_that_was_printed_before_keeps_what_stood_on_it(slip, village):
    put_right(slip)
    page = village.sign_in(Client(), "fadi").get(reverse("agreement", args=[slip.case.ref]))
    assert "It was printed before a spelling was put right" in told(page)
    for key, ticked in (("rami", {"before_spelling": "on"}), ("gail", {})):
        form = {"typed_name": key.title(), "seen": page.context["seen_by_team"], "language": "en"} | ticked
        village.sign_in(Client(), "fadi").post(reverse("paper_signature", args=[slip.people[key].pk]), form)
    seen = {s.participation_id: str(s.seen) for s in Signature.objects.all()}
    assert (SLIP in seen[slip.rami.pk], WORDS in seen[slip.rami.pk]) == (True, False)
    assert (RIGHT in seen[slip.gail.pk], WORDS in seen[slip.gail.pk]) == (True, True)


@pytest.mark.parametrize("words", ["Write two letters to Hana.", "Write no letter to Hana.", "Write a leter to Sol.", SLIP, ""])
def test_what_may_be_more_is_refused(held, words):
    with pytest.raises(actions.CannotWrite):
        put_right(held, words)
    assert (Spelling.objects.count(), held.items()[0].what) == (0, SLIP)


def test_only_words_and_never_who_when_or_how_much(held):
    with pytest.raises(actions.CannotWrite, match="Nothing in it is different"):
        actions.put_right(held.items()[0], by=held.lead, words={"due_on": "2031-01-01", "body": "Riversid", "amount": "9"})


def test_not_in_a_draft_nor_once_it_has_ended_in_python_and_in_the_database(held):
    item = held.items()[0]
    actions.end(held.agreement, by=held.lead)
    with pytest.raises(actions.CannotWrite):
        actions.put_right(item, by=held.lead, words={"what": RIGHT})
    with pytest.raises(IntegrityError), transaction.atomic():
        Spelling.objects.create(item=item, case_id=item.case_id, part="what", before="a", after="b", signs=1, by=held.lead.id)


def test_three_times_and_no_more_and_by_few_letters(held):
    for words in ("Write a letter to Hanna.", "Write a letter to Hana.", "write a letter to Hana."):
        put_right(held, words)
    with pytest.raises(actions.CannotWrite, match="often enough"):
        put_right(held)
    other = {"item": held.items()[0], "case_id": held.case.pk, "part": "what", "before": "a", "after": "b", "by": held.lead.id}
    for item, signs in ((held.items()[0], 1), (held.items()[1], 5)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Spelling.objects.create(**other | {"item": item, "signs": signs})


def test_two_who_put_it_right_at_once_both_read_the_other(held):
    item = held.items()[0]
    seen = digest({"what": item.what, "proof_wanted": item.proof_wanted, "if_hard": item.if_hard})
    put_right(held)
    with pytest.raises(actions.CannotWrite, match="Somebody else"):
        actions.put_right(item, by=held.lead, words={"what": "Write a leter to Hana."}, seen=seen)


@pytest.mark.parametrize("key", ["hana", "rami", "sol", "gail"])
def test_any_who_signed_say_it_is_more_and_the_words_stand_as_they_were(held, key):
    put_right(held)
    back = say_more(held, key)
    assert (back.participation, back.by, say_more(held, key)) == (held.people[key], None, back)
    assert (reads(held), held.items()[0].what, Spelling.objects.count()) == ((SLIP, []), SLIP, 1)
    assert queries.taken_back(held.agreement) == [(WORDS, held.people[key].person.shown)]


def test_while_it_is_signed_it_opens_the_words_again(slip):
    put_right(slip)
    say_more(slip, "hana")
    assert (slip.agreement.version, slip.agreement.stage, slip.items()[0].what) == (2, Stage.DRAFTING, SLIP)
    assert (Concern.objects.get().kind, WORDS in Concern.objects.get().words) == ("wrong", True)
    actions.present(slip.agreement, by=slip.lead)
    assert asked(slip) == {"hana", "rami", "sol", "gail"}


def test_whoever_has_not_signed_or_has_left_says_it_not_in_python_nor_in_the_database(slip):
    put_right(slip)
    spelling = Spelling.objects.get()
    with pytest.raises(actions.CannotSign):
        say_more(slip, "rami")
    for participation in (slip.rami.pk, None):
        facts = {"spelling": spelling, "case_id": slip.case.pk, "participation_id": participation}
        with pytest.raises(IntegrityError), transaction.atomic():
            SpellingBack.objects.create(**facts)


def test_whoever_has_left_says_it_not_in_python_nor_in_the_database(met):
    agreement = actions.draft(met.case, by=met.lead)
    add(met, met.rami, met.hana, SLIP)
    actions.present(agreement, by=met.lead)
    met.find_fair()
    sign(met, "sol")
    put_right(met)
    cases.let_go(met.sol, by=met.coordinator)
    assert met.agreement.stage == Stage.SIGNING
    with pytest.raises(actions.CannotSign):
        say_more(met, "sol")
    with pytest.raises(IntegrityError, match="only who signed"), transaction.atomic():
        SpellingBack.objects.create(spelling=Spelling.objects.get(), case_id=met.case.pk, participation=met.sol)


def test_the_team_takes_one_back_itself_and_facts_stay(held):
    put_right(held)
    back = actions.take_spelling_back(Spelling.objects.get(), by=held.lead)
    assert (back.by, reads(held), queries.taken_back(held.agreement)) == (held.lead.id, (SLIP, []), [])
    for model in (Spelling, SpellingBack):
        with pytest.raises(IntegrityError, match="stays as long"), transaction.atomic():
            model.objects.update(at=timezone.now())
        with pytest.raises(IntegrityError, match="stays as long"), transaction.atomic():
            model.objects.all().delete()


def test_one_on_top_of_another_that_is_taken_back_counts_no_more(held):
    put_right(held, "Write a letter to Hanna.")
    first = Spelling.objects.get()
    put_right(held)
    assert reads(held) == (RIGHT, ["leter → letter", "Hanna → Hana"])
    say_more(held, "sol", first)
    assert (reads(held), held.items()[0].what) == ((SLIP, []), SLIP)


def test_the_next_version_says_it_right_and_that_is_no_change(held):
    put_right(held)
    fresh = renewed(held)
    assert held.items()[0].what == RIGHT
    say_anew(held, held.items()[1], what="Bring two balls back.")
    actions.present(fresh, by=held.lead)
    assert (asked(held), gone_on(held)) == ({"sol", "gail"}, {"hana", "rami"})


def test_put_right_while_the_next_one_is_in_hand_it_is_right_there_too(held):
    old = held.items()[0]
    fresh = renewed(held)
    actions.put_right(old, by=held.lead, words={"what": RIGHT})
    assert (held.items()[0].what, held.items()[0].edition) == (RIGHT, 1)
    say_anew(held, held.items()[1], what="Bring two balls back.")
    actions.present(fresh, by=held.lead)
    assert gone_on(held) == {"hana", "rami"}
    assert {s.item_id for s in Spelling.objects.all()} == {old.pk}


def test_copies_made_before_stay_and_a_new_one_tells_of_it(held, village):
    seals.make_key(village.school, by=system(village.school.pk))
    actions.make_copies(held.agreement, by=system(village.school.pk))
    first = {copy.pk: bytes(copy.file) for copy in LastingCopy.objects.all()}
    put_right(held)
    assert (queries.copy_to_keep(held.agreement, held.hana), queries.without_copies(9)) == (b"", [(village.school.pk, held.agreement.pk)])
    actions.make_copies(held.agreement, by=system(village.school.pk))
    assert (queries.without_copies(9), LastingCopy.objects.count()) == ([], 10)
    assert {copy.pk: bytes(copy.file) for copy in LastingCopy.objects.filter(told="")} == first
    assert queries.copy_to_keep(held.agreement, held.hana) not in [b"", *first.values()]
    say_more(held, "hana")
    assert [row[1] for row in queries.without_copies(9)] == [held.agreement.pk]


def test_everybody_who_reads_it_reads_the_line_and_only_who_signed_is_asked(held, next_case, village):
    put_right(held)
    page = reverse("my_agreement", args=[held.agreement.pk])
    for key in held.people:
        words = told(village.enter(Client(), held.people[key]).get(page))
        assert ("A spelling was put right on" in words, WORDS in words, "This is more than spelling" in words) == (True, True, True)
    assert village.enter(Client(), next_case.otto).get(page).status_code == 404
    say, spelling = reverse("my_spelling", args=[held.agreement.pk]), {"spelling": str(Spelling.objects.get().pk)}
    assert village.enter(Client(), next_case.otto).post(say, spelling).status_code == 404
    assert village.enter(Client(), held.sol).post(say, spelling).status_code == 302
    assert WORDS not in told(village.enter(Client(), held.hana).get(page))
    team = told(village.sign_in(Client(), "fadi").get(reverse("agreement", args=[held.case.ref])))
    assert (WORDS in team, held.sol.person.shown in team) == (True, True)


def test_the_team_puts_it_right_on_its_page_and_takes_it_back_there(held, village):
    item, fadi = held.items()[0], village.sign_in(Client(), "fadi")
    page = reverse("spelling", args=[item.pk])
    form = {"what": RIGHT, "proof_wanted": item.proof_wanted, "if_hard": "", "seen": fadi.get(page).context["form"]["seen"].initial}
    assert fadi.post(page, form | {"what": "Write two letters."}).status_code == 422
    assert fadi.post(page, form).status_code == 302
    assert reads(held) == (RIGHT, [WORDS])
    assert fadi.post(reverse("spelling_back", args=[item.pk]), {"spelling": str(Spelling.objects.get().pk)}).status_code == 302
    assert reads(held) == (SLIP, [])


@pytest.mark.parametrize(("who", "status"), [("fadi", 200), ("cora", 200), ("mina", 404), ("nour", 404), ("ines", 404)])
def test_who_of_the_team_puts_a_spelling_right(held, village, client, who, status):
    assert village.sign_in(client, who).get(reverse("spelling", args=[held.items()[0].pk])).status_code == status


def test_nobody_of_the_circle_puts_one_right(held, village, client):
    page = reverse("spelling", args=[held.items()[0].pk])
    assert village.enter(client, held.hana).post(page, {"what": RIGHT}).status_code == 401
    assert Spelling.objects.count() == 0
