"""Somebody who answers the questions of a request, one after the other."""

from django.urls import reverse
from django.utils import timezone

from setfair.referrals.models import Referral
from setfair.referrals.routes import ASK

SLUG = "northgate-high"
ORDER = [kind.slug for kind in ASK.steps]
ANSWERS = {
    "now": {"answer": "no"},
    "wish": {"wish": "conference"},
    "who": {"source": "self_harmed"},
    "name": {"asker": "Núñez"},
    "what": {"story": "There was shoving in the lunch line."},
    "when": {"day": "2026-11-16", "words": "at lunch"},
    "people": {"name": "a boy from my class", "role": "responsible"},
    "others": {"others_know": "no"},
    "safe": {"safety": "They walk home the same way.", "safety_worry": "on"},
    "reach": {"email": "hana@home.example", "times": "after school"},
    "access": {"language": "es", "needs": "big print"},
}
TODAY = timezone.datetime(2026, 11, 21, 15, tzinfo=timezone.get_default_timezone())
"""A Saturday."""


def url(step="", slug=SLUG):
    return reverse("ask_step", args=[slug, step]) if step else reverse("ask", args=[slug])


def answer(client, until="", **other):
    """Answer the questions in order, up to `until` and without it."""
    for step in ORDER:
        if step == until:
            return
        page = client.post(url(step), other.get(step, ANSWERS[step]))
        assert page.status_code == 302, (step, page.content.decode())


def send(client, **other):
    answer(client, **other)
    return client.post(url("check"), {"website": ""})


def the_only(village):
    with village.inside():
        return Referral.objects.get()
