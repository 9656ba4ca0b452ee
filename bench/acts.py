"""What somebody did before they came to a screen, and what they press on it: for screens that no address alone leads to."""

from __future__ import annotations

import uuid
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from playwright.sync_api import Page

from setfair.access.shared import mark
from setfair.accounts.fresh import note_shown
from setfair.accounts.models import User
from setfair.agreements.actions import make_copies
from setfair.agreements.genuine import code_of
from setfair.agreements.models import Agreement, LastingCopy
from setfair.conferences.actions import open_room
from setfair.conferences.models import Conference
from setfair.conferences.rooms import code_now
from setfair.core import tenant
from setfair.core.actor import system
from setfair.journal.chain import programmes
from setfair.programmes.models import Device
from setfair.seals.actions import make_key
from setfair.village.cast import PASSWORD

if TYPE_CHECKING:
    from .states import World

ASKED: dict[str, dict[str, Any]] = {
    "now": {"answer": "no"},
    "wish": {"wish": "conference"},
    "who": {"source": "parent"},
    "name": {"asker": "Gail", "for_whom": "my son"},
    "what": {"story": "There was shoving in the lunch line and a phone was broken. It has been hard to go to school since."},
    "when": {"words": "last week, at lunch"},
    "people": {"name": "Hana, from his class", "role": "harmed"},
    "others": {"others_know": "some"},
    "safe": {"safety": "They walk home the same way.", "safety_worry": "on"},
    "reach": {"email": "gail@home.example", "times": "after four"},
    "access": {"language": "es", "needs": "A room without stairs."},
}
REFERRED: dict[str, dict[str, Any]] = {
    "you": {"source": "judge", "office": "River County Court", "asker": "J. Ortega, clerk", "email": "clerk@court.example"},
    "responsible": {"name": "Perle Achterberg", "reach": "555-0171", "wait": "on"},
    "harmed": {"name": "Otto Winterbourne", "reach": "through the clerk's office"},
    "what": {"story": "A ball went through the window of the shop, and they ran."},
    "legal": {"legal_stage": "pre_plea", "court_number": "RC-26-0417"},
    "orders": {"orders": "None that bars contact."},
    "back": {"wanted_back": "Whether it went ahead, before the hearing."},
}


def asked(client: Client, world: World) -> None:
    """Every question of the public form is answered, and nothing is sent yet."""
    _answer(client, "ask_step", world.at["school"], ASKED)


def sent(client: Client, world: World) -> None:
    asked(client, world)
    client.post(reverse("ask_check", kwargs=world.at["school"]))


def sent_from_an_office(client: Client, world: World) -> None:
    referred(client, world)
    client.post(reverse("refer_check", kwargs=world.at["county"]))


def brought(client: Client, world: World) -> None:
    """A student wrote a request down for somebody."""
    said = {"form_key": str(uuid.uuid4()), "for_whom": "Ana", "story": "There was shoving.", "none": "on", "wish": "conference"}
    client.post(reverse("request_new"), said | {"looked": "1"})


def has_an_address(client: Client, world: World) -> None:
    """Their calendar program reads their days."""
    client.post(reverse("own_calendar"), {"titled": "no"})


def elsewhere_a_device_is_shared(client: Client, world: World) -> None:
    with tenant.inside(world.village.school.pk):
        if not Device.objects.exists():
            _shared(world)


def _shared(world: World) -> Device:
    return Device.objects.create(name="Waiting room", by=world.village.cora.pk, used_at=timezone.now())


def on_a_shared_device(client: Client, world: World) -> None:
    """In the waiting room: the team made this device a shared one before anybody came to it."""
    with tenant.inside(world.village.school.pk):
        device = Device.objects.filter(name="Waiting room").first() or _shared(world)
    (client.cookies[settings.DEVICE_COOKIE_NAME],) = mark(HttpResponse(), device).cookies.values()


def sent_with_a_code_alone(client: Client, world: World) -> None:
    """Sent by somebody whom nobody may contact: the code is all they have."""
    _answer(client, "ask_step", world.at["school"], ASKED | {"reach": {"none": "on"}})
    client.post(reverse("ask_check", kwargs=world.at["school"]))


def copies_are_made(client: Client, world: World) -> None:
    """What everyone signed has its sealed copies, each with its code."""
    with tenant.inside(world.village.school.pk):
        by = system(world.village.school.pk)
        make_key(world.village.school, by=by)
        make_copies(Agreement.objects.filter(stage="in_force").earliest("drafted_at"), by=by)


def send_the_code_of_a_copy(page: Page) -> None:
    for programme in programmes():
        with tenant.inside(programme):
            copy = LastingCopy.objects.exclude(code_digest=None).first()
        if copy is not None:
            return send_wrong(page, "code", code_of(copy.pk))
    raise RuntimeError("There is no copy to ask about.")


def table_is_shown(client: Client, world: World) -> None:
    """A tablet that is nobody's, after the code of a circle that is under way was typed on it."""
    with tenant.inside(world.village.school.pk):
        conference = Conference.objects.get(pk=world.at["sharing.conference"]["pk"])
        open_room(conference, by=world.village.actor("fadi"))
        code = code_now(conference)
    client.post(reverse("room"), {"code": code})


def handed_over(client: Client, world: World) -> None:
    """The tablet goes round: the staff stay has ended in this browser."""
    client.post(reverse("tablet", kwargs=world.at["signing.agreement"]), {"tablet_number": "4071"})


def handed_to_sol(client: Client, world: World) -> None:
    handed_over(client, world)
    client.post(reverse("handed"), {"person": str(world.at["signing.sol"]["pk"])})


def guessed_at(client: Client, world: World) -> None:
    """Wrong numbers were typed, as many as may be."""
    handed_to_sol(client, world)
    for _try in range(5):
        client.post(reverse("handed_number"), {"tablet_number": "9999"})


def unsure(client: Client, world: World) -> None:
    _answer(client, "ask_step", world.at["school"], {"now": {"answer": "unsure"}})


def referred(client: Client, world: World) -> None:
    _answer(client, "refer_step", world.at["county"], REFERRED)


def _answer(client: Client, page: str, where: dict[str, Any], answers: dict[str, dict[str, Any]]) -> None:
    for step, said in answers.items():
        answer = client.post(reverse(page, kwargs={**where, "step": step}), said)
        if answer.status_code != 302:
            raise RuntimeError(f"{page} {step} was not taken: {answer.status_code}.")


def asked_for_a_sign_in_code(client: Client, world: World) -> None:
    client.post(reverse("account_request_login_code"), {"email": world.village.cora.email})


def signed_in(client: Client, world: World) -> None:
    """By the page itself, so that the stay is listed."""
    client.post(reverse("account_login"), {"login": world.village.cora.email, "password": PASSWORD})


def half_signed_in(client: Client, world: World) -> None:
    """The password was right; the second step is still to come."""
    client.post(reverse("account_login"), {"login": world.village.sven.email, "password": PASSWORD})


def sure(client: Client, world: World) -> None:
    """They have just shown once more that it is them, and may change how they sign in.

    By a line in their stay: typed ten times in a minute, as a walk past all screens would, a password is refused.
    """
    stay = client.session
    note_shown(SimpleNamespace(session=stay), User.objects.get(pk=stay["_auth_user_id"]), "password")
    stay.save()


EMPTY = """form => { form.noValidate = true;
  for (const box of form.querySelectorAll('input, textarea, select')) {
    if (['hidden', 'submit', 'button'].includes(box.type)) continue;
    if (['checkbox', 'radio'].includes(box.type)) box.checked = false; else box.value = '';
  } }"""


def send_empty(page: Page, form: str = "main form[method=post]") -> None:
    """Send a form with nothing in it, and see what is said."""
    chosen = page.locator(form).first
    _open_around(page)
    chosen.evaluate(EMPTY)
    chosen.locator("button[type=submit]").last.click()


def send_wrong(page: Page, field: str, words: str, form: str = "main form[method=post]") -> None:
    """Send a form with one answer that cannot be right."""
    chosen = page.locator(form).first
    _open_around(page)
    chosen.evaluate("form => { form.noValidate = true; }")
    chosen.locator(f"[name={field}]").first.fill(words)
    chosen.locator("button[type=submit]").last.click()


def guess_again(page: Page) -> None:
    send_wrong(page, "tablet_number", "9999")


def send_no_answer(page: Page) -> None:
    """Send a form whose buttons are its answers without pressing one."""
    page.locator("main form[method=post]").first.evaluate("form => form.submit()")


def send_a_day_to_come(page: Page) -> None:
    send_wrong(page, "day", "2031-05-01")


def press(page: Page, name: str) -> None:
    """Press a button, by what stands on it in English."""
    page.get_by_role("button", name=in_its_language(page, name)).first.click()


def in_its_language(page: Page, words: str) -> str:
    """These words of ours as the page that lies open says them."""
    with override(page.locator("html").get_attribute("lang")):
        return gettext(words)


def tick_all_and_press(page: Page, name: str) -> None:
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, name)


def add_somebody_known(page: Page) -> None:
    """Add a person of whom somebody like them is written down already."""
    page.get_by_text(in_its_language(page, "Add a person"), exact=True).click()
    form = page.locator("main form[action$='people/add/']")
    form.locator("[name=name]").fill("Hana O'Hara-Núñez")
    form.locator("[name=role]").first.check()
    press(page, "Add this person")


def close_it(page: Page) -> None:
    """Close a case; they are asked whether they are sure."""
    page.get_by_label(in_its_language(page, "not suitable now")).check()
    press(page, "Close it")


def send_without_a_stay(page: Page, form: str = "main form[method=post]") -> None:
    """Their stay has ended meanwhile, and they were still writing."""
    page.context.clear_cookies(name="stay")
    page.locator(f"{form} textarea, {form} input[type=text]").first.fill("I would like to know how my brother is doing.")
    page.locator(form).first.locator("button[type=submit]").last.click()


def send_without_its_mark(page: Page, form: str = "main form[method=post]") -> None:
    """The page was open for so long that its form is not known any more."""
    page.context.clear_cookies(name="form")
    page.locator(form).first.locator("button[type=submit]").last.click()


def write_without_its_mark(page: Page, form: str = "main form[method=post]") -> None:
    page.locator(f"{form} textarea, {form} input[type=text]").first.fill("They walk home the same way.")
    send_without_its_mark(page, form)


def open_everything(page: Page) -> None:
    """Every part that can be opened on the page lies open, so that it is looked at too; menus over other things stay shut."""
    page.evaluate("for (const part of document.querySelectorAll('main details:not(.menu)')) part.open = true")


def _open_around(page: Page) -> None:
    page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")


def chose_a_file(client: Client, world: World) -> None:
    """Chosen, and not sent yet."""
    paper = SimpleUploadedFile("a paper.txt", b"I fixed the fence on Saturday.")
    client.post(reverse("proof_file", kwargs=world.at["promised.item"]), {"file": paper})


def share_a_note(page: Page) -> None:
    """A note for one person of the circle: the page before it is shared."""
    page.check("input[name=audience][value=shared]")
    page.select_option("select[name=about]", index=1)
    page.fill("textarea[name=words]", "You asked who will be there: you and your aunt, Rami and his father, and two of us.")
    page.locator("main form").last.evaluate("form => form.requestSubmit()")
    page.wait_for_load_state()
