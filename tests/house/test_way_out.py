"""Every page that somebody without an account can meet has the way out on it: read off the templates, and off what is answered."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import setfair

HOUSE = Path(setfair.__file__).parent
PAGES = {str(path).split("/templates/")[1]: path for path in sorted(HOUSE.rglob("templates/**/*.html"))}
FOR_THE_TEAM = {"ui/staff.html", "ui/big.html", "account/email/base_notification.html"}
"""Frames of pages that only the team opens, who sign out instead."""
NO_WAY_OUT = {
    "access/leave.html": "is the way out",
    "access/away.html": "is blank, on the way out",
    "access/onward.html": "is blank, on the way out",
    "access/rest.html": "is where a shared device waits, and nobody is in",
    "ui/resting.html": "shows nothing of anyone, and the stay is over",
    "ui/base.html": "is the ground of every frame",
}
EXIT = re.compile(r"<c-exit\b")
EXTENDS = re.compile(r"""{%\s*extends ["']([^"']+)["']\s*%}""")


def frames(name):
    """This template and those it stands in, the innermost first."""
    while name in PAGES:
        source = PAGES[name].read_text()
        yield name, source
        above = EXTENDS.search(source)
        name = above[1] if above else ""


def has_exit(name):
    """Whether the first frame that says what stands in the tools of the masthead has the way out there, and none before it takes that away."""
    for _frame, source in frames(name):
        said = re.search(r"{%\s*block tools\s*%}(.*?){%\s*endblock", source, re.DOTALL)
        if said:
            return bool(EXIT.search(said[1]))
        if re.search(r"{%\s*block header\s*%}\s*{%\s*endblock", source):
            return False
    return False


def test_every_page_that_is_not_the_teams_has_the_way_out():
    chains = {name: [frame for frame, _source in frames(name)] for name in PAGES}
    pages = {name for name, chain in chains.items() if len(chain) > 1 and chain[-1] == "ui/base.html" and not FOR_THE_TEAM & set(chain)}
    assert len(pages) > 80
    assert {name for name in pages if not has_exit(name)} == NO_WAY_OUT.keys() & pages


def test_on_paper_it_is_not():
    """In the rules for print; and so is the link to leave that stands before everything else."""
    printed = (HOUSE / "ui/static/ui/parts.css").read_text().split("@media print {")[1]
    (hidden,) = [rule for rule in printed.splitlines() if "display: none !important" in rule and ".masthead-tools" in rule]
    assert {".exit", ".skip", ".masthead-tools"} <= set(re.split(r"[,\s]+", hidden))


WRONG = {
    "not there": ("get", "/nowhere-at-all/", 404),
    "no such programme": ("get", "/p/nowhere/", 404),
    "a link that is spent": ("post", "/c/a-link-that-is-as-long-as-one-from-a-message/", 410),
    "a wrong code": ("post", "/code/", 422),
    "an address that takes only forms": ("get", "/p/northgate-high/asked/withdrawal/", 405),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", WRONG)
def test_when_something_is_wrong_the_way_out_is_there(what, village):
    verb, path, status = WRONG[what]
    answer = getattr(Client(), verb)(path)
    assert (answer.status_code, len(re.findall(r'<a class="exit"', answer.content.decode()))) == (status, 1)


@pytest.mark.django_db
def test_a_form_that_is_not_known_has_the_way_out(village):
    answer = Client(enforce_csrf_checks=True).post(reverse("code"), {"code": "ABCD-EFGH"})
    assert (answer.status_code, len(re.findall(r'<a class="exit"', answer.content.decode()))) == (403, 1)
