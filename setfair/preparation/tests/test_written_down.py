"""An answer that staff write down for somebody is theirs to see and to change, and never undoes what they said on their own page."""

import pytest
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Role
from setfair.letters.models import Letter
from setfair.people import actions as people
from setfair.preparation import actions, queries
from setfair.preparation.actions import CannotPrepare
from setfair.preparation.models import Consent
from setfair.village.story import case_at
from setfair.village.time import today

SAID = {"answer": "yes", "scope": "take_part", "method": "said", "language": "en"}


@pytest.fixture
def story(village, at_preparing):
    with village.inside():
        return at_preparing


def own(story, key, answer, **how):
    return actions.consent(story.people[key], by=story.me(key), answer=answer, method="own", **how)


def look(story, key):
    letters = Letter.objects.filter(key__startswith="answer:", reader_id=story.people[key].person_id)
    return [(letter.channel, letter.address, letter.stage) for letter in letters]


@pytest.mark.parametrize("own_answer", ["no", "withdrawn"])
def test_after_their_own_no_a_yes_is_theirs_or_signed(village, story, own_answer):
    with village.inside():
        own(story, "hana", own_answer)
        actions.consent(story.hana, by=story.coordinator, answer="unsure")
        with pytest.raises(CannotPrepare, match="Please give them their code"):
            actions.consent(story.hana, by=story.coordinator, answer="yes")
        assert Consent.objects.order_by("at", "id").last().answer == "unsure"
        actions.consent(story.hana, by=story.coordinator, answer="yes", method="paper")
        actions.consent(story.hana, by=story.coordinator, answer="yes")
        own(story, "hana", own_answer)
        own(story, "hana", "yes")
        assert actions.consent(story.hana, by=story.lead, answer="yes").method == "said"


def test_the_no_of_one_binds_nobody_else_and_nothing_else(village, story):
    with village.inside():
        own(story, "rami", "no")
        own(story, "rami", "no", scope="notes")
        for said in ({"giver": story.gail}, {"scope": "outcome"}):
            assert actions.consent(story.rami, by=story.lead, answer="yes", **said).answer == "yes"
        with pytest.raises(CannotPrepare):
            actions.consent(story.rami, by=story.lead, answer="yes", scope="notes")


def test_a_guardians_own_no_binds_their_own_yes(village, story):
    with village.inside():
        actions.consent(story.rami, by=story.me("gail"), giver=story.gail, answer="no", method="own")
        with pytest.raises(CannotPrepare):
            actions.consent(story.rami, by=story.lead, giver=story.gail, answer="yes")


def test_the_form_offers_no_said_to_whoever_stopped_and_says_why(client, village, story):
    page = reverse("person", args=[story.hana.pk])
    staff = village.sign_in(client, "cora")
    offered = []
    for _ in range(2):
        text = staff.get(page).content.decode()
        offered.append(('name="method" value="said"' in text, 'name="method" value="paper"' in text, "Please give them their code." in text))
        with village.inside():
            own(story, "hana", "withdrawn")
    assert offered == [(True, True, False), (False, True, True)]
    answer = staff.post(reverse("consents", args=[story.hana.pk]), {**SAID, "giver": str(story.hana.pk)})
    assert (answer.status_code, "Please give them their code." in answer.content.decode()) == (422, True)
    with village.inside():
        assert queries.answer_of(story.hana).answer == "withdrawn"


def test_with_a_guardian_the_form_still_takes_what_the_guardian_said(client, village, story):
    with village.inside():
        own(story, "rami", "withdrawn")
    staff = village.sign_in(client, "cora")
    said = {
        giver: staff.post(reverse("consents", args=[story.rami.pk]), {**SAID, "giver": str(story.people[giver].pk)}) for giver in ("rami", "gail")
    }
    assert [answer.status_code for answer in said.values()] == [422, 302]
    assert "Please give them their code." in said["rami"].content.decode()


def test_what_staff_wrote_stands_on_the_persons_own_page_until_they_answer(client, village, story):
    with village.inside():
        actions.consent(story.hana, by=story.coordinator, answer="yes")
    hana = village.enter(client, story.hana)
    page = hana.get(reverse("home")).content.decode()
    assert "Written down for you by Cora on " in page
    assert f'you said yes. <a class="quiet-link" href="{reverse("choice")}">Not right? Change it</a>' in page
    hana.post(reverse("choice_said"), {"take_part": "on"})
    assert "Written down for you" not in hana.get(reverse("home")).content.decode()


def test_what_was_written_for_a_child_stands_on_the_guardians_page_and_on_no_other(client, village, story, browser_clients):
    with village.inside():
        actions.consent(story.rami, by=story.lead, giver=story.gail, answer="no")
        actions.consent(story.gail, by=story.lead, answer="yes", scope="notes")
    pages = {key: village.enter(browser_clients(), story.people[key]).get(reverse("home")).content.decode() for key in ("gail", "rami", "hana")}
    assert [page.count("Written down for you by Fadi") for page in pages.values()] == [2, 0, 0]
    assert "for Rami you said no." in pages["gail"]
    assert "“You may keep short notes on our talks before the day.”" in pages["gail"]


def test_a_letter_that_says_nothing_tells_them_to_look(village, story):
    with village.inside():
        actions.consent(story.hana, by=story.coordinator, answer="yes")
        actions.consent(story.hana, by=story.coordinator, answer="no", scope="outcome")
        actions.consent(story.rami, by=story.coordinator, giver=story.gail, answer="yes")
        own(story, "sol", "yes")
        written = [look(story, key) for key in ("hana", "gail", "rami", "sol")]
        assert written == [[("email", "hana@home.example", "due")], [("email", "gail@home.example", "due")], [], []]
        letter = Letter.objects.get(reader_id=story.hana.person_id, key__startswith="answer:")
        assert (letter.subject, "/code/" in letter.body) == ("Something new for you", True)
        assert [word for word in ("Hana", "Cora", " said", story.case.ref, story.case.alias) if word in letter.body] == []


def test_a_stop_that_staff_write_down_stops_the_rest_and_tells_them_too(village, story):
    with village.inside():
        actions.invite(story.hana, by=story.lead)
        actions.withdraw(story.hana, by=story.lead)
        stages = {letter.key.split(":")[0]: letter.stage for letter in Letter.objects.filter(reader_id=story.hana.person_id)}
        assert stages == {"invitation": "withdrawn", "answer": "due"}


def test_nobody_is_written_to_without_a_safe_way_or_who_is_let_be(village, story):
    with village.inside():
        uma = cases.add_person(story.case, by=story.coordinator, name="Uma", role=Role.COMMUNITY, contacts={"call": "555-0180"})
        people.reach(story.hana.person, by=story.coordinator, way="email", value="")
        for person in (uma, story.hana):
            actions.consent(person, by=story.lead, answer="yes")
        later = case_at(village, Stage.FOLLOWING_UP, matter=1)
        actions.withdraw(later.sol, by=later.lead)
        assert not Letter.objects.filter(key__startswith="answer:").exists()


def test_staff_read_how_each_answer_came_who_wrote_it_and_when(client, village, story):
    with village.inside():
        own(story, "rami", "no")
        actions.consent(story.rami, by=story.coordinator, giver=story.gail, answer="yes", method="paper")
    text = village.sign_in(client, "fadi").get(reverse("person", args=[story.rami.pk])).content.decode()
    rows = [
        " ".join(row.split("</dd>")[0].replace("<dd>", " ").split()) for row in text.split("Their answers")[1].split("</dl>")[0].split("<dt>")[1:]
    ]
    assert [row.split("</dt>")[0] for row in rows] == ["Gail Delacourt: take part", "Rami: take part"]
    assert ("Yes, on paper, " in rows[0], "written down by Cora" in rows[0]) == (True, True)
    assert ("No, on their own page, " in rows[1], "written down by" in rows[1]) == (True, False)


# Notes


def test_after_a_no_to_notes_a_meeting_is_written_down_without_words(client, village, story):
    page, met = reverse("meetings", args=[story.hana.pk]), {"held_on": today(story.programme).isoformat(), "explained": "on", "support": "found"}
    fadi = village.sign_in(client, "fadi")
    assert fadi.post(page, {**met, "note": "She likes tea."}).status_code == 302
    with village.inside():
        own(story, "hana", "no", scope="notes")
        own(story, "sol", "no", scope="notes")
        actions.meet(story.rami, by=story.lead, held_on=story.case.opened_at.date(), note="Others are not touched.")
    refused = fadi.post(page, {**met, "note": "She said more."})
    assert (refused.status_code, "They said no to notes." in refused.content.decode(), "She said more." in refused.content.decode()) == (
        422,
        True,
        True,
    )
    assert fadi.post(page, {**met, "minutes": "30"}).status_code == 302
    with village.inside():
        assert sorted(m.note for m in story.hana.meetings.all()) == ["", "She likes tea."]
        assert queries.progress(story.hana).tasks[1].status == "done"


def test_notes_from_before_are_shown_to_the_coordinator_alone(client, village, story, browser_clients):
    with village.inside():
        actions.meet(story.hana, by=story.lead, held_on=story.case.opened_at.date(), note="She likes tea.")
    address = reverse("person", args=[story.hana.pk])
    staff = {who: village.sign_in(browser_clients(), who) for who in ("cora", "fadi")}
    shown = []
    for answer in ("yes", "no", "yes"):
        with village.inside():
            own(story, "hana", answer, scope="notes")
        pages = [one.get(address).content.decode() for one in staff.values()]
        shown.append([("She likes tea." in page, 'name="note"' in page) for page in pages])
    assert shown == [[(True, True), (True, True)], [(True, False), (False, False)], [(True, True), (True, True)]]


def test_what_is_not_asked_any_more_is_kept_and_shown_nowhere(client, village, story):
    with village.inside():
        own(story, "hana", "yes", scope="survey")
    text = village.sign_in(client, "cora").get(reverse("person", args=[story.hana.pk])).content.decode()
    assert ('value="survey"' in text, "Their answers" in text, 'value="notes"' in text) == (False, False, True)
    assert village.enter(client, story.hana).get(reverse("choice_agree")).content.decode().count('type="checkbox"') == 3
    with village.inside():
        assert Consent.objects.get().scope == "survey"
        assert Case.objects.get().stage == Stage.PREPARING
