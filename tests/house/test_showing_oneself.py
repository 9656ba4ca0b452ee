"""Before what cannot be undone, lets somebody in, weakens a rule or carries words away, one shows once more that it is oneself.

Written by hand from the practice, not read from the code. Whoever adds an export, or a page that changes the rules of a programme, has
to put it behind that step or to say here why it needs none.
"""

from __future__ import annotations

import ast
import re
import uuid
from pathlib import Path

from setfair.access.middleware import HOW_ONE_SIGNS_IN, ONLY_SENT
from setfair.access.policy import Permission
from setfair.core.landing import is_page, page_at
from tests.house.test_rules import patterns

ROOT = Path(__file__).resolve().parents[2]

SHOWN = {
    # What leaves the house
    "report_send": "always",
    "asking": "always",
    # A list that was brought in: what did not come in, and taking all of it back
    "list_rows": "always",
    "list_back": "always",
    # Emergencies and seals
    "break_seal": "always",
    "seal": "to send",
    "seal_name": "always",
    "unname": "always",
    "unseal": "always",
    # Who may what, and who is let back in
    "settings_people": "to send",
    "settings_people_end": "always",
    "settings_people_again": "always",
    "settings_people_step": "always",
    "back_in": "to send",
    "let_back": "always",
    "no_contact_over": "always",
    "order_paper": "to send",
    "condition_over": "always",
    # The rules of the programme
    "settings_programme": "to send",
    "settings_public": "to send",
    "settings_rules": "to send",
    "settings_clocks": "to send",
    "settings_glance": "to send",
    "settings_matters": "to send",
    "settings_consent": "to send",
    "settings_offices": "to send",
    "settings_office_close": "always",
    "settings_seal_replace": "always",
    # What is forgotten, and what may not be
    "keeping_rules": "always",
    "case_may_go": "always",
    "request_may_go": "always",
    "legal_holds": "always",
    "legal_hold_stays": "always",
    "legal_hold_lift": "always",
}

BACK_TO = {
    "settings_people_end": "/settings/people/",
    "settings_people_again": "/settings/people/",
    "settings_people_step": "/settings/people/",
    "settings_office_close": "/settings/offices/",
    "settings_seal_replace": "/settings/seal/",
    "no_contact_over": "/cases/C-0001/",
    "condition_over": f"/people/{uuid.UUID(int=1)}/conditions/",
    "let_back": "/cases/kept-out/",
    "seal_name": "/cases/C-0001/sealed/",
    "unseal": "/cases/C-0001/sealed/",
    "unname": "/cases/C-0001/sealed/",
    "report_send": "/cases/C-0001/report/",
    "legal_hold_stays": "/keeping/holds/",
    "legal_hold_lift": "/keeping/holds/",
    "case_may_go": "/cases/C-0001/keeping/",
    "request_may_go": "/requests/C-0001/keeping/",
    "list_back": f"/lists/{uuid.UUID(int=1)}/",
}
"""Of those that are only sent: where one is when the step before took too long. It is the page with the button."""

RUN_THE_PLACE = frozenset(
    {Permission.CHANGE_SETTINGS, Permission.MANAGE_TEAM, Permission.HOLD_LEGALLY, Permission.BREAK_SEAL, Permission.SEAL_CASE}
    | {Permission.VOUCH, Permission.ANSWER_ASKING}
)
NEED_NONE = {
    "rooms and days": "settings_places settings_places_one settings_places_hours settings_places_hours_remove settings_places_close "
    "settings_places_reopen settings_rooms settings_rooms_one settings_rooms_close settings_rooms_reopen settings_terms settings_terms_one "
    "settings_venues settings_venues_one settings_venues_again settings_venues_remove settings_venues_travel "
    "settings_bells settings_bells_back settings_dates "
    "settings_terms_again settings_terms_remove settings_closures settings_closures_one settings_closures_again settings_closures_remove "
    "settings_windows settings_windows_one settings_windows_again settings_windows_remove",
    "after how many days somebody calls; it opens nothing": "rhythm",
    "names for what is counted; they open nothing": "settings_reasons settings_reasons_close settings_reasons_reopen",
    "words, which are looked through before they are kept": "settings_words settings_letters settings_letter settings_scripts settings_script "
    "settings_script_copy settings_script_use settings_scripts_ours settings_library settings_library_ours settings_library_close "
    "settings_library_reopen",
    "only read": "settings settings_consents settings_seal",
    "opens nothing to anybody": "settings_people_take_back settings_people_show settings_people_hide",
    "how far members are trained; a role they have already": "team_add team_member training certificates lapse languages load exams entrances",
}

HANDED_OUT = {
    "outcomes.views:report_send": "behind the step",
    "keeping.bundle:handed_over": "one's own words, to oneself",
    "files.carrying:handed_out": "one file, to whom it was shared with; each opening is a line",
    "agreements.views.desk:on_paper": "the paper to be signed, for the people in the room",
    "agreements.views.own:_to_keep": "one's own agreement",
    "desk.views.post:sheet": "one letter to its reader, to be put into an envelope",
    "referrals.views.bringing:slip": "an empty form",
    "referrals.views.offices:office_csv": "what an office sent, to whoever opens its letter; without names and court numbers",
    "scheduling.views:meeting_file": "one's own appointment, without words",
    "scheduling.feeds:_read": "one's own days, without a name, to a program that has the address",
    "letters.views:opened": "the mailbox of a demo",
    "practice.views:practice_file": "counts of months that are over, small ones left out",
    "seals.views:seal_certificate": "what everybody may have: it tells that a paper is the programme's, and opens nothing",
    "imports.views:list_example": "a row that is nobody's",
    "imports.views:list_rows": "behind the step",
    "sheets.views:_pdf": "one person's own questions, to them or to whoever prepares them",
    "sheets.views_of_the_day:_pdf": "who comes when, for the people in the building; or one's own small card, which says a day and an hour",
    "sheets.views:_zip": "the same for some of a circle, each a file of its own, to whoever prepares them",
}
FILES = ("Content-Disposition", "FileResponse", "StreamingHttpResponse", "application/", "text/csv", "text/calendar")


def routes():
    return {entry.name: entry.callback for entry in patterns() if getattr(entry.callback, "door", None)}


def test_these_pages_stand_behind_the_step_and_no_others():
    assert {name: view.sure for name, view in routes().items() if hasattr(view, "sure")} == SHOWN


def test_whatever_runs_the_place_stands_behind_it_or_says_why_not():
    run = {name for name, view in routes().items() if view.door[0] in RUN_THE_PLACE}
    assert run - set(SHOWN) == {name for names in NEED_NONE.values() for name in names.split()}


def test_whatever_hands_out_a_file_stands_behind_it_or_says_why_not():
    found = {
        f"{'.'.join(path.relative_to(ROOT / 'setfair').with_suffix('').parts)}:{function.name}"
        for path in (ROOT / "setfair").rglob("*.py")
        if "/tests/" not in str(path) and "/migrations/" not in str(path)
        for function in ast.parse(path.read_text()).body
        if isinstance(function, ast.FunctionDef) and _hands_out(function)
    }
    assert found == set(HANDED_OUT)


def _hands_out(function: ast.FunctionDef) -> bool:
    answers = any(isinstance(node, ast.Name) and node.id.endswith("Response") for line in function.body for node in ast.walk(line))
    said = [str(node.value) for node in ast.walk(function) if isinstance(node, ast.Constant)]
    names = [node.id for node in ast.walk(function) if isinstance(node, ast.Name)]
    return answers and any(sign in word for sign in FILES for word in (*said, *names))


def test_so_does_every_change_of_how_one_signs_in():
    assert (HOW_ONE_SIGNS_IN, ONLY_SENT) == (
        {"mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_remove_webauthn", "mfa_generate_recovery_codes"}
        | {"mfa_view_recovery_codes", "account_set_password"},
        {"usersessions_list"},
    )


def test_whoever_took_too_long_comes_back_to_the_page_it_was_sent_from():
    """The step before leads back to the nearest page above what is only sent; of these, to none but the one with the button."""
    found = {}
    for entry in patterns():
        if entry.name in SHOWN:
            path = "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda m: str(uuid.UUID(int=1)) if m[1] == "uuid" else "C-0001", str(entry.pattern))
            found |= {} if is_page(path) else {entry.name: page_at(path)}
    assert found == BACK_TO
