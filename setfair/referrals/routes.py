"""The two ways in from outside: question by question for anyone, section by section for professionals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import queries
from .draft import Draft
from .forms import asking, people, referring
from .forms.step import Step
from .models import Referral


@dataclass(frozen=True)
class Route:
    """The questions of one way in, by the URL names of its first page (`start`), of a question (`page`) and of stopping (`later`)."""

    start: str
    page: str
    later: str
    steps: tuple[type[Step], ...]
    in_order: bool

    def find(self, slug: str) -> type[Step]:
        kind = next((kind for kind in self.steps if kind.slug == slug), None)
        if kind is None:
            raise Http404
        return kind

    def after(self, kind: type[Step]) -> str:
        """The slug of the next question; the answers are checked after the last one."""
        place = self.steps.index(kind) + 1
        return self.steps[place].slug if place < len(self.steps) else "check"

    def before(self, kind: type[Step]) -> str:
        """The slug of the question before; empty at the first one."""
        place = self.steps.index(kind)
        return self.steps[place - 1].slug if place else ""

    def told(self, draft: Draft) -> list[dict[str, Any]]:
        """Every question with its answer, to be checked."""
        return [
            {"slug": kind.slug, "key": kind.short, "lines": kind.told(draft.answers[kind.slug]) if draft.answers.get(kind.slug) else []}
            for kind in self.steps
        ]

    def unanswered(self, draft: Draft) -> list[type[Step]]:
        """Questions that cannot be left out and have no answer yet."""
        return [kind for kind in self.steps if not kind.skip and not draft.answers.get(kind.slug)]


ASK = Route(
    start="ask",
    page="ask_step",
    later="ask_later",
    steps=(
        asking.Now,
        asking.Wish,
        asking.Who,
        asking.Name,
        asking.Story,
        asking.When,
        people.People,
        asking.Others,
        asking.Safe,
        asking.Reach,
        asking.Access,
    ),
    in_order=True,
)
REFER = Route(
    start="refer",
    page="refer_step",
    later="refer_later",
    steps=(referring.You, people.Responsible, people.Harmed, referring.Matter, referring.Legal, referring.Orders, referring.Back),
    in_order=False,
)

PLAIN = ("source story others_know safety safety_worry asker for_whom needs office court_number legal_stage orders wanted_back language wish").split()
REACH = ("sms", "email", "call", "message_ok", "post", "through", "times", "none")


def as_request(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What `actions.ask` takes, from the answers of all questions together."""
    said = {key: answers[key] for key in PLAIN if answers.get(key)}
    said.setdefault("story", "")
    day = answers.get("day")
    said["when"] = queries.told_when(date.fromisoformat(day) if day else None, answers.get("words", ""))
    said["deadline"] = date.fromisoformat(answers["deadline"]) if answers.get("deadline") else None
    said["reach"] = {way: answers[way] for way in REACH if answers.get(way)}
    said["people"] = list(answers.get("people", ()))
    if answers.get("other_language"):
        said["needs"] = "\n".join(x for x in (_("Language: %s") % answers["other_language"], said.get("needs", "")) if x)
    return said


def together(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of a draft in one layer. Whoever could not say that nobody is in danger is worried.

    Whoever named no language is spoken to in the one the pages were read in.
    """
    flat: dict[str, Any] = {}
    for step, answer in answers.items():
        if isinstance(answer, Mapping):
            flat |= answer
        else:
            flat.setdefault("people", []).extend(_in_part(step, answer))
    if flat.pop("answer", "no") == "unsure":
        flat["safety_worry"] = True
    flat["language"] = flat.get("language") or get_language()
    return flat


def _in_part(step: str, named: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Whom a professional named under a heading has that part."""
    part = {people.Responsible.slug: Referral.Part.RESPONSIBLE.value, people.Harmed.slug: Referral.Part.HARMED.value}.get(step)
    return [{**person, "role": part} if part else dict(person) for person in named]
