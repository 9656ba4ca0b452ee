"""Public pages are written for everyone: short words, short sentences."""

import re
from html import unescape

import pytest
from django.urls import reverse

from setfair.referrals import actions, letters
from setfair.referrals.routes import ASK
from setfair.village.story import CHECKS
from setfair.village.time import at

from .asks import ask
from .walk import ANSWERS, ORDER, TODAY

SLUG, HARDEST = "northgate-high", 6.0


def read(page):
    """What stands in the main part, one sentence a line."""
    main = re.search(r"<main.*?</main>", page.content.decode(), re.S).group()
    main = re.sub(r"<(svg|script)\b.*?</\1>|<dl.*?</dl>", " ", main, flags=re.S)
    blocks = re.sub(r"</?(p|li|h\d|label|legend|button|a|div|summary|option|span)\b[^>]*>", ".\n", main)
    plain = unescape(re.sub(r"<[^>]+>", " ", blocks))
    return [s.strip() for s in re.split(r"[.!?:\n]+", plain) if re.search(r"[a-z]", s)]


def syllables(word):
    """How many beats a word has, near enough: groups of vowels, and a silent e at the end."""
    beats = len(re.findall(r"[aeiouy]+", word))
    return max(1, beats - (word.endswith("e") and not word.endswith("le") and beats > 1))


def grade(sentences):
    """Flesch-Kincaid: the school year in which this is read with ease."""
    words = [word for s in sentences for word in re.findall(r"[a-z']+", s.lower())]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_the_measure_tells_hard_words_from_easy_ones():
    assert grade(["You can stop at any time"]) < 3
    assert grade(["Participants may unilaterally discontinue participation notwithstanding preparatory obligations"]) > 16


@pytest.mark.parametrize("name", ["start", "help_now", "ask", "asked"])
def test_public_pages_are_easy_to_read(client, village, name):
    assert grade(read(client.get(reverse(name, args=[SLUG])))) <= HARDEST


@pytest.mark.parametrize("step", [kind.slug for kind in ASK.steps])
def test_every_question_is_easy_to_read(client, village, step):
    with at(TODAY):
        for before in ORDER[: ORDER.index(step)]:
            client.post(reverse("ask_step", args=[SLUG, before]), ANSWERS[before])
        shown = read(client.get(reverse("ask_step", args=[SLUG, step])))
    assert grade(shown) <= HARDEST


def test_the_thanks_are_easy_to_read(client, village):
    with at(TODAY):
        for step in ORDER:
            client.post(reverse("ask_step", args=[SLUG, step]), ANSWERS[step])
        client.post(reverse("ask_step", args=[SLUG, "check"]))
        assert grade(read(client.get(reverse("asked", args=[SLUG])))) <= HARDEST


@pytest.mark.parametrize("answered", ["", "accept", "decline"])
def test_the_page_of_whoever_asked_is_easy_to_read(client, village, answered):
    with village.inside():
        referral, code = ask(village.school)
        if answered == "accept":
            actions.accept(referral, by=village.actor("cora"), checks=CHECKS)
        if answered == "decline":
            actions.decline(referral, by=village.actor("cora"), reason="not_safe")
    client.post(reverse("code"), {"code": code})
    assert grade(read(client.get(reverse("status")))) <= HARDEST


@pytest.mark.parametrize("letter", [letters.THANKS, letters.NOTE, letters.NOT_HERE])
def test_letters_are_easy_to_read(letter):
    assert grade([s for s in re.split(r"[.\n:]+", str(letter.body)) if s.strip()]) <= HARDEST
