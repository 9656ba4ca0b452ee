"""Where what people say for themselves is reached: their own home, and their page for the team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.preparation import queries as preparation
from setfair.preparation.beside import Beside
from setfair.preparation.home import Card
from setfair.preparation.queries import Circle, Known, Task
from setfair.preparation.queries.progress import TODO, Of

from . import companions, standing_in
from .models import Hope, OwnWords
from .queries import as_told, hope_of, in_parts, own_words, shared_words


def own_card(me: Participation) -> Card | None:
    if not preparation.is_asked(me) or me.case.stage == Stage.FOLLOWING_UP:
        return None
    said = hope_of(me)
    return Card(_("What you hope for"), _in_short(said) or _("You can tell us. You do not have to."), reverse("hopes"), bool(_in_short(said)))


def words_card(me: Participation) -> Card | None:
    if not preparation.is_asked(me) or me.case.stage == Stage.FOLLOWING_UP:
        return None
    words = own_words(me)
    told = _("You can write it here, for yourself. You can share it with us.")
    if words is not None and in_parts(words):
        told = _("We can read it, because you said so.") if words.is_shared else _("Only you can read it.")
    return Card(_("What you want to say and ask"), told, reverse("own_words"), bool(in_parts(words)))


def words_beside(participation: Participation) -> Beside | None:
    """What they shared; of what they keep for themselves not even that it is there."""
    words = shared_words(participation)
    if words is None or not as_told(words):
        return None
    may_tell = words.reads == OwnWords.Reads.ALL
    last = _("They let you tell the others in the talk.") if may_tell else _("It is for those who prepare the talk. The others are not told.")
    return Beside(_("What they want to say and ask"), [*as_told(words), last])


def beside_the_person(participation: Participation) -> Beside | None:
    if not preparation.is_asked(participation):
        return None
    said = hope_of(participation)
    lines = [*map(capfirst, said.named()), *([str(said.words)] if said.words else [])] if said is not None else []
    return Beside(_("What they hope for"), lines, _("Write down what they hope for"), reverse("told_hopes", args=[participation.pk]))


def _in_short(said: Hope | None) -> str:
    if said is None:
        return ""
    return capfirst(", ".join(said.named())) or str(said.words)


def companions_card(me: Participation) -> Card | None:
    if not companions.may_choose(me) or me.case.stage == Stage.FOLLOWING_UP:
        return None
    named = companions.chosen_by(me)
    lines = tuple((str(one.companion.name), one.told) for one in named)
    return Card(_("Who is beside you"), "" if lines else _("You can bring someone you trust."), reverse("my_companions"), lines=lines)


def to_be_met(known: Circle) -> Of:
    """Those whom somebody asked for, and of whom nobody has said yet what becomes of it; asked once for the circle."""
    named: dict[UUID, list[str]] = defaultdict(list)
    for row in companions.waiting().filter(case=known.case).order_by("at", "id"):
        named[row.participation_id].append(str(row.name))

    def tasks(k: Known, on: date) -> Iterable[Task]:
        names = ", ".join(named[k.participation.pk])
        note = _("not met yet: %s") % names
        return [Task("companion", _("Talk about whom they would like beside them"), TODO, note, must=False)] if names else []

    return tasks


def companions_beside(participation: Participation) -> Beside | None:
    """Those who wait for a word of ours."""
    rows = list(companions.waiting().filter(participation=participation).order_by("at", "id"))
    if not rows:
        return None
    title, href = _("Whom they would like beside them"), reverse("companion_answer", args=[rows[0].pk])
    return Beside(title, [str(row.name) for row in rows], _("Say what becomes of it"), href)


def stand_in_card(me: Participation) -> Card | None:
    if not standing_in.may_choose(me):
        return None
    said = standing_in.chosen(me)
    if said is None or said.place is None:
        return Card(_("Who speaks for you"), _("You do not come. Someone can say what you want to be said."), reverse("my_stand_in"))
    return Card(_("Who speaks for you"), _("You chose %(name)s.") % {"name": said.place.person.first}, reverse("my_stand_in"), True)


def for_another_card(me: Participation) -> Card | None:
    if not standing_in.for_whom(me):
        return None
    return Card(_("What you may say for another"), _("The one who was hurt asked you to say this."), reverse("for_another"))


def stand_in_beside(participation: Participation) -> Beside | None:
    """Beside the person harmed what they said of it; beside whoever stands in, what they may say."""
    if standing_in.is_asked(participation):
        said = standing_in.chosen(participation)
        link = _("Write down who speaks for them") if standing_in.may_choose(participation) else ""
        nobody = _("They have named nobody. Whoever stands in speaks for nobody: only of what such a thing does to people.")
        lines = standing_in.as_told(said) if said is not None else [nobody]
        return Beside(_("Who speaks for them"), lines, link, reverse("told_stand_in", args=[participation.pk]) if link else "")
    parts = [part for one in standing_in.for_whom(participation) for part in standing_in.in_parts(one)]
    return Beside(_("What they may say for another"), [f"{part.title}:\n{part.words}" for part in parts]) if parts else None
