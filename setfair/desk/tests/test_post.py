"""Letters on paper are printed and handed over by somebody, and what could not be sent goes another way."""

import pytest
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.core.actor import system
from setfair.journal.models import Entry
from setfair.letters import journey
from setfair.letters.actions import PAUSES, Address, Words, put_off, withdraw_unsent, write
from setfair.letters.models import Handing, Letter
from setfair.letters.tasks import send_due_letters
from setfair.people import actions as people
from setfair.people.models import Person, WayWish
from setfair.preparation import actions as preparation
from setfair.preparation.tests.test_not_them import code_of
from setfair.village.cast import OTHER
from setfair.village.story import case_at

from .todays import rules, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_outbox(settings, tmp_path):
    settings.OUTBOX_DIR = tmp_path / "outbox"


@pytest.fixture
def story(village, at_preparing):
    with village.inside():
        return at_preparing


def post(story, reader, channel="paper", key="booked", address="14 Mill Street", words="Hello Hana"):
    with story.village.inside(story.programme):
        by = system(story.programme.pk)
        for person in Person.objects.filter(pk=reader):
            people.reach(person, by=by, way={"paper": "post"}.get(channel, channel), value=address)
        return write(Words("A message for you", words), to=Address(channel, address), reader=reader, key=f"{key}:{reader}", by=by, case=story.case.pk)


def fail(story, letter):
    with story.village.inside(story.programme):
        for _try in range(1 + len(PAUSES)):
            put_off(letter, by=system(story.programme.pk), trouble="Refused")


def stage(story, letter):
    with story.village.inside(story.programme):
        return Letter.objects.get(pk=letter.pk).stage


def test_a_letter_on_paper_waits_for_a_hand_and_then_leaves_the_list(village, client, story):
    letter = post(story, story.hana.person_id)
    assert rules(village) == []
    send_due_letters()
    assert stage(story, letter) == journey.Stage.PRINTED
    (need,) = told(village, "fadi")
    assert (need.sentence, need.ref, need.url) == ("Letters to print (1)", "", reverse("post"))
    cora = village.sign_in(client, "cora")
    page = cora.get(reverse("post")).content.decode()
    assert (story.case.ref in page, "Hana" in page, "The time and the place" in page, "Mill Street" in page) == (True, True, True, False)
    sheet = cora.get(reverse("post_sheet", args=[letter.pk]))
    assert sheet.content.startswith(b"%PDF-")
    assert sheet["Content-Disposition"] == f'inline; filename="letter-{letter.pk.hex[:8]}.pdf"'
    for _twice in range(2):
        assert cora.post(reverse("post_handed", args=[letter.pk])).status_code == 302
    assert stage(story, letter) == journey.Stage.HANDED
    assert rules(village) == []
    with village.inside():
        assert [(h.letter_id, h.by) for h in Handing.objects.all()] == [(letter.pk, village.cora.pk)]
        moves = Entry.objects.filter(subject_kind="letters.letter", subject_id=str(letter.pk), verb="moved").order_by("id")
        assert [(e.detail["to"], e.actor_id) for e in moves] == [("printed", None), ("handed", village.cora.pk)]


def test_three_letters_are_one_line_of_today(village, story):
    for number, person in enumerate((story.hana, story.rami, story.sol)):
        post(story, person.person_id, address=f"{number} Mill Street", words="Hello")
    send_due_letters()
    assert [n.sentence for n in told(village)] == ["Letters to print (3)"]


def test_one_that_is_on_paper_can_still_be_stopped(village, story):
    letter = post(story, story.hana.person_id)
    send_due_letters()
    with village.inside():
        assert withdraw_unsent(reader=story.hana.person_id, case=story.case.pk, by=story.lead) == 1
    assert stage(story, letter) == journey.Stage.WITHDRAWN
    assert rules(village) == []


def test_an_open_copy_lies_on_disk_only_where_letters_are_tried_out(settings, story, tmp_path):
    settings.PUBLIC = True
    letter = post(story, story.hana.person_id)
    send_due_letters()
    assert stage(story, letter) == journey.Stage.PRINTED
    assert list(tmp_path.rglob("*.pdf")) == []


@pytest.mark.parametrize(("who", "status"), [("cora", 200), ("fadi", 200), ("mina", 404), ("ines", 404), ("sven", 404), ("ada", 404), ("nour", 404)])
def test_a_letter_opens_to_those_who_may_contact_its_reader(village, client, story, who, status):
    letter = post(story, story.hana.person_id)
    send_due_letters()
    somebody = village.sign_in(client, who)
    assert somebody.get(reverse("post_sheet", args=[letter.pk])).status_code == status
    assert somebody.post(reverse("post_handed", args=[letter.pk])).status_code == (302 if status == 200 else 404)
    assert "Hana" not in village.sign_in(client, "mina").get(reverse("post")).content.decode()


def test_letters_of_accounts_are_nobodys_work(village, client):
    with village.inside():
        by = system(village.school.pk)
        letter = write(Words("Your sign-in code", "123456"), to=Address("email", village.ada.email), reader=village.ada.pk, key="account 1", by=by)
        for _try in range(1 + len(PAUSES)):
            put_off(letter, by=by, trouble="Refused")
    assert rules(village) == []
    assert village.sign_in(client, "cora").post(reverse("post_again", args=[letter.pk])).status_code == 404


def test_what_could_not_be_sent_stands_on_today_and_can_be_tried_again(village, client, story):
    letter = post(story, story.hana.person_id, "email", address="hana@home.example")
    fail(story, letter)
    assert rules(village) == rules(village, "fadi") == ["stuck"]
    assert [(n.alias, n.url) for n in told(village)] == [(story.case.alias, reverse("case_letters", args=[story.case.ref]))]
    cora = village.sign_in(client, "cora")
    page = cora.get(reverse("case_letters", args=[story.case.ref])).content.decode()
    assert ("could not be sent" in page, "email" in page, "hana@home.example" in page, "Hello Hana" in page) == (True, True, False, False)
    cora.post(reverse("post_again", args=[letter.pk]))
    assert stage(story, letter) == journey.Stage.DUE
    assert rules(village) == []


def test_it_goes_another_way_that_is_safe_and_the_first_one_goes_no_more(village, client, story):
    with village.inside():
        said = {"name": "Hana", "called": "", "language": "en", "birth_year": None, "interpreter": False, "needs": ""}
        cases.correct_person(story.hana, by=story.coordinator, contacts={"email": "hana@home.example", "sms": "555-0155"}, **said)
    letter = post(story, story.hana.person_id, "email", address="hana@home.example")
    fail(story, letter)
    cora = village.sign_in(client, "cora")
    page = cora.get(reverse("case_letters", args=[story.case.ref])).content.decode()
    assert ('value="sms"' in page, 'value="paper"' in page, 'value="email"' in page, "555-0155" in page) == (True, True, False, False)
    cora.post(reverse("post_other_way", args=[letter.pk]), {"way": "email"})
    assert stage(story, letter) == journey.Stage.FAILED
    cora.post(reverse("post_other_way", args=[letter.pk]), {"way": "sms"})
    assert stage(story, letter) == journey.Stage.WITHDRAWN
    with village.inside():
        other = Letter.objects.get(key=f"{letter.key}:sms")
        assert (other.stage, other.address, other.body, other.case_id) == ("due", "555-0155", "Hello Hana", story.case.pk)


def test_words_that_would_say_too_much_do_not_become_a_text_message(village, client, story):
    letter = post(story, story.rami.person_id, "email", address="rami@home.example", words="The conference is on Tuesday.")
    fail(story, letter)
    answer = village.sign_in(client, "cora").post(reverse("post_other_way", args=[letter.pk]), {"way": "sms"}, follow=True)
    assert "would say too much" in answer.content.decode()
    assert stage(story, letter) == journey.Stage.FAILED


def test_a_link_never_goes_on_paper(village, client, story):
    with village.inside():
        preparation.invite(story.hana, by=story.lead)
        letter = Letter.objects.get(key__startswith="invitation:")
    fail(story, letter)
    page = village.sign_in(client, "fadi").get(reverse("case_letters", args=[story.case.ref])).content.decode()
    assert ("Try again" in page, 'value="paper"' in page) == (True, False)


def test_the_other_case_shows_none_of_it(village, client, story):
    with village.inside():
        other = case_at(village, Stage.PREPARING, circle=OTHER, team=())
    post(story, story.hana.person_id)
    send_due_letters()
    page = village.sign_in(client, "cora").get(reverse("case_letters", args=[other.case.ref])).content.decode()
    assert "No letters yet." in page


def test_what_waits_for_a_word_says_so_leads_there_and_can_be_tried_again_once_somebody_has_spoken_with_them(village, client, browser_clients, story):
    hana, new = village.enter(browser_clients(), story.hana), "hana@new.example"
    hana.post(reverse("my_contact_way", args=["email"]), {"value": new, "old": "no"})
    hana.post(reverse("my_contact_code"), {"code": code_of(village, story)})
    with village.inside():
        said = {"reader": story.hana.person_id, "case": story.case.pk, "by": system(village.school.pk)}
        letter, wish = write(Words("A message for you", "Hello"), to=Address("email", new), key="booked:word", **said), WayWish.objects.get()
    fadi, changes = village.sign_in(client, "fadi"), reverse("way_changes", args=[story.hana.pk])
    pages = (reverse("post"), reverse("case_letters", args=[story.case.ref]))

    def shown(page):
        text = fadi.get(page).content.decode()
        return [words in text for words in ("nobody has spoken with them yet", "did not say that this way is safe", f'href="{changes}"', "Try again")]

    assert (stage(story, letter), [shown(page) for page in pages]) == (journey.Stage.FAILED, [[True, False, True, False]] * 2)
    fadi.post(changes, {"wish": wish.pk, "what": "take"})
    assert [shown(page) for page in pages] == [[False, False, False, True]] * 2
    fadi.post(reverse("post_again", args=[letter.pk]))
    assert stage(story, letter) == journey.Stage.DUE
    send_due_letters()
    assert stage(story, letter) == journey.Stage.SENT
