"""How the tests put a slip of the pen right."""

from setfair.agreements import actions, queries
from setfair.agreements.models import Spelling

SLIP, RIGHT = "Write a leter to Hanna.", "Write a letter to Hana."
WORDS = "leter → letter, Hanna → Hana"


def put_right(story, words=RIGHT, **more):
    return actions.put_right(story.items()[0], by=story.lead, words={"what": words} | more)


def say_more(story, key, spelling=None):
    spelling = spelling or Spelling.objects.get()
    return actions.take_spelling_back(spelling, by=story.me(key), participation=story.people[key])


def reads(story, key="hana"):
    line = next(line for line in queries.lines(story.agreement, me=story.people[key]) if line.who == "Rami")
    return line.what, [one.words for one in line.put_right]
