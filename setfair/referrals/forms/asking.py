from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.programmes.models import Programme

from ..models import Referral
from .step import STORY, Step, area, choice, day, email, line, number, tick

Source = Referral.Source
FOR_OTHERS = frozenset({Source.PARENT, Source.STAFF, Source.ADMINISTRATOR, Source.TEAM, Source.OTHER})
PROFESSIONAL = "professional"
WISHES = [
    (Referral.Wish.CONFERENCE, _("Ask for a conference")),
    (Referral.Wish.TALK, _("Talk to someone first, or learn more")),
    (Referral.Wish.UNSURE, _("I am not sure yet")),
]
KNOWN = [
    (Referral.OthersKnow.YES, _("Yes")),
    (Referral.OthersKnow.SOME, _("Some of them")),
    (Referral.OthersKnow.NO, _("No")),
    (Referral.OthersKnow.UNSURE, _("I am not sure")),
]


class Now(Step):
    slug, short, skip = "now", _("In danger now"), False
    template = "referrals/ask/now.html"
    answer = forms.ChoiceField(
        choices=[("yes", _("Yes")), ("no", _("No")), ("unsure", _("I am not sure"))],
        error_messages={"required": _("Please choose one. You can say that you are not sure.")},
    )

    def detour(self) -> str:
        return "" if self.cleaned_data["answer"] == "no" else "help_now"

    @classmethod
    def told(cls, answers: Mapping[str, Any]) -> list[str]:
        return [{"yes": gettext("Yes"), "no": gettext("No"), "unsure": gettext("Not sure")}[answers["answer"]]]


class Wish(Step):
    slug, short = "wish", _("What you would like")
    wish = choice(WISHES, _("What would you like?"), help_text=_("You can change your mind later."))

    @classmethod
    def told(cls, answers: Mapping[str, Any]) -> list[str]:
        return [str(words) for code, words in WISHES if code == answers.get("wish")]


class Who(Step):
    slug, short, skip = "who", _("Who you are"), False
    source = choice(
        [],
        _("Who are you?"),
        required=True,
        help_text=_("So that we talk to you in the right way."),
        error_messages={"required": _("Please choose the line that fits you best.")},
    )

    def adapt(self) -> None:
        self.fields["source"].choices = self.lines()

    def lines(self) -> list[tuple[str, Any]]:
        school = self.programme.kind == Programme.Kind.SCHOOL
        found: list[tuple[str, Any]] = [
            (Source.SELF_HARMED, _("I was hurt")),
            (Source.SELF_RESPONSIBLE, _("I did it")),
            (Source.AFFECTED, _("I saw it, or it touched me too")),
            (Source.PARENT, _("I am a parent or guardian")),
            (Source.STAFF, _("I work at the school: teacher or other staff") if school else _("I work with one of them")),
        ]
        if school:
            found.append((Source.ADMINISTRATOR, _("I help to run the school: principal, dean or someone like that")))
            found.append((Source.TEAM, _("I am on the peer team, and I ask for someone")))
        if self.programme.takes_professional_referrals:
            found.append((PROFESSIONAL, _("I come from a court, the police or another office")))
        return [*found, (Source.OTHER, _("Someone else"))]

    def detour(self) -> str:
        return "refer" if self.cleaned_data["source"] == PROFESSIONAL else ""

    @classmethod
    def told(cls, answers: Mapping[str, Any]) -> list[str]:
        said = {
            Source.SELF_HARMED: gettext("I was hurt"),
            Source.SELF_RESPONSIBLE: gettext("I did it"),
            Source.AFFECTED: gettext("I saw it, or it touched me too"),
            Source.PARENT: gettext("A parent or guardian"),
            Source.STAFF: gettext("I work with them"),
            Source.ADMINISTRATOR: gettext("I help to run the school"),
            Source.TEAM: gettext("On the peer team, asking for someone"),
        }
        return [said.get(Source(answers["source"]), gettext("Someone else"))] if answers.get("source") in Source.values else []


class Name(Step):
    slug, short, heading = "name", _("Your name"), _("What can we call you?")
    why = _("So that we know how to greet you. You can leave it out.")
    asker = line(120, label=_("A name for you"), help_text=_("A first name is enough."))
    for_whom = line(120, label=_("Who are you asking for?"), help_text=_("Their name, or a few words."))

    def adapt(self) -> None:
        if self.so_far.get("who", {}).get("source") not in FOR_OTHERS:
            del self.fields["for_whom"]

    @classmethod
    def told(cls, answers: Mapping[str, Any]) -> list[str]:
        for_whom = answers.get("for_whom")
        return [line for line in (answers.get("asker"), gettext("For: %s") % for_whom if for_whom else "") if line]


class Story(Step):
    slug, short = "what", _("What happened")
    why = _("The coordinator reads this first. Nobody else is told yet.")
    story = forms.CharField(
        max_length=STORY,
        required=False,
        label=_("What happened?"),
        help_text=_("A few words are fine. If you would rather tell us in person, leave this out."),
        widget=area(8),
    )


class When(Step):
    slug, short, heading = "when", _("When"), _("When did it happen?")
    hint = _("Roughly is fine. You can use the day, your own words, or both.")
    day = day(_("The day"))
    words = line(120, label=_("In your words"), help_text=_("Such as: last week, at lunch."))

    def clean_day(self) -> date | None:
        when: date | None = self.cleaned_data["day"]
        if when and when > self.today():
            raise forms.ValidationError(_("That day has not come yet. Please check it, or use your own words."))
        if when and when < clock.EARLIEST:
            raise forms.ValidationError(_("That is a long time ago. Please check the year, or use your own words."))
        return when

    @classmethod
    def told(cls, answers: Mapping[str, Any]) -> list[str]:
        when = date_format(date.fromisoformat(answers["day"]), "DATE_FORMAT") if answers.get("day") else ""
        return [line for line in (when, answers.get("words", "")) if line]


class Others(Step):
    slug, short = "others", _("Do the others know")
    others_know = choice(
        KNOWN,
        _("Do the others know that you are asking?"),
        help_text=_("Any answer is fine. We do not tell them before we have talked with you."),
    )

    @classmethod
    def told(cls, answers: Mapping[str, Any]) -> list[str]:
        return [str(words) for code, words in KNOWN if code == answers.get("others_know")]


class Safe(Step):
    slug, short, heading = "safe", _("Keeping people safe"), _("Is there anything we should know to keep people safe?")
    why = _("So that we do not make things worse. You can leave it out.")
    safety = forms.CharField(max_length=STORY, required=False, label=_("In your words"), widget=area(5))
    safety_worry = tick(_("I am worried that someone could get hurt"))

    @classmethod
    def told(cls, answers: Mapping[str, Any]) -> list[str]:
        worry = gettext("I am worried that someone could get hurt") if answers.get("safety_worry") else ""
        return [line for line in (answers.get("safety", ""), worry) if line]


WAYS = ("sms", "email", "call", "post", "through")


class Reach(Step):
    slug, short, skip = "reach", _("How to reach you"), False
    heading = _("How can we reach you safely?")
    hint = _("Fill in only what is safe. Our messages do not say what they are about.")
    why = _("Only our team sees this.")
    sms = number(_("Text message"))
    email = email(_("Email"))
    call = number(_("Phone call"))
    message_ok = tick(_("It is OK to leave a message"))
    post = line(300, label=_("Letter"), help_text=_("A postal address."))
    through = line(120, label=_("Through someone"), help_text=_("Such as: the school office, a teacher."))
    times = line(60, label=_("Best time"))
    none = tick(_("Do not contact me. I will come back with my code."))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        ways = [way for way in WAYS if said.get(way)]
        if said.get("none") and ways:
            raise forms.ValidationError(_("You gave us a way to reach you, and asked us not to. Please keep one of the two."))
        if not said.get("none") and not ways and not any(way in self.errors for way in WAYS):
            raise forms.ValidationError(_("Please give us one safe way, or tick the last line: do not contact me."))
        return said

    @classmethod
    def told(cls, answers: Mapping[str, Any]) -> list[str]:
        found = [f"{cls.base_fields[way].label}: {answers[way]}" for way in (*WAYS, "times") if answers.get(way)]
        return found + [str(cls.base_fields[way].label) for way in ("message_ok", "none") if answers.get(way)]


class Access(Step):
    slug, short, heading = "access", _("Language and help"), _("What would make it easier for you?")
    language = choice(settings.LANGUAGES, _("A language we should use"))
    other_language = line(60, label=_("Another language"))
    needs = forms.CharField(
        max_length=2000,
        required=False,
        label=_("Anything else that helps"),
        help_text=_("Such as: an interpreter, a ramp, big print, breaks."),
        widget=area(3),
    )

    @classmethod
    def told(cls, answers: Mapping[str, Any]) -> list[str]:
        language = dict(settings.LANGUAGES).get(answers.get("language", ""), "")
        return [str(line) for line in (language, answers.get("other_language", ""), answers.get("needs", "")) if line]


class Send(forms.Form):
    """The last page. `website` is a box that nobody sees; what fills it in is not a person."""

    website = forms.CharField(required=False)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("A box that must stay empty was filled in. We have emptied it. Please send it again."))
        return ""
