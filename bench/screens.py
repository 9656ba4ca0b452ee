"""Every screen that a person can meet, once: who stands before it, in which state, and what they did to get there.

The measurements, the pictures and the tests all walk through this one list. A house
test holds it to the site map: a page is in `SCREENS`, or in `no_screen.EXCEPT` with its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.test import Client

from . import acts
from .screen import Screen
from .screens_of_devices import DEVICES
from .screens_of_keeping import KEEPING
from .screens_of_letters import LETTERS
from .screens_of_sharing import SHARED
from .screens_of_sign_in import SIGN_IN
from .screens_of_walls import WALLS

if TYPE_CHECKING:
    from .states import World


def _steps(route: str, on: str, slugs: str, before: Callable[[Client, World], None]) -> list[Screen]:
    return [Screen(f"{route} {slug}", f"{route}_step", on=on, more={"step": slug}, before=before) for slug in slugs.split()]


def _refused(name: str, *args: Any, form: str = "main form[method=post]", **facts: Any) -> Screen:
    """The same screen when a form was sent that could not be taken: by default with nothing in it."""
    return Screen(f"{name}, errors", *args, **{"act": partial(acts.send_empty, form=form), "status": 422} | facts)


def _to(ends: str) -> str:
    return f"main form[action$='{ends}']"


LAST = "main form >> nth=-1"
CASES = "new nobody_yet half held stopped ready scheduled live met drafting signing following promised closed"
SETUP = "programme rules windows terms people words letters"
# fmt: off
FIRST_RUN = (Screen("begin", "begin"), _refused("begin", "begin"))
"""Met only while nobody is here."""

PUBLIC = (
    Screen("front", "front"),
    Screen("start of a school", "start", on="school"),
    Screen("start of a county", "start", on="county"),
    Screen("help now", "help_now", on="school"),
    Screen("help now, may go on", "help_now", on="school", before=acts.unsure),
    Screen("ask", "ask", on="school"),
    *_steps("ask", "school", " ".join(acts.ASKED), acts.asked),
    *(_refused(f"ask {slug}", "ask_step", on="school", more={"step": slug}, before=acts.asked) for slug in ("who", "reach")),
    _refused("ask now", "ask_step", on="school", more={"step": "now"}, act=acts.send_no_answer),
    _refused("ask when", "ask_step", on="school", more={"step": "when"}, before=acts.asked, act=acts.send_a_day_to_come),
    Screen("ask check", "ask_check", on="school", before=acts.asked),
    Screen("ask another day", "ask_check", on="school", before=acts.asked, act=partial(acts.press, name="Stop here and go on another day")),
    Screen("ask again", "ask_again", on="school"),
    _refused("ask again", "ask_again", on="school", act=partial(acts.send_wrong, field="code", words="ABCD-EFGH")),
    Screen("asked", "asked", on="school", before=acts.sent),
    Screen("asked, a code alone", "asked", on="school", before=acts.sent_with_a_code_alone),
    Screen("asked, nothing there", "asked", on="school"),
    Screen("refer", "refer", on="county"),
    Screen("refer, half done", "refer", on="county", before=acts.referred),
    *_steps("refer", "county", " ".join(acts.REFERRED), acts.referred),
    _refused("refer you", "refer_step", on="county", more={"step": "you"}),
    Screen("refer check", "refer_check", on="county", before=acts.referred),
    Screen("code", "code"),
    _refused("code", "code", act=partial(acts.send_wrong, field="code", words="ABCD-EFGH")),
    Screen("new link", "new_link"),
    Screen("new link, empty", "new_link", act=partial(acts.press, name="Send me a new link"), status=422),
    Screen("enter", "enter", more={"token": "a-link-that-is-as-long-as-one-from-a-message"}),
    Screen("enter, spent", "enter", more={"token": "a-link-that-is-as-long-as-one-from-a-message"}, act=partial(acts.press, name="Open"), status=410),
    Screen("status", "status", "waiting.asker"),
    Screen("status, preparing", "status", "half.asker"),
    Screen("status, not going ahead", "status", "declined.asker"),
    Screen("status, of a court", "status", "court.asker"),
    _refused("status", "status", "waiting.asker", form=_to("words/")),
)

PEOPLE = (
    Screen("home, new", "home", "new.hana"),
    Screen("home, guardian", "home", "new.gail"),
    *(Screen(f"who has looked{at}", page, who) for at, page, who in (("", "looked", "half.hana"), (", at a child", "looked_child", "new.gail"))),
    Screen("home, meeting booked", "home", "scheduled.rami"),
    Screen("home, to sign", "home", "signing.sol"),
    Screen("home, promises", "home", "promised.rami"),
    Screen("home, written down for them", "home", "half.hana"),
    Screen("home, stopped", "home", "stopped.hana"),
    Screen("home, asked to be called", "home", "stopped.sol"),
    Screen("person, asked to be called", "person", "fadi", on="stopped.sol"),
    Screen("choice", "choice", "new.hana"),
    Screen("choice, young person", "choice", "new.rami"),
    _refused("choice", "choice", "new.hana", act=acts.send_no_answer),
    Screen("choice agree", "choice_agree", "new.hana"),
    _refused("choice agree", "choice_agree", "new.hana"),
    Screen("choice read back", "choice_agree", "new.hana", act=partial(acts.tick_all_and_press, name="Continue")),
    Screen("choice child", "choice_child", "new.gail"),
    Screen("choice child agree", "choice_child_agree", "new.gail"),
    Screen("choice, asked once more", "choice", "scheduled.hana", act=partial(acts.press, name="No")),
    Screen("complain", "complain", "ready.hana"),
    _refused("complain", "complain", "ready.hana"),
    Screen("complain, who asked", "status_complain", "waiting.asker"),
    Screen("stop", "stop", "ready.hana"),
    Screen("stop, a day is booked", "stop", "scheduled.sol"),
    Screen("stop child", "stop_child", "ready.gail"),
    Screen("questions", "questions", "new.hana"),
    Screen("times", "times", "ready.sol"),
    Screen("times, booked", "times", "scheduled.hana"),
    Screen("my agreement", "my_agreement", "signing.sol", on="signing.agreement"),
    _refused("my agreement", "my_agreement", "signing.sol", on="signing.agreement", form=_to("signatures/")),
    Screen("my agreement, signed", "my_agreement", "signing.hana", on="signing.agreement"),
    Screen("my agreement, in force", "my_agreement", "promised.hana", on="promised.agreement"),
    Screen("proof", "proof", "promised.rami", on="promised.item"),
    _refused("proof", "proof", "promised.rami", on="promised.item"),
    Screen("proof, sent", "proof", "following.rami", on="following.item"),
    Screen("proof, a file", "proof_file", "promised.rami", on="promised.item"),
    Screen("proof, shown back", "proof_file", "promised.rami", on="promised.item", before=acts.chose_a_file),
    *(Screen(f"papers {who}", "my_files", f"half.{who}") for who in ("hana", "rami")),
)

DESK = (
    Screen("today", "today", "cora"),
    Screen("today, facilitator", "today", "fadi"),
    Screen("today, student", "today", "ines"),
    Screen("today, administrator", "today", "ada"),
    Screen("today, nothing yet", "today", "wren"),
    Screen("requests", "requests", "cora"),
    Screen("requests, answered", "requests", "cora", query="show=answered"),
    Screen("requests, none", "requests", "wren"),
    Screen("request new", "request_new", "cora"),
    _refused("request new", "request_new", "cora"),
    Screen("complaints", "complaints", "sven"),
    Screen("complaint", "complaint", "sven", on="complaint"),
    Screen("request", "request", "cora", on="waiting"),
    Screen("request, worry", "request", "cora", on="worried"),
    Screen("request, supervisor", "request", "sven", on="waiting"),
    Screen("request, declined", "request", "cora", on="declined"),
    Screen("request, accepted", "request", "cora", on="half.referral"),
    Screen("request of a court", "request", "nour", on="court"),
    _refused("request", "request", "cora", on="waiting", form=_to("decline/")),
    Screen("cases", "cases", "cora"),
    Screen("cases open", "cases", "cora", query="tab=open"),
    Screen("cases on hold", "cases", "cora", query="tab=hold"),
    Screen("cases closed", "cases", "cora", query="tab=closed"),
    Screen("cases found", "cases", "cora", query="q=Hana"),
    Screen("cases not found", "cases", "cora", query="q=smyth"),
    Screen("cases, none", "cases", "wren"),
    *(Screen(f"case {state}", "case", "cora", on=state) for state in CASES.split()),
    Screen("case, facilitator", "case", "fadi", on="half"),
    Screen("case, supervisor", "case", "sven", on="half"),
    *(Screen(f"case {what}", f"case_{what}", "sven", on="following") for what in ("history", "looked")),
    Screen("case history, readings", "case_history", "cora", on="following", query="readings=1"),
    Screen("case files", "case_files", "fadi", on="half"),
    _refused("case files", "case_files", "fadi", on="half", form=_to("files/add/")),
    Screen("people", "case_people", "cora", on="half"),
    Screen("people, nobody yet", "case_people", "cora", on="nobody_yet"),
    _refused("people add", "case_people", "cora", on="half", form=_to("people/add/")),
    Screen("people, known already", "case_people", "cora", on="half", act=acts.add_somebody_known, status=422),
    Screen("person details", "person_details", "cora", on="half.rami"),
    _refused("person details", "person_details", "cora", on="half.rami"),
    Screen("team of a case", "assignments", "cora", on="half"),
    _refused("team of a case", "assignments", "cora", on="half", form=_to("team/add/")),
    Screen("kept out", "keep_out", "cora", on="half"),
    Screen("hand over", "hand_over", "cora", on="new"),
    Screen("hold", "hold", "cora", on="new"),
    _refused("hold", "hold", "cora", on="new"),
    *(Screen(f"person {key}", "person", "fadi", on=key) for key in ("new.hana", "half.rami", "half.hana", "half.gail", "ready.rami")),
    Screen("person, coordinator", "person", "cora", on="half.rami"),
    _refused("person meeting", "person", "fadi", on="half.sol", form=_to("meetings/")),
    Screen("ready", "ready", "fadi", on="half"),
    Screen("ready, nothing missing", "ready", "fadi", on="ready"),
    _refused("ready", "ready", "fadi", on="half", form=_to("declare/")),
    Screen("sign off", "sign_off", "sven", on="half.rami"),
    Screen("sign off, what was found in the request", "sign_off_gate", "sven", on="gated"),
    Screen("sign off, nothing was found", "sign_off_gate", "sven", on="half"),
    Screen("schedule", "schedule", "cora", on="ready"),
    _refused("schedule", "schedule", "cora", on="ready", form=_to("bookings/") + ":has(.field)"),
    Screen("schedule, booked", "schedule", "cora", on="scheduled"),
    Screen("schedule, too early", "schedule", "cora", on="new"),
    Screen("times for", "times_for", "cora", on="ready.rami"),
    Screen("agreement, nothing yet", "agreement", "fadi", on="met"),
    Screen("agreement, writing", "agreement", "fadi", on="drafting"),
    _refused("agreement", "agreement", "fadi", on="drafting", form=_to("promises/")),
    Screen("agreement, signing", "agreement", "fadi", on="signing"),
    Screen("agreement, in force", "agreement", "fadi", on="promised"),
    Screen("agreement, too early", "agreement", "fadi", on="new"),
    Screen("promise words", "promise_words", "fadi", on="drafting.item"),
    Screen("tablet", "tablet", "fadi", on="signing.agreement"),
    _refused("tablet", "tablet", "fadi", on="signing.agreement"),
    Screen("tablet, whose turn", "handed", "fadi", before=acts.handed_over),
    Screen("tablet, one person", "handed_sign", "fadi", before=acts.handed_to_sol),
    _refused("tablet, one person", "handed_sign", "fadi", before=acts.handed_to_sol),
    Screen("tablet, thanks", "handed_thanks", "fadi", before=acts.handed_over),
    Screen("tablet, the number", "handed_number", "fadi", before=acts.handed_to_sol),
    _refused("tablet, the number", "handed_number", "fadi", before=acts.handed_to_sol),
    Screen("tablet, closed", "handed_number", "fadi", before=acts.guessed_at, act=acts.guess_again, status=429),
    Screen("tablet, given back", "handed", "fadi", before=acts.handed_over, act=partial(acts.press, name="We are done with the tablet")),
    Screen("follow up", "follow_up", "fadi", on="following"),
    Screen("promise", "item", "fadi", on="following.item"),
    Screen("promise, past its day", "item", "fadi", on="promised.item"),
    Screen("news", "news", "fadi", on="following"),
    _refused("news", "news", "fadi", on="following"),
    Screen("close", "close", "cora", on="following"),
    _refused("close", "close", "cora", on="following"),
    Screen("close, sure", "close", "cora", on="nobody_yet", act=acts.close_it),
    Screen("nowhere", "nowhere", "newcomer"),
    Screen("asked to join", "joining", "asked"),
    Screen("one more programme", "begin_another", "newcomer", on="founding"),
    _refused("one more programme", "begin_another", "newcomer", on="founding"),
    Screen("one more programme, another account", "begin_another", "cora", on="founding", status=403),
    Screen("one more programme, link gone", "begin_another", more={"token": "a-link-that-is-as-long-as-one-from-a-message"}, status=410),
)

DAY = (
    Screen("day, before", "conference", "fadi", on="scheduled.conference"),
    Screen("day, during", "conference", "fadi", on="live.conference"),
    Screen("day, student", "conference", "ines", on="live.conference"),
    Screen("day, after", "conference", "fadi", on="met.conference"),
    Screen("script", "script_page", "ines", on="live.conference", query="page=3"),
    Screen("pause", "pause", "fadi", on="live.conference"),
    Screen("stop safely", "stop_safely", "fadi", on="live.conference"),
    Screen("run sheet", "run_sheet", "fadi", on="scheduled.conference"),
)

SETTINGS = (
    Screen("settings", "settings", "ada"),
    *(Screen(name, page, who) for name, page, who in (("journal holds", "journal", "ada"), ("settings, first day", "settings", "wren"))),
    *(Screen(f"settings {part}", f"settings_{part}", "ada") for part in f"{SETUP} public closures rooms scripts glance".split()),
    *(_refused(f"settings {part}", f"settings_{part}", "ada", before=acts.sure) for part in ("programme", "rules")),
    *(_refused(f"settings {part}", f"settings_{part}", "ada", form=LAST, before=acts.sure) for part in "windows terms closures rooms people".split()),
    *(Screen(f"settings {part} one", f"settings_{part}s_one", "ada", on=part) for part in "window term closure room".split()),
    Screen("settings terms, none", "settings_terms", "wren"),
    Screen("settings script", "settings_script", "ada", on="script"),
    _refused("settings script", "settings_script", "ada", on="script"),
    Screen("settings script copy", "settings_script_copy", "ada", on="script"),
    Screen("settings words, Arabic", "settings_words", "ada", query="language=ar"),
    Screen("settings letter", "settings_letter", "ada", more={"key": "welcome"}),
    *(Screen(f"setup {part}", f"settings_{part}", "wren", query="setup=1") for part in SETUP.split()),
    Screen("team", "team", "cora"),
    Screen("team, administrator", "team", "ada"),
    _refused("team", "team", "ada", form=_to("team/add/")),
    Screen("team member", "team_member", "ada", on="facilitator"),
)

ACCOUNT = (
    Screen("sign in", "account_login"),
    _refused("sign in", "account_login", act=partial(acts.send_wrong, field="login", words="cora@school.example"), status=200),
    Screen("sign in code", "account_request_login_code"),
    Screen("sign in code, confirm", "account_confirm_login_code", before=acts.asked_for_a_sign_in_code),
    Screen("second step", "mfa_authenticate", before=acts.half_signed_in),
    Screen("password forgotten", "account_reset_password"),
    Screen("password forgotten, done", "account_reset_password_done"),
    Screen("password new, spent", "account_reset_password_from_key", more={"uidb36": "1", "key": "spent-link"}),
    Screen("password new, done", "account_reset_password_from_key_done"),
    Screen("sign up", "account_signup"),
    Screen("sign out", "account_logout", "cora"),
    Screen("account inactive", "account_inactive"),
    Screen("password change", "account_change_password", "cora"),
    _refused("password change", "account_change_password", "cora", status=200),
    Screen("sure it is you", "account_reauthenticate", "cora"),
    Screen("sure it is you, code", "mfa_reauthenticate", "sven"),
    Screen("steps", "mfa_index", "cora"),
    Screen("steps, on", "mfa_index", "sven"),
    Screen("app on", "mfa_activate_totp", "cora", before=acts.sure),
    _refused("app on", "mfa_activate_totp", "cora", before=acts.sure, status=200),
    Screen("app off", "mfa_deactivate_totp", "sven", before=acts.sure),
    Screen("recovery codes", "mfa_view_recovery_codes", "sven", before=acts.sure),
    Screen("recovery codes new", "mfa_generate_recovery_codes", "sven", before=acts.sure),
    Screen("passkeys", "mfa_list_webauthn", "cora"),
    Screen("passkey new", "mfa_add_webauthn", "cora", before=acts.sure),
    Screen("not me", "not_me", more={"token": "a-link-that-is-as-long-as-one-from-a-message"}),
    Screen("signed in where", "usersessions_list", before=acts.signed_in),
)

ELSEWHERE = (
    Screen("mailbox", "letters"),
    Screen("letter", "letter", on="letter"),
    Screen("gallery", "gallery"),
    *(Screen(f"gallery {name}", "gallery_page", more={"name": name}) for name in "start question choice home case sign day resting".split()),
    Screen("left alone", "exit", query="idle=1"),
    Screen("not there", "start", more={"programme": "nowhere"}, status=404),
    Screen("not there, staff", "case", "cora", more={"ref": "C-0000"}, status=404),
    Screen("form not known", "account_logout", "cora", act=acts.send_without_its_mark, status=403),
    Screen("words kept, form not known", "status", "waiting.asker", act=partial(acts.write_without_its_mark, form=_to("words/")), status=403),
    Screen("words kept, stay over", "status", "waiting.asker", act=partial(acts.send_without_a_stay, form=_to("words/")), status=401),
    Screen("words kept, pause", template="ui/kept_words.html", status=503),
    Screen("a pause", template="503.html", status=503),
    Screen("an error", template="500.html", status=500),
)
# fmt: on

SCREENS = (*PUBLIC, *PEOPLE, *SHARED, *DESK, *LETTERS, *DAY, *SETTINGS, *ACCOUNT, *KEEPING, *SIGN_IN, *WALLS, *DEVICES, *ELSEWHERE)
