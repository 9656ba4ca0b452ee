"""What goes wrong, and what the screen then says: the bad case of each thing that is asked of us. JavaScript off."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from setfair.cases.journey import Stage
from setfair.preparation import actions as preparation
from setfair.village.story import case_at, opened, signing

pytestmark = [pytest.mark.browser, pytest.mark.bad_case, pytest.mark.django_db(transaction=True)]

STAFF = {"cora": "cora@school.example", "fadi": "fadi@school.example", "mina": "mina@school.example", "nour": "nour@county.example"}


@pytest.fixture
def told(world):
    """`told(Stage.READY)` brings a case of the school to a stage."""

    def tell(stage, programme=None, **how):
        with world.inside(programme):
            return case_at(world, stage, programme, **how)

    return tell


@pytest.fixture
def staff(visit):
    return lambda key: visit().sign_in(STAFF[key])


@pytest.fixture
def comes(world, visit):
    """`comes(case, "hana")` lets somebody in by the code on their paper."""

    def come(case, key):
        who = visit(phone=True).open("/code/")
        who.page.get_by_role("textbox").first.fill(world.code_for(case.people[key]))
        return who.press("Go in")

    return come


def stage_of(world, case):
    with world.inside(case.programme):
        case.case.refresh_from_db()
    return case.case.stage


def all_but(world, case, *, met=(), yes=()):
    """Everyone is met and says yes, but for those named."""
    with world.inside(case.programme):
        everyone = dict(case.people)
        case.people = {key: person for key, person in everyone.items() if key not in met}
        case.meet_everyone()
        case.people = {key: person for key, person in everyone.items() if key not in yes}
        case.hear_every_yes()
        case.people = everyone


def tries_to_go_on(world, case, who):
    who.open(f"/cases/{case.case.ref}/ready/").press("Mark ready")
    assert who.sees("Not everything is in place yet.")
    assert stage_of(world, case) == Stage.PREPARING
    return who


@pytest.mark.mission("S0.1")
def test_a_day_that_cannot_be_is_asked_about_and_nothing_is_lost(world, visit):
    visitor = visit(phone=True).open("/p/northgate-high/ask/").press("Continue")
    visitor.press_this(visitor.page.get_by_role("button", name="No", exact=True))
    visitor.press("Skip this").choose("I was hurt").press("Continue")
    visitor.fill("A name for you", "Hana").press("Continue").fill("What happened?", "My phone was broken.").press("Continue")
    visitor.fill("The day", "1900-01-01").fill("In your words", "at lunch").press("Continue")
    assert visitor.page.locator(".error-summary, [role=alert]").first.is_visible()
    assert visitor.page.get_by_label("In your words").input_value() == "at lunch"
    assert visitor.press("Back").page.get_by_label("What happened?").input_value() == "My phone was broken."


@pytest.mark.mission("S0.2")
def test_with_one_student_facilitator_it_does_not_go_on(world, told, staff):
    case = told(Stage.PREPARING, team=(("fadi", "lead"), ("ines", "student")))
    all_but(world, case)
    assert tries_to_go_on(world, case, staff("fadi")).sees("1 more student facilitator is needed.")


@pytest.mark.mission("S1.2")
def test_a_facilitator_of_another_case_finds_no_script_and_no_circle(world, told, staff):
    case = told(Stage.SCHEDULED)
    with world.inside():
        hour = reverse("conference", args=[case.conference.pk])
    assert staff("fadi").open(hour).sees(case.case.ref)
    other = staff("mina")
    for path in (hour, hour + "script/", f"/cases/{case.case.ref}/"):
        assert other.page.goto(other.address + path).status == 404
        assert "Hana" not in other.page.content()


@pytest.mark.mission("S0.6")
def test_while_one_does_not_want_to_sign_nothing_is_in_force(world, told, staff, comes):
    case = told(Stage.CONVENED)
    with world.inside():
        signing(case)
    for key, name in (("rami", "Rami"), ("sol", "Sol"), ("gail", "Gail")):
        who = comes(case, key).press(re.compile("agree", re.IGNORECASE))
        for tick in who.page.get_by_role("checkbox").all():
            tick.check()
        who.fill("Type your name", name).press("Sign")
    hana = comes(case, "hana").press(re.compile("agree", re.IGNORECASE))
    no = hana.page.locator("details").filter(has_text="You do not have to sign")
    no.locator("summary").click()
    hana.press_this(no.get_by_role("button", name="Tell the team"))
    assert hana.sees(re.compile("you do not want to sign. That is fine"))
    assert stage_of(world, case) == Stage.CONVENED
    assert staff("cora").open("/today/").sees(re.compile("does not want to sign|not right", re.IGNORECASE))


@pytest.mark.mission("S0.7")
@pytest.mark.parametrize(("place", "clock", "minutes"), [("school", "10:30", "60"), ("school", "12:00", "75"), ("county", "10:00", "150")])
def test_a_time_outside_the_windows_or_too_long_is_refused_in_a_sentence(world, told, staff, place, clock, minutes):
    case = told(Stage.READY, getattr(world, place))
    page = staff("cora" if place == "school" else "nour").open(f"/cases/{case.case.ref}/schedule/")
    form = page.page.locator("form").filter(has=page.page.get_by_role("button", name="Book this time"))
    monday = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    form.locator("input[name=day]").fill(monday.isoformat())
    form.locator("input[name=clock]").fill(clock)
    form.locator("input[name=minutes]").fill(minutes)
    page.press_this(form.get_by_role("button", name="Book this time"))
    assert page.page.locator("[role=alert], .error").first.is_visible()
    assert stage_of(world, case) == Stage.READY


@pytest.mark.mission("S0.9")
def test_a_no_is_kept_from_the_others_and_holds_everything(world, told, staff, comes):
    case = told(Stage.READY)
    rami = comes(case, "rami").press("Change my mind").press("Stop for now")
    assert rami.page.locator("h1").is_visible()
    assert stage_of(world, case) == Stage.PREPARING
    hana = comes(case, "hana")
    assert "Rami" not in hana.page.locator("main").inner_text()
    assert tries_to_go_on(world, case, staff("fadi")).sees("Rami has stopped for now.")


@pytest.mark.mission("S0.10")
def test_who_caused_harm_and_does_not_own_it_is_not_put_before_who_was_hurt(world, told, staff):
    case = told(Stage.PREPARING)
    all_but(world, case)
    with world.inside():
        preparation.acknowledge(case.rami, by=case.lead, given=False)
    tries_to_go_on(world, case, staff("fadi"))


@pytest.mark.mission("S1.1", "S2.4")
def test_a_support_person_who_was_not_met_is_missed_by_name(world, told, staff):
    case = told(Stage.PREPARING)
    all_but(world, case, met=("sol",))
    assert tries_to_go_on(world, case, staff("fadi")).sees(re.compile("Sol .*met"))


@pytest.mark.mission("S1.6", "S2.7")
def test_a_plan_with_nothing_in_it_or_due_in_1900_is_not_shown_to_anyone(world, told, staff):
    case = told(Stage.CONVENED)
    lead = staff("fadi").open(f"/cases/{case.case.ref}/agreement/").press("Write it down")
    assert lead.page.get_by_role("button", name="Let everyone sign").count() == 0
    words = "Pay 40 dollars toward the broken phone."
    lead.pick("Who does it", "Rami").fill("What", words).pick("For whom", "Hana").fill("By when", "1900-01-01").press("Add this promise")
    assert lead.page.locator("[role=alert], .error").first.is_visible()
    assert lead.page.get_by_label("What").first.input_value() == words
    with world.inside():
        assert case.agreement.items.count() == 0


@pytest.mark.mission("S2.1")
def test_a_referral_with_nobody_in_it_is_not_sent(world, visit):
    visitor = visit().open("/p/river-county/").press("I come from a court or another office")
    visitor.press("You and your office").choose("A judge or court").fill("Name of the office", "River County Court")
    visitor.fill("Your name and position", "The clerk").fill("Email", "clerk@court.example").press("Continue")
    assert visitor.open("/p/river-county/refer/").sees("Cannot start yet")
    visitor.open("/p/river-county/refer/check/")
    assert visitor.page.get_by_role("button", name="Send this request").count() == 0
    with world.inside(world.county):
        assert opened(world, world.county).referral.ref == "R-1001"


@pytest.mark.mission("S2.2", "S2.3")
@pytest.mark.parametrize(("key", "said"), [("rami", "Rami"), ("hana", "Hana")])
def test_whoever_was_not_met_is_missed_by_name(world, told, staff, key, said):
    case = told(Stage.PREPARING)
    all_but(world, case, met=(key,))
    assert tries_to_go_on(world, case, staff("fadi")).sees(re.compile(f"{said} .*met"))


@pytest.mark.mission("S2.5")
def test_before_everyone_has_agreed_there_is_no_time_to_book(world, told, staff):
    case = told(Stage.PREPARING)
    all_but(world, case, yes=("rami",))
    page = staff("cora").open(f"/cases/{case.case.ref}/schedule/")
    assert page.sees("A time can be chosen once everyone has said yes.")
    assert page.page.get_by_role("button", name=re.compile("Book this")).count() == 0


@pytest.mark.mission("S2.8")
def test_with_a_promise_open_it_is_not_closed(world, told, staff):
    case = told(Stage.FOLLOWING_UP)
    page = staff("cora").open(f"/cases/{case.case.ref}/close/").choose("the agreement was kept").press("Close it")
    assert page.sees(re.compile("Rami: a promise .* is still open"))
    assert stage_of(world, case) == Stage.FOLLOWING_UP


@pytest.mark.mission("S2.9")
def test_somebody_still_in_training_is_not_offered_a_case(world, told, staff):
    case = told(Stage.PREPARING, world.county, team=())
    page = staff("nour").open(f"/cases/{case.case.ref}/team/")
    offered = page.page.get_by_label("Who").first.locator("option").all_inner_texts()
    assert [name for name in offered if "Orla" in name] == []
    assert [name for name in offered if "Lena" in name] != []
