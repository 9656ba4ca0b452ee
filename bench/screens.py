"""Every screen that a person can meet, once: who stands before it, in which state, and what they did to get there.

The measurements, the pictures and the tests all walk through this one list. A house
test holds it to the site map: a page is in `SCREENS`, or in `no_screen.EXCEPT` with its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from django.test import Client

from . import acts
from .screen import Screen, refused, to
from .screens_of_cases import DAY, DESK
from .screens_of_devices import DEVICES
from .screens_of_keeping import KEEPING
from .screens_of_letters import LETTERS
from .screens_of_lists import LISTS
from .screens_of_people import PEOPLE
from .screens_of_safety import SAFETY
from .screens_of_sharing import SHARED
from .screens_of_sign_in import SIGN_IN
from .screens_of_terms import TERMS
from .screens_of_walls import WALLS
from .screens_of_ways import WAYS

if TYPE_CHECKING:
    from .states import World


def _steps(route: str, on: str, slugs: str, before: Callable[[Client, World], None]) -> list[Screen]:
    return [Screen(f"{route} {slug}", f"{route}_step", on=on, more={"step": slug}, before=before) for slug in slugs.split()]


LAST = "main form >> nth=-1"
SETUP = "programme rules windows terms people words letters"
# fmt: off
FIRST_RUN = (Screen("begin", "begin"), refused("begin", "begin"))
"""Met only while nobody is here."""

PUBLIC = (
    Screen("front", "front"),
    Screen("start of a school", "start", on="school"),
    Screen("start of a county", "start", on="county"),
    Screen("help now", "help_now", on="school"),
    Screen("help", "help"),
    Screen("help, with a code", "help", "new.hana"),
    Screen("privacy, no programme", "privacy_here"),
    *(Screen(f"privacy, {who}", "privacy", on="school", more={"audience": who}) for who in ("asker", "person", "guardian", "office", "team")),
    Screen("problem", "problem", on="school"),
    refused("problem", "problem", on="school"),
    Screen("help now, may go on", "help_now", on="school", before=acts.unsure),
    Screen("ask", "ask", on="school"),
    *_steps("ask", "school", " ".join(acts.ASKED), acts.asked),
    *(refused(f"ask {slug}", "ask_step", on="school", more={"step": slug}, before=acts.asked) for slug in ("who", "reach")),
    refused("ask now", "ask_step", on="school", more={"step": "now"}, act=acts.send_no_answer),
    refused("ask when", "ask_step", on="school", more={"step": "when"}, before=acts.asked, act=acts.send_a_day_to_come),
    Screen("ask check", "ask_check", on="school", before=acts.asked),
    Screen("ask another day", "ask_check", on="school", before=acts.asked, act=partial(acts.press, name="Stop here and go on another day")),
    Screen("ask again", "ask_again", on="school"),
    refused("ask again", "ask_again", on="school", act=partial(acts.send_wrong, field="code", words="ABCD-EFGH")),
    Screen("asked", "asked", on="school", before=acts.sent),
    Screen("asked, a code alone", "asked", on="school", before=acts.sent_with_a_code_alone),
    Screen("asked, nothing there", "asked", on="school"),
    Screen("asked by an office", "asked", on="county", before=acts.sent_from_an_office),
    Screen("asked, a file", "asked_enclose", on="county", before=acts.sent_from_an_office),
    refused("asked, a file", "asked_enclose", on="county", before=acts.sent_from_an_office),
    Screen("refer", "refer", on="county"),
    Screen("refer, half done", "refer", on="county", before=acts.referred),
    *_steps("refer", "county", " ".join(acts.REFERRED), acts.referred),
    refused("refer you", "refer_step", on="county", more={"step": "you"}),
    Screen("refer check", "refer_check", on="county", before=acts.referred),
    Screen("code", "code"),
    refused("code", "code", act=partial(acts.send_wrong, field="code", words="ABCD-EFGH")),
    Screen("how to check a seal", "seal_here", on="school", before=acts.copies_are_made),
    Screen("check a copy", "check"),
    refused("check a copy", "check", act=partial(acts.send_wrong, field="code", words="7F3K-22QM-4XYZ")),
    Screen("check a copy, ours", "check", before=acts.copies_are_made, act=acts.send_the_code_of_a_copy),
    Screen("new link", "new_link"),
    Screen("new link, empty", "new_link", act=partial(acts.press, name="Send me a new link"), status=422),
    Screen("enter", "enter", more={"token": "a-link-that-is-as-long-as-one-from-a-message"}),
    Screen("enter, spent", "enter", more={"token": "a-link-that-is-as-long-as-one-from-a-message"}, act=partial(acts.press, name="Open"), status=410),
    Screen("status", "status", "waiting.asker"),
    Screen("status, preparing", "status", "half.asker"),
    Screen("status, not going ahead", "status", "declined.asker"),
    Screen("status, of a court", "status", "court.asker"),
    Screen("status, address not confirmed", "status", "unsure.asker"),
    Screen("what an office sent, not confirmed", "office", "unsure.office"),
    Screen("a file another day", "status_enclose", "court.asker"),
    refused("a file another day", "status_enclose", "court.asker"),
    Screen("what an office sent", "office", "court.office"),
    Screen("change what was sent", "status_change", "court.asker"),
    refused("change what was sent", "status_change", "court.asker"),
    Screen("a new code", template="referrals/new_code.html"),
    *(Screen(f"status, {name.replace('_', ' ')}", "status", f"{name}.asker") for name in ("talk_offered", "talk_booked", "talk_over")),
    Screen("status, rests", "status", "resting.asker"),
    refused("status, talk offered", "status", "talk_offered.asker", form=to("talk/")),
    refused("status", "status", "waiting.asker", form=to("words/")),
)

SETTINGS = (
    Screen("settings", "settings", "ada"),
    *(Screen(name, page, who) for name, page, who in (("journal holds", "journal", "ada"), ("settings, first day", "settings", "wren"))),
    *(Screen(f"settings {part}", f"settings_{part}", "ada") for part in f"{SETUP} public closures rooms scripts clocks glance matters".split()),
    *(refused(f"settings {part}", f"settings_{part}", "ada", before=acts.sure) for part in ("programme", "rules")),
    *(
        refused(f"settings {part}", f"settings_{part}", "ada", form=LAST, before=acts.sure)
        for part in "windows terms closures rooms venues people".split()
    ),
    *(Screen(f"settings {part} one", f"settings_{part}s_one", "ada", on=part) for part in "window term closure room venue place".split()),
    Screen("settings venues", "settings_venues", "ada"),
    Screen("settings bells", "settings_bells", "ada"),
    Screen("settings dates", "settings_dates", "ada"),
    Screen("settings venue travel", "settings_venues_travel", "ada", on="venue"),
    Screen("settings places", "settings_places", "ada"),
    refused("settings places", "settings_places", "ada", form=LAST, before=acts.sure),
    Screen("settings reasons", "settings_reasons", "ada"),
    refused("settings reasons", "settings_reasons", "ada", form=LAST, before=acts.sure),
    Screen("settings terms, none", "settings_terms", "wren"),
    Screen("settings promises", "settings_library", "ada"),
    refused("settings promises", "settings_library", "ada", form=LAST),
    Screen("settings seal", "settings_seal", "ada", before=acts.copies_are_made),
    Screen("settings seal, none yet", "settings_seal", "wren"),
    Screen("settings script", "settings_script", "ada", on="script"),
    refused("settings script", "settings_script", "ada", on="script"),
    Screen("settings checklist", "settings_checklist", "cora"),
    Screen("settings checklist new", "settings_checklist_new", "cora"),
    refused("settings checklist new", "settings_checklist_new", "cora"),
    Screen("settings checklist one", "settings_checklist_one", "ada", on="line"),
    refused("settings checklist one", "settings_checklist_one", "ada", on="line"),
    Screen("settings script copy", "settings_script_copy", "ada", on="script"),
    Screen("settings words, Arabic", "settings_words", "ada", query="language=ar"),
    Screen("settings letter", "settings_letter", "ada", more={"key": "welcome"}),
    *(Screen(f"setup {part}", f"settings_{part}", "wren", query="setup=1") for part in SETUP.split()),
    Screen("team", "team", "cora"),
    Screen("team, administrator", "team", "ada"),
    refused("team", "team", "ada", form=to("team/add/")),
    Screen("team member", "team_member", "ada", on="facilitator"),
)

ACCOUNT = (
    Screen("sign in", "account_login"),
    refused("sign in", "account_login", act=partial(acts.send_wrong, field="login", words="cora@school.example"), status=200),
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
    refused("password change", "account_change_password", "cora", status=200),
    Screen("sure it is you", "account_reauthenticate", "cora"),
    Screen("sure it is you, code", "mfa_reauthenticate", "sven"),
    Screen("steps", "mfa_index", "cora"),
    Screen("steps, on", "mfa_index", "sven"),
    Screen("app on", "mfa_activate_totp", "cora", before=acts.sure),
    refused("app on", "mfa_activate_totp", "cora", before=acts.sure, status=200),
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
    Screen("words kept, form not known", "status", "waiting.asker", act=partial(acts.write_without_its_mark, form=to("words/")), status=403),
    Screen("words kept, stay over", "status", "waiting.asker", act=partial(acts.send_without_a_stay, form=to("words/")), status=401),
    Screen("words kept, pause", template="ui/kept_words.html", status=503),
    Screen("a pause", template="503.html", status=503),
    Screen("an error", template="500.html", status=500),
)
# fmt: on

SCREENS = (
    *PUBLIC,
    *PEOPLE,
    *SHARED,
    *DESK,
    *LETTERS,
    *DAY,
    *SETTINGS,
    *ACCOUNT,
    *KEEPING,
    *SIGN_IN,
    *WALLS,
    *SAFETY,
    *WAYS,
    *LISTS,
    *TERMS,
    *DEVICES,
    *ELSEWHERE,
)
