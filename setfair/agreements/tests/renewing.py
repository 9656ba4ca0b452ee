"""How the tests change what people have signed."""

from datetime import timedelta

from django.utils import timezone

from setfair.agreements import actions, queries
from setfair.agreements.terms import terms_of

SOON = timedelta(days=9)


def renewed(story):
    """The next version, being written."""
    return actions.rewrite(story.agreement, by=story.lead)


def say_anew(story, item, **said):
    same = {name: getattr(item, name) for name in ("owner", "owed_to", "what", "due_on", "proof_wanted", "through")}
    return actions.reword(item, by=story.lead, **({"terms": terms_of(item)} | same | said))


def add(story, owner, owed_to, what="Bring the ball back.", **more):
    day = timezone.localdate() + SOON
    return actions.promise(story.agreement, by=story.lead, owner=owner, owed_to=owed_to, what=what, due_on=day, **more)


def sign(story, key):
    person = story.people[key]
    return actions.sign(story.agreement, by=story.me(key), participation=person, method="own", typed_name=person.person.shown)


def asked(story):
    return {key for key, person in story.people.items() if person in queries.still_to_sign(story.agreement)}


def gone_on(story):
    return {key for key, person in story.people.items() if queries.carried_of(story.agreement, person)}
