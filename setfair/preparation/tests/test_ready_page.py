"""The page that says what a case still waits for."""

import pytest
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Case
from setfair.preparation import actions
from setfair.preparation.models import Override


@pytest.fixture
def story(village, at_prepared):
    with village.inside():
        return at_prepared


@pytest.mark.parametrize(("who", "status"), [("cora", 200), ("sven", 404), ("fadi", 200), ("mina", 404), ("ines", 404), ("ada", 404), ("nour", 404)])
def test_who_may_look(client, village, story, who, status):
    assert village.sign_in(client, who).get(reverse("ready", args=[story.case.ref])).status_code == status


@pytest.mark.parametrize(("page", "those"), [("declare_ready", "cora fadi"), ("set_aside", "cora")])
@pytest.mark.parametrize("who", ["cora", "fadi", "sven", "mina", "ines", "ada", "nour"])
def test_who_may_say_it(client, village, story, page, those, who):
    with village.inside():
        Assignment.objects.filter(case=story.case, part="student").delete()
        actions.set_aside(story.case, by=story.lead, blocker="students", reason="One is enough.") if page == "declare_ready" else None
    answer = village.sign_in(client, who).post(reverse(page, args=[story.case.ref]), {"what": "students", "reason": "One is enough."})
    assert answer.status_code == (302 if who in those.split() else 404)


@pytest.mark.mission("S2.5")
def test_it_is_refused_until_everyone_has_agreed(client, village, story):
    with village.inside():
        actions.consent(story.sol, by=story.lead, answer="unsure")
    fadi = village.sign_in(client, "fadi")
    answer = fadi.post(reverse("declare_ready", args=[story.case.ref]))
    assert (answer.status_code, "Sol is not sure yet." in answer.content.decode()) == (422, True)
    with village.inside():
        assert Case.objects.get(pk=story.case.pk).stage == Stage.PREPARING
        actions.consent(story.sol, by=story.lead, answer="yes")
    assert fadi.post(reverse("declare_ready", args=[story.case.ref])).url == reverse("schedule", args=[story.case.ref])
    with village.inside():
        assert Case.objects.get(pk=story.case.pk).stage == Stage.READY


def test_the_second_of_two_who_say_it_is_told_that_it_has_moved_on(client, village, story, browser_clients):
    fadi, cora = village.sign_in(client, "fadi"), village.sign_in(browser_clients(), "cora")
    assert fadi.post(reverse("declare_ready", args=[story.case.ref])).status_code == 302
    answer = cora.post(reverse("declare_ready", args=[story.case.ref]))
    assert (answer.status_code, "This has moved on in the meantime." in answer.content.decode()) == (422, True)


def test_a_practical_thing_is_set_aside_and_the_reason_stays_in_sight(client, village, story):
    with village.inside():
        aunt = cases.add_person(story.case, by=story.coordinator, name="Vera", role="supporter", stands_by=story.hana)
    cora, what = village.sign_in(client, "cora"), f"meeting.{aunt.pk}"
    address = reverse("set_aside", args=[story.case.ref])
    assert cora.post(address, {"what": what, "reason": ""}).status_code == 422
    assert cora.post(address, {"what": "no_contact", "reason": "Please."}).status_code == 422
    assert cora.post(address, {"what": what, "reason": "Her aunt sits beside her."}).status_code == 302
    assert cora.post(address, {"what": what, "reason": "Her aunt sits beside her."}).status_code == 422
    assert "Her aunt sits beside her." in cora.get(reverse("ready", args=[story.case.ref])).content.decode()
    with village.inside():
        assert Override.objects.count() == 1


@pytest.mark.parametrize("who", ["hana", "rami"])
def test_a_yes_is_not_offered_to_be_set_aside(client, village, story, who):
    with village.inside():
        actions.consent(story.people[who], by=story.lead, answer="no")
    page = village.sign_in(client, "cora").get(reverse("ready", args=[story.case.ref])).content.decode()
    assert (f"{story.people[who].person.shown} has said no." in page, 'name="what"' in page) == (True, False)


@pytest.mark.mission("S0.9")
@pytest.mark.parametrize(
    ("who", "may"),
    [("cora", True), ("sven", True), ("fadi", False), ("mina", False), ("ines", False), ("ada", False), ("nour", False), ("edda", False)],
)
def test_who_may_sign_a_high_worry_off(client, village, story, who, may):
    with village.inside():
        actions.check_safety(story.hana, by=story.lead, level="high", plan="They leave by different doors.")
    page = reverse("sign_off", args=[story.hana.pk])
    staff = village.sign_in(client, who)
    assert ("They leave by different doors." in staff.get(page).content.decode()) == may
    assert staff.post(page, {"reason": "Her aunt sits beside her."}).status_code == (302 if may else 404)
    with village.inside():
        assert Override.objects.count() == int(may)


def test_a_facilitator_is_told_who_signs_and_is_offered_no_way_round(client, village, story):
    with village.inside():
        actions.check_safety(story.hana, by=story.lead, level="high")
    fadi, page = village.sign_in(client, "fadi"), reverse("ready", args=[story.case.ref])
    words = fadi.get(page).content.decode()
    assert ("To be signed off" in words, 'name="what"' in words, reverse("sign_off", args=[story.hana.pk]) in words) == (True, False, False)
    assert fadi.post(reverse("set_aside", args=[story.case.ref]), {"what": f"worry.{story.hana.pk}", "reason": "Please."}).status_code == 404
    assert reverse("sign_off", args=[story.hana.pk]) in village.sign_in(client, "cora").get(page).content.decode()
