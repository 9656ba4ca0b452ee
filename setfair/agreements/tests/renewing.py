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


def all_fair(story, agreement):
    """Each who is asked says on their own page that all of just this agreement is fair."""
    there = {key: person for key, person in story.people.items() if person in queries.still_to_sign(agreement)}
    for key, person in there.items():
        words = queries.said_aloud(agreement, person, None)
        actions.mark(agreement, by=story.me(key), participation=person, words=words, method="own")
    return there


def all_sign(story, agreement, but=()):
    for key, person in all_fair(story, agreement).items():
        if key not in but:
            actions.sign(agreement, by=story.me(key), participation=person, method="own", typed_name=person.person.shown)
