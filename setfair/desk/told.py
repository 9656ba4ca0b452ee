"""Each rule of Today as a sentence with its one button. Parts of the work that have a module of rules tell them there."""

from django.utils.translation import gettext_lazy as _

from . import alarms, asked_for, carried, letters_today, limits_today, problems_today, promised, safety_today, silent, talks_today
from .rows import moment
from .telling import CHASE, DEADLINE, FYI, READY, SAFETY, STOPPED, Told, ago, date_of, left, on_case, on_page, on_row, untold

TOLD = {
    "broken": Told(SAFETY, _("The journal does not hold: somebody may have changed it"), _("Look at it"), on_page("journal"), ago),
    "worry": Told(SAFETY, _("New request, and a worry about safety was told"), _("Read it"), on_case("request"), ago),
    "added": Told(SAFETY, _("Whoever asked has told us something more"), _("Read it"), on_case("request"), ago),
    "added_here": Told(SAFETY, _("Whoever asked has told us something more"), _("Read it"), on_case("case"), ago),
    "complaint": Told(SAFETY, _("Somebody wrote to you alone"), _("Read it"), on_row("complaint"), ago),
    "unreadable": Told(
        SAFETY,
        _("Somebody wrote past the team and nobody may read it: give somebody the role of supervisor"),
        _("Give the role"),
        on_page("settings_people"),
        untold,
    ),
    "emergency": Told(SAFETY, _("A sealed case was opened in an emergency"), _("Look at it"), on_row("emergency_review"), ago),
    "unread": Told(
        SAFETY,
        _("Requests wait that nobody here can answer: give somebody the role of coordinator"),
        _("Give the role"),
        on_page("settings_people"),
        ago,
    ),
    "unsafe": Told(SAFETY, _("High worry about somebody's safety"), _("Look at it"), on_row("person"), ago),
    "unsigned": Told(SAFETY, _("High worry about somebody's safety"), _("Look at it"), on_row("sign_off"), ago),
    "halted": Told(SAFETY, _("A request is stopped until a supervisor writes why it can go on"), _("Look at it"), on_case("request"), ago),
    "gated": Told(SAFETY, _("An order, or violence or pressure, was found in the request"), _("Look at it"), on_case("sign_off_gate"), ago),
    "stopped": Told(STOPPED, _("Somebody said no, or has stopped for now"), _("Call them"), on_row("person"), ago),
    "unsure": Told(STOPPED, _("Somebody is not sure, and waits for a call"), _("Call them"), on_row("person"), ago),
    "let_be": Told(STOPPED, _("Somebody has stopped: they get no letters, and the promises go on"), _("Look at it"), on_row("person"), ago),
    "deadline": Told(DEADLINE, _("Deadline"), _("Open it"), on_case("case"), date_of),
    "rested": Told(DEADLINE, _("This rests, and it is time to look again"), _("Look at it"), on_case("hold"), date_of),
    "unled": Told(DEADLINE, _("Somebody is missing who holds it"), _("Choose who facilitates"), on_case("assignments"), ago),
    "translator": Told(READY, _("New request, in a language that nobody here reads: find a translator"), _("Read it"), on_case("request"), ago),
    "foreign": Told(READY, _("New request, in another language that somebody of the team reads"), _("See who"), on_case("request"), ago),
    "request": Told(READY, _("New request"), _("Read it"), on_case("request"), ago),
    "untold": Told(READY, _("Tell whoever asked that there is an answer"), _("Tell them"), on_case("request"), ago),
    "empty": Told(READY, _("A new case, and nobody in it yet"), _("Add people"), on_case("case_people"), ago),
    "day": Told(READY, _("Conference"), _("Open the day"), on_row("conference"), moment),
    "prepared": Told(READY, _("Everyone is prepared and has said yes"), _("Mark it ready"), on_case("ready"), ago),
    "unseated": Told(READY, _("Somebody joined after the time was booked"), _("See whether they come"), on_case("case"), ago),
    "timeless": Told(READY, _("Ready, and no time yet"), _("See times"), on_case("schedule"), ago),
    "harmful": Told(READY, _("Somebody sent a file that may do harm. It was not kept"), _("Read about it"), on_case("case_files"), ago),
    "aside": Told(CHASE, _("Messages came in, and no programme is named for them"), _("Read about it"), on_page("strays"), untold),
    "asked_about_self": Told(DEADLINE, _("Somebody asks what is kept about them, or to be forgotten"), _("Answer them"), on_row("asking"), left),
    "late": Told(DEADLINE, _("Somebody who asks about themselves has no answer yet"), _("See who can answer"), on_page("team"), left),
    "going": Told(DEADLINE, _("Something is forgotten soon, and nobody has looked at it"), _("See the rules"), on_page("keeping_rules"), date_of),
    "forgotten_soon": Told(DEADLINE, _("This is forgotten on its day"), _("Look at it"), on_case("case_keeping"), date_of),
    "request_forgotten_soon": Told(DEADLINE, _("This is forgotten on its day"), _("Look at it"), on_case("request_keeping"), date_of),
    "held_long": Told(DEADLINE, _("A legal hold is to be looked at again"), _("Look at it"), on_page("legal_holds"), date_of),
    "strangers": Told(READY, _("Somebody who is not of this team has looked at it"), _("See who"), on_case("case_looked"), ago),
    "quiet": Told(FYI, _("Nothing has happened for a while"), _("Open it"), on_case("case"), ago),
    **asked_for.TOLD,
    **letters_today.TOLD,
    **talks_today.TOLD,
    **carried.TOLD,
    **alarms.TOLD,
    **problems_today.TOLD,
    **silent.TOLD,
    **limits_today.TOLD,
    **safety_today.TOLD,
    **promised.TOLD,
}
COUNTED = frozenset({"look", "print", "problem", "stray"})
"""Rules of one line for many; where others have their reference, these have how many."""
