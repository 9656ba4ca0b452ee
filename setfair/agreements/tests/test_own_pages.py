"""People's own pages: what each reads, signs and tells, and that a neighbour and another participant find nothing."""

import pytest
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions
from setfair.agreements.journey import ItemStage, Stage
from setfair.agreements.models import Concern, Evidence, Signature
from setfair.agreements.tests.reading import TICKED, draft_of, seen, signed_by, told
from setfair.cases.models import Participation, Role
from setfair.conferences.models import Attendance
from setfair.people.models import Person
from setfair.preparation.home import cards

pytestmark = pytest.mark.django_db


@pytest.mark.mission("S0.6")
def test_a_person_harmed_reads_ticks_types_and_signs(signing, village, client):
    village.enter(client, signing.hana)
    page = client.get(reverse("my_agreement", args=[signing.agreement.pk]))
    assert page.status_code == 200
    assert "Write a letter that says what I did" in told(page)
    assert "checked" not in told(page)
    answer = signed_by(client, signing, "hana")
    assert (answer.status_code, answer["Location"]) == (302, reverse("my_agreement", args=[signing.agreement.pk]))
    signature = Signature.objects.get()
    assert (signature.participation, signature.method, signature.typed_name) == (signing.hana, "own", "Hana")
    after = told(client.get(answer["Location"]))
    assert "You have signed." in after
    assert "Rami Delacourt" not in after


@pytest.mark.parametrize(
    ("who", "reads", "signs"),
    [
        ("fadi", 302, 401),  # facilitates, and signs for nobody: sent to the entrance of those who do
        ("cora", 302, 401),
        ("nour", 302, 401),  # next door
        ("otto", 404, 404),  # same school, another case
        (None, 302, 401),
    ],
)
def test_only_those_in_the_circle_read_and_sign_on_their_own_page(signing, next_case, village, client, who, reads, signs):
    if who == "otto":
        village.enter(client, next_case.otto)
    elif who:
        village.sign_in(client, who)
    words = {"seen": "0" * 64, "typed_name": "X"} | TICKED
    assert client.get(reverse("my_agreement", args=[signing.agreement.pk])).status_code == reads
    assert client.post(reverse("sign", args=[signing.agreement.pk]), words).status_code == signs
    assert Signature.objects.filter(agreement=signing.agreement).count() == 0


def test_whose_name_it_is_cannot_be_chosen_from_outside(signing, village, client):
    signed_by(village.enter(client, signing.hana), signing, "hana", participation=str(signing.rami.pk))
    assert Signature.objects.get().participation == signing.hana


def test_each_own_part_comes_first_and_a_draft_is_not_there(met, village, client):
    agreement = draft_of(met, 1)
    actions.promise(agreement, by=met.lead, owner=met.gail, what="Drive him.", due_on=timezone.localdate())
    page = reverse("my_agreement", args=[agreement.pk])
    village.enter(client, met.gail)
    assert client.get(page).status_code == 404
    actions.present(agreement, by=met.lead)
    words = told(client.get(page))
    assert words.index("Drive him.") < words.index("Thing 0.")
    assert words.count("Your part") == 1


@pytest.mark.parametrize("missing", ["read", "agree", "know", "typed_name", "seen"])
def test_without_a_tick_or_a_name_the_page_comes_back_with_what_was_typed(signing, village, client, missing):
    village.enter(client, signing.sol)
    words = {"seen": seen(client.get(reverse("my_agreement", args=[signing.agreement.pk]))), "typed_name": "Sol Marlow"} | TICKED
    del words[missing]
    answer = client.post(reverse("sign", args=[signing.agreement.pk]), words)
    assert answer.status_code == 422
    assert ('value="Sol Marlow"' in told(answer)) is (missing != "typed_name")
    assert Signature.objects.count() == 0


def test_pressed_twice_the_second_says_thank_you_and_words_that_changed_are_read_again(signing, village, client):
    village.enter(client, signing.hana)
    stale = seen(client.get(reverse("my_agreement", args=[signing.agreement.pk])))
    signed_by(client, signing, "hana")
    again = client.post(reverse("sign", args=[signing.agreement.pk]), {"seen": stale, "typed_name": "Hana"} | TICKED)
    assert again.status_code == 422
    assert Signature.objects.count() == 1
    village.enter(client, signing.rami)
    changed = client.post(reverse("sign", args=[signing.agreement.pk]), {"seen": "0" * 64, "typed_name": "Rami"} | TICKED)
    assert changed.status_code == 422
    assert "changed since you read them" in told(changed)


def test_a_no_is_one_press_and_nobody_else_sees_it(signing, village, browser_clients):
    rami, hana, cora = (browser_clients() for _ in range(3))
    village.enter(rami, signing.rami)
    answer = rami.post(reverse("my_no", args=[signing.agreement.pk]), follow=True)
    assert "You told us that you do not want to sign." in told(answer)
    assert Concern.objects.get().participation == signing.rami
    for_hana = told(village.enter(hana, signing.hana).get(reverse("my_agreement", args=[signing.agreement.pk])))
    assert "do not want to sign. That is fine" not in for_hana
    assert "Does not want to sign" in told(village.sign_in(cora, "cora").get(reverse("agreement", args=[signing.case.ref])))
    assert signed_by(rami, signing, "rami").status_code == 302


def test_something_not_right_reaches_the_team_with_every_word(signing, village, client):
    village.enter(client, signing.hana)
    there, words = reverse("my_concern", args=[signing.agreement.pk]), "Not this. " * 4_100
    assert client.post(there, {"words": words}).status_code == 302
    assert Concern.objects.get().words == words.strip()
    too_long = client.post(there, {"words": "x" * 50_001})
    assert too_long.status_code == 422
    assert "x" * 50_001 in told(too_long)


def test_when_all_have_signed_everyone_has_their_copy(holding, village, client):
    page = told(village.enter(client, holding.hana).get(reverse("my_agreement", args=[holding.agreement.pk])))
    assert page.count("Signed <time") == 4
    assert "Type your name" not in page


def test_after_a_change_of_mind_the_page_says_only_that_nothing_is_asked(holding, village, client):
    actions.end(holding.agreement, by=holding.lead)
    page = told(village.enter(client, holding.rami).get(reverse("my_agreement", args=[holding.agreement.pk])))
    assert "Nothing is asked of you here" in page
    assert "letter" not in page.split("<main")[1].split("</main")[0]


def joins(story, name, role, **more):
    return Participation.objects.create(case=story.case, person=Person.objects.create(name=name), role=role, **more)


@pytest.mark.parametrize("role", [Role.INTERPRETER, Role.SUPPORTER])
def test_whoever_interprets_or_joins_after_it_was_laid_out_reads_none_of_it(signing, village, client, role):
    ivan = joins(signing, "Ivan", role)
    village.enter(client, ivan)
    for name in ("my_agreement", "my_paper"):
        assert client.get(reverse(name, args=[signing.agreement.pk])).status_code == 404
    closed = [] if role == Role.INTERPRETER else [("", "This comes after you have met.")]
    assert [(card.href, card.words) for card in cards(ivan) if card.title == "Your agreement"] == closed
    assert "Write a letter" not in told(client.get(reverse("home")))


def test_a_guardian_of_somebody_who_signs_reads_and_signs_too(signing, village, client):
    ivo = joins(signing, "Ivo", Role.GUARDIAN, stands_by=signing.rami, has_authority=True)
    elsewhere = joins(signing, "Olga", Role.GUARDIAN, has_authority=True)
    page = told(village.enter(client, ivo).get(reverse("my_agreement", args=[signing.agreement.pk])))
    assert ("What do you think of this?" in page, "Type your name" in page) == (True, False)
    items = signing.items()
    actions.mark(signing.agreement, by=signing.lead, participation=ivo, words={item.pk: "fair" for item in items}, method="tablet")
    page = told(village.enter(client, ivo).get(reverse("my_agreement", args=[signing.agreement.pk])))
    assert "Type your name" in page
    assert village.enter(client, elsewhere).get(reverse("my_agreement", args=[signing.agreement.pk])).status_code == 404


def test_whoever_is_not_among_those_who_sign_the_second_time_reads_no_more(signing, village, client):
    actions.reopen(signing.agreement, by=signing.lead)
    Attendance.objects.create(conference=signing.agreement.conference, participation=signing.sol, came=False)
    village.enter(client, signing.sol)
    actions.present(signing.agreement, by=signing.lead)
    assert client.get(reverse("my_agreement", args=[signing.agreement.pk])).status_code == 404


def test_home_opens_the_card_when_there_is_something_and_closes_it_again(signing, village):
    def titles(key):
        return [c.title for c in cards(signing.people[key]) if c.href]

    assert "Your agreement" in titles("sol")
    signing.sign_all()
    assert "What you said you will do" in titles("rami")
    assert "What you said you will do" not in titles("hana")
    assert [c.is_done for c in cards(signing.sol) if c.title == "Your agreement"] == [True]
    actions.end(signing.agreement, by=signing.lead)
    assert "Your agreement" not in titles("sol")
    assert "What you said you will do" not in titles("rami")


def test_signing_all_moves_the_stage_on_screen(signing, village, browser_clients):
    for key in ("hana", "rami", "sol", "gail"):
        assert signed_by(village.enter(browser_clients(), signing.people[key]), signing, key).status_code == 302
    assert signing.agreement.stage == Stage.IN_FORCE


@pytest.mark.mission("S2.8")
def test_the_owner_tells_how_it_went(holding, village, client):
    item = holding.items()[0]
    village.enter(client, holding.rami)
    there = reverse("proof", args=[item.pk])
    assert "Write a letter that says what I did" in told(client.get(there))
    assert client.post(there, {"how": "not_yet", "words": ""}).status_code == 422
    assert client.post(there, {"how": "not_yet", "words": "I was ill."}).status_code == 302
    item.refresh_from_db()
    assert item.stage == ItemStage.PROMISED
    assert client.post(there, {"how": "done", "words": "It is with Ms Castell."}).status_code == 302
    item.refresh_from_db()
    assert item.stage == ItemStage.KEPT
    actions.verify(item, by=holding.lead, words="A note that is for the team.")
    page = told(client.get(there))
    assert "This is done. Thank you." in page
    assert "I was ill." in page
    assert "for the team" not in page


@pytest.mark.parametrize("key", ["hana", "sol", "gail"])
def test_a_promise_is_its_owners_page_alone(holding, village, client, key):
    village.enter(client, holding.people[key])
    there = reverse("proof", args=[holding.items()[0].pk])
    assert client.get(there).status_code == 404
    assert client.post(there, {"how": "done", "words": "x"}).status_code == 404
    assert Evidence.objects.count() == 0


def test_a_promise_that_holds_not_yet_has_no_page(signing, village, client):
    village.enter(client, signing.rami)
    assert client.get(reverse("proof", args=[signing.items()[0].pk])).status_code == 404
