"""How the house speaks: so that a child can read it, with no word that hurts, and with nothing said on a lock screen (screens.md 6.2, 6.3)."""

import re

import polib
import pytest
from django.utils import translation

from bench import ease
from bench.ease import ENOUGH, HARDEST, ended, is_hard, measure
from bench.figures import reading
from config import places
from setfair.core.text import TELLING, neutral
from setfair.programmes import wording
from tests.house import bare, readers

HOUSE = readers.HOUSE
TEMPLATES = [p for p in sorted(HOUSE.rglob("templates/**/*")) if p.suffix in (".html", ".txt") and "gallery" not in str(p)]
CODE = [p for p in sorted(HOUSE.rglob("*.py")) if not {"tests", "migrations", "samples.py", "apps.py"} & set(p.parts)]
SPOKEN = ["en", "es"]

BANNED = {
    "en": r"\b(offender|perpetrator|victim|suspect|guilty|punish|case file|compliance|breach|no-show|minors?|mandatory|fail(ure|ed)"
    r"|subject|reject(ed)?|refus(al|ed?)|simply|oops|click here)\b",
    "es": r"\b(víctimas?|ofensor|agresor|infractor|sospechos|culpables?|castig|incumpl|menores|obligatori[oa]|fracas|rechaz|delincuente|haga clic)",
}
NOT_ABOUT_PEOPLE = {"Subject": "the line over an e-mail, for those who write letters"}


def spanish():
    entries = polib.pofile(str(places.ROOT / "locale/es/LC_MESSAGES/django.po"))
    return {(entry.msgctxt, entry.msgid): entry for entry in entries if not entry.obsolete}


def said_in(language):
    """What people without an account read, page by page, in one language."""
    known = spanish() if language == "es" else {}
    for path, told in readers.texts_by_file().items():
        if language == "es":
            entries = [known[key] for key in told if key in known]
            yield path, [words for entry in entries for words in (entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]) if words]
        else:
            yield path, [words for text in told.values() for words in (text.words, text.plural) if words]


def plain(text):
    """A text as it is read aloud: with a name where one is filled in, without tags."""
    filled = re.sub(r"https?://\S+|\{(link|page)\}", "here", re.sub(r"<[^>]+>", "", text))
    filled = re.sub(r"%\(\w+\)[a-z]|%[sd]|\{\w+\}", "Dana", filled)
    return filled.strip()


def sentences(text):
    return ease.sentences(plain(text))


def pages(language):
    """The sentences of each page; labels, which would make it look easier than it is, are left out."""
    for path, said in said_in(language):
        page = " ".join(ended(sentence) for text in said for sentence in sentences(text))
        if not readers.PROFESSIONAL.search(str(path)):
            yield str(path.relative_to(HOUSE)), page


# As a child reads it


def test_what_is_measured_is_what_people_meet():
    met = {str(path.relative_to(HOUSE)) for path in readers.texts_by_file()}
    assert {
        "referrals/templates/referrals/start.html",
        "referrals/forms/asking.py",
        "preparation/templates/preparation/choice.html",
        "preparation/words.py",
        "scheduling/templates/scheduling/times.html",
        "scheduling/templates/scheduling/times_asked.html",
        "scheduling/templates/scheduling/times_over.html",
        "agreements/templates/agreements/own.html",
        "agreements/templates/agreements/tablet_person.html",
        "agreements/letters.py",
        "access/templates/access/code.html",
        "access/kept.py",
        "ui/templates/404.html",
    } <= met
    assert [path for path in met if re.search(r"desk/templates/desk/(today|case)|requests/|settings/|screening|gallery|accounts/", path)] == []


@pytest.mark.parametrize("language", SPOKEN)
def test_a_page_can_be_read_by_a_child(language):
    measured = {path: page for path, page in pages(language) if len(page.split()) >= ENOUGH}
    assert len(measured) > 25
    too_hard = {path: found for path, page in measured.items() if is_hard(found := measure(language, page), language)}
    assert too_hard == {}
    whole = " ".join(page for _path, page in pages(language))
    assert not is_hard(measure(language, whole), language)


def test_no_sentence_is_hard():
    hard = {
        sentence: grade
        for path, said in said_in("en")
        if not readers.PROFESSIONAL.search(str(path))
        for text in said
        for sentence in sentences(text)
        if (grade := measure("en", sentence)) > HARDEST
    }
    assert hard == {}


@pytest.mark.parametrize("language", SPOKEN)
def test_no_sentence_of_a_script_is_hard(language):
    said = list(reading.said_in_scripts(language))
    assert len(said) > 250
    assert list(reading.too_hard(language, said)) == []
    assert len(list(reading.too_hard("en", [("planted", reading.PLANTED)]))) == 1


def test_the_measure_knows_hard_from_easy():
    office = "Participation in the restorative conference is predicated upon voluntary acknowledgement of responsibility by all parties."
    assert (measure("en", office) > 16, measure("en", "You can stop at any time. We tell nobody why.") < 3) == (True, True)
    oficina = "La participación en la conferencia restaurativa se encuentra condicionada al reconocimiento voluntario de la responsabilidad."
    assert (measure("es", oficina) < 20, measure("es", "Puedes parar cuando quieras.") > 80) == (True, True)


@pytest.mark.parametrize("path", sorted((HOUSE / "programmes/running").glob("*.txt")), ids=lambda path: path.name)
def test_the_questions_of_a_circle_can_be_read_by_a_child(path):
    """They are read aloud, and shown in advance."""
    language = path.name.split(".")[1]
    lines = [line for line in path.read_text().splitlines() if line and line[0] not in "#=-?!~"]
    assert len(lines) > 10
    assert not is_hard(measure(language, " ".join(ended(line) for line in lines)), language)
    assert [line for line in lines if re.search(BANNED[language], line, re.IGNORECASE)] == []


# Words


@pytest.mark.parametrize("language", SPOKEN)
def test_no_text_calls_anyone_names_or_blames(language):
    """All texts, those of staff too: words said among staff are soon said to people."""
    found = []
    for (_context, words), entry in spanish().items():
        said = [words, entry.msgid_plural] if language == "en" else [entry.msgstr, *entry.msgstr_plural.values()]
        found += [text for text in said if re.search(BANNED[language], text, re.IGNORECASE) and text not in NOT_ABOUT_PEOPLE]
    assert [text for text in found if text != "Asunto"] == []


@pytest.mark.parametrize(("language", "planted"), [("en", "The victim did not come."), ("es", "La víctima no vino.")])
def test_the_rule_above_would_see_it(language, planted):
    assert re.search(BANNED[language], planted, re.IGNORECASE)


# What may lie open


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_no_subject_and_no_text_message_says_what_it_is_about(language):
    """Letters that may go as a text message say no more in their body than in their subject."""
    assert len(wording.LETTERS) >= 13
    with translation.override(language):
        for letter in wording.LETTERS.values():
            assert neutral(str(letter.subject)) == str(letter.subject)
            assert neutral(str(letter.body)) == str(letter.body)


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_the_subjects_of_sign_in_letters_are_neutral(language):
    subjects = sorted(HOUSE.glob("accounts/templates/account/email/*_subject.txt"))
    assert len(subjects) >= 4
    with translation.override(language):
        said = [translation.gettext(text) for path in subjects for text in re.findall(r'translate "([^"]+)"', path.read_text())]
    assert [line for line in said if TELLING.search(line)] == []


# Nothing that cannot be translated


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_template_has_no_bare_words(path):
    assert bare.words_of_template(path.read_text()) == []


def test_code_has_no_bare_words():
    assert {str(path): found for path in CODE if (found := bare.words_of_code(path.read_text()))} == {}


def test_scripts_have_no_words_of_their_own():
    """They take them from the page, which can be translated."""
    said = re.compile(r"[\"'`][A-Z][a-z]+ [a-z]+ ?[^\"'`]*[\"'`]|(?:textContent|ariaLabel|title)\s*=\s*[\"'`]\w|(?:alert|confirm)\(")
    scripts = sorted(HOUSE.glob("*/static/*/*.js"))
    assert len(scripts) >= 5
    assert [path.name for path in scripts if said.search(path.read_text())] == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("<p>Hello {{ name }}</p>", ["Hello"]),
        ('<c-card title="{{ n }} min">{{ x }}</c-card>', ['title=" min"']),
        ('<img alt="A room"><c-person role="person harmed" />', ['alt="A room"', 'role="person harmed"']),
        ('{{ when|default:"Never" }}', ["Never"]),
        ('{% include "a/b.html" with title="Your page" %}', ["Your page"]),
        ('{% translate "Hello" %} <b>{% blocktranslate %}Hi {{ n }}{% endblocktranslate %}</b> · 12 {# Hello #}', []),
        ('<p role="status" class="soft">{{ at|date:"j M Y" }}</p><svg><title>No</title></svg>', []),
    ],
)
def test_the_reader_of_templates_sees_what_is_planted(planted, found):
    assert bare.words_of_template(planted) == found


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ('raise CannotAsk("Please say who you are.")', 1),
        ('raise CannotAsk(f"{name} is here already.")', 1),
        ('messages.success(request, "Saved.")', 1),
        ('form.add_error(None, "No.")', 1),
        ('x = forms.CharField(label="Name", help_text=_("Short."))', 1),
        ('name = models.CharField("name", max_length=9)', 1),
        ('class Kind(models.TextChoices):\n    A = "a", "Ask"\n    B = "b", _("Bring")', 1),
        ('class Step(forms.Form):\n    heading = "Where?"', 1),
        ('raise CannotAsk(_("Please say who you are."))\nraise ValueError("a fault of ours")\nmessages.info(request, str(reason))', 0),
    ],
)
def test_the_reader_of_code_sees_what_is_planted(planted, found):
    assert len(bare.words_of_code(planted)) == found
