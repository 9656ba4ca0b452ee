"""How a request comes in: by somebody who was hurt, one question a page, or by a court, section by section."""

import re
from datetime import date, timedelta

from .by_hand import CODE

STORY = "There was shoving in the lunch line and my phone was broken. It has been hard to come to school since. 👩🏽‍🦱"


def ask(visitor, slug, hurt="Hana", did="Rami, from my class", wish="Ask for a conference", story=STORY):
    """W1 to W3: one question a page, no account."""
    visitor.open(f"/p/{slug}/").press("Ask for a conference").press("Continue")
    visitor.press_this(visitor.page.get_by_role("button", name="No", exact=True))
    visitor.choose(wish).press("Continue")
    visitor.choose("I was hurt").press("Continue")
    visitor.fill("A name for you", hurt).press("Continue")
    visitor.fill("What happened?", story).press("Continue")
    visitor.fill("In your words", "last week, at lunch").press("Continue")
    visitor.fill("Name, or a few words", did).press("Add this person").press("Continue")
    visitor.choose("No").press("Continue")
    visitor.fill("In your words", "We walk home the same way.").press("Continue")
    visitor.choose("Do not contact me").press("Continue")
    visitor.press("Continue")
    assert visitor.sees("Check your answers")
    assert story[:20] in visitor.text()
    visitor.press("Send this request")
    return CODE.search(visitor.text()).group()


def refer(visitor, did="Rami Delacourt"):
    """W2b: sections in any order, then checked and sent."""
    visitor.open("/p/river-county/").press("I come from a court or another office")
    visitor.press("You and your office").choose("A judge or court").fill("Name of the office", "River County Court")
    visitor.fill("Your name and position", "The clerk").fill("Email", "clerk@court.example").press("Continue")
    visitor.open("/p/river-county/refer/").press(re.compile("The person responsible"))
    visitor.fill("Name", did).press("Add this person").press("Continue")
    visitor.open("/p/river-county/refer/").press("What happened")
    visitor.fill("What happened", "A bicycle was taken and came back with a bent wheel.").press("Continue")
    visitor.open("/p/river-county/refer/").press(re.compile("Where it stands"))
    visitor.page.get_by_role("radio").first.check()
    visitor.fill("Court or file number", "RC-26-0400").fill(re.compile("Date by which"), (date.today() + timedelta(days=60)).isoformat())
    visitor.press("Continue")
    visitor.open("/p/river-county/refer/").press(re.compile("Check your answers")).press("Send this request")
    return CODE.search(visitor.text()).group()
