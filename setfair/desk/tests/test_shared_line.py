"""An address that several people have ends for each of them at once, is told to each team, and opens again on their own word alone."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.core.actor import system
from setfair.journal.models import Entry
from setfair.letters.actions import Address, Words, write
from setfair.letters.journey import Stage
from setfair.letters.models import CameBack, Letter
from setfair.letters.tasks import send_due_letters
from setfair.letters.tests.test_mail_read import KEY, bounce
from setfair.letters.tests.test_mail_read import mail as came
from setfair.people import actions as people
from setfair.people.actions import CannotAdd
from setfair.referrals.models import Referral
from setfair.village.cast import OTHER
from setfair.village.story import asked, opened

from .test_came_back import SECRET, lay, safe, sentences, sms

LINE, SHARED = "+1 555 555 0160", "An address that several people share is used no more"


@pytest.fixture
def story(village, at_preparing, settings, tmp_path):
    settings.OUTBOX_DIR, settings.SMS_HOOK_SECRET = tmp_path / "letters", SECRET
    with village.inside():
        send_due_letters()
        mail.outbox.clear()
        return at_preparing


@pytest.fixture
def other(village, story):
    """Another case of the programme, with a team of its own: one of its people has the same phone, spelled in another way."""
    with village.inside():
        made = opened(village, circle=OTHER)
        made.add_everyone(OTHER)
        made.assign_team((("mina", "lead"),))
        for way, value in (("sms", "+1 (555) 555-0160"), ("email", "otto@home.example"), ("call", "555 0160")):
            people.reach(made.otto.person, by=made.coordinator, way=way, value=value, case=made.case.pk)
        return made


def letter_to(village, story, key, channel, address):
    with village.inside():
        by, number = system(village.school.pk), Letter.objects.count()
        to, reader = Address(channel, address), story.people[key].person_id
        return write(Words("A message for you", "Please call us."), to=to, reader=reader, case=story.case.pk, key=f"answer:{number}", by=by)


def history(village, case):
    with village.inside():
        return list(Entry.objects.filter(case_id=case.pk, verb="ended_with").values_list("actor_kind", "detail__kind"))


def answers(village, **which):
    with village.inside():
        return [(row.reader_id, row.case_id, row.kind, row.is_shared, str(row.words)) for row in CameBack.objects.filter(**which).order_by("at")]


@pytest.mark.parametrize(
    ("words", "kind", "left"), [("STOP", "stop", ["555 0160", "otto@home.example"]), ("Wrong number, zinnia", "wrong", ["otto@home.example"])]
)
def test_stop_from_a_shared_phone_ends_it_for_each_who_has_it_and_tells_each_team(village, client, story, other, words, kind, left):
    with village.inside():
        people.reach(story.rami.person, by=story.coordinator, way="email", value="rami@home.example", case=story.case.pk)
        waits = letter_to(village, other, "otto", "sms", "+1 (555) 555-0160")
        letter_to(village, story, "rami", "sms", "555-0160")
        Letter.objects.filter(pk=waits.pk).update(due_at=waits.due_at + timedelta(days=1))
    send_due_letters()
    assert sms(client, **{"from": LINE, "text": words, "id": "m1"}).status_code == 204
    assert (safe(village, story, "rami"), sorted(safe(village, other, "otto"))) == (["rami@home.example"], left)
    assert answers(village, is_shared=False) == [(story.rami.person_id, story.case.pk, kind, False, words)]
    assert answers(village, is_shared=True) == [(other.otto.person_id, other.case.pk, kind, True, "")]
    assert (history(village, other.case), history(village, story.case)) == ([("system", kind)], [])
    with village.inside():
        assert Letter.objects.get(pk=waits.pk).stage == Stage.WITHDRAWN
        told = CameBack.objects.get(is_shared=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            CameBack.objects.create(owner_id=told.pk, channel="sms", kind="stop", is_shared=True, mark=b"x" * 32)
    assert [SHARED in sentences(village, who) for who in ("mina", "fadi", "cora", "nour", "ada")] == [True, False, True, False, False]
    for who, status in (("mina", 200), ("fadi", 404), ("nour", 404), ("sven", 404)):
        answer = village.sign_in(client, who).get(reverse("came_back", args=[told.pk]))
        assert (answer.status_code, "zinnia" in answer.content.decode(), "Rami" in answer.content.decode()) == (status, False, False)
    village.sign_in(client, "mina").post(reverse("came_back_read", args=[told.pk]))
    assert [SHARED in sentences(village, who) for who in ("mina", "cora")] == [False, False]


def test_only_their_own_word_opens_it_again_and_no_word_from_the_phone(village, client, story, other):
    letter_to(village, story, "rami", "sms", "555-0160")
    send_due_letters()
    for number, words in enumerate(("STOP", "START", "Yes")):
        sms(client, **{"from": LINE, "text": words, "id": f"m{number}"})
    assert (safe(village, story, "rami"), [row[2] for row in answers(village, is_shared=False)]) == ([], ["stop", "start", "answer"])
    assert "Somebody asks for messages again: nothing begins by itself" in sentences(village, "fadi")
    with village.inside(), pytest.raises(CannotAdd):
        people.reach(story.rami.person, by=story.lead, way="sms", value="(555) 0160")
    page, fadi = reverse("contact_way", args=[story.rami.pk, "sms"]), village.sign_in(client, "fadi")
    assert fadi.post(page, {"value": "555-0160"}).status_code == 422
    assert fadi.post(page, {"value": "555-0160", "own_word": "on"}).status_code == 302
    assert (safe(village, story, "rami"), "555" in "".join(safe(village, other, "otto")[:1])) == (["555-0160"], False)
    with village.inside():
        assert Entry.objects.filter(verb="named_again", subject_id=str(story.rami.person_id), case_id=story.case.pk).count() == 1


def test_what_comes_back_for_an_address_of_before_leaves_the_new_one_alone(village, story, other):
    with village.inside():
        people.reach(other.otto.person, by=other.coordinator, way="email", value="Hana+x@home.example", case=other.case.pk)
    letter = letter_to(village, story, "hana", "email", "hana@home.example")
    send_due_letters()
    with village.inside():
        people.reach(story.hana.person, by=story.coordinator, way="email", value="hana@new.example", case=story.case.pk)
    lay(bounce("5.1.1").replace(str(KEY).encode(), str(letter.pk).encode()))
    assert (safe(village, story, "hana"), "Hana+x@home.example" in safe(village, other, "otto")) == (["hana@new.example"], False)
    assert answers(village) == [(other.otto.person_id, other.case.pk, "bounce", True, "")]


def test_whoever_asked_from_the_same_address_is_written_to_no_more(village, client, story):
    with village.inside():
        referral, _code = asked(village)
        referral.reach = {"email": "HANA@home.example", "call": "555-0199", "sms": "555-0198"}
        referral.save(update_fields=["reach"])
    letter = letter_to(village, story, "hana", "email", "hana@home.example")
    send_due_letters()
    lay(came("STOP", In_Reply_To=letter.message_id))
    with village.inside():
        assert (Referral.objects.get(pk=referral.pk).reach, safe(village, story, "hana")) == ({"call": "555-0199", "sms": "555-0198"}, [])
    assert answers(village, is_shared=True) == [(referral.pk, None, "stop", True, "")]
    sms(client, **{"from": "+15555550198", "text": "STOP", "id": "m1"})
    with village.inside():
        assert Referral.objects.get(pk=referral.pk).reach == {"call": "555-0199"}
    assert [SHARED in sentences(village, who) for who in ("cora", "fadi", "nour")] == [True, False, False]


def test_an_answer_of_somebody_who_has_left_every_circle_is_read_by_those_of_the_last_one(village, client, story, other):
    with village.inside():
        again = cases.add_person(other.case, by=other.coordinator, name="Sol", role="supporter", stands_by=other.otto, known=story.sol.person)
        for place, by in ((again, other.coordinator), (story.sol, story.coordinator)):
            cases.let_go(place, by=by)
    lay(came("I would still like to say something, zinnia.", From="sol@home.example"))
    assert answers(village) == [(story.sol.person_id, None, "answer", False, "I would still like to say something, zinnia.")]
    assert [sentences(village, who).count("An answer came") for who in ("fadi", "cora", "mina", "ada", "nour")] == [1, 1, 0, 0, 0]
    with village.inside():
        answer = CameBack.objects.get()
    for who, status in (("fadi", 200), ("cora", 200), ("mina", 404), ("ada", 404), ("nour", 404), ("sven", 404)):
        page = village.sign_in(client, who).get(reverse("came_back", args=[answer.pk]))
        assert (page.status_code, "zinnia" in page.content.decode()) == (status, status == 200)
