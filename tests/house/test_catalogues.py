"""Every text of the house can be translated, and the catalogues say what the code says."""

import ast
import re
from string import Formatter

import polib
import pytest
from babel.messages.plurals import get_plural

from config import gathering, places, pseudo, texts
from tests.house import readers

LANGUAGES = sorted(path.parent.name for path in places.ROOT.glob("locale/*/LC_MESSAGES"))
WHOLE = 0.95
"""How much of a real language must be done in all; what people without an account read, wholly."""

EMPTY_ES = {"Plural-Forms": "nplurals=2; plural=(n != 1);"}


@pytest.fixture(scope="module")
def now():
    return texts.gathered()


def catalogue(language):
    return polib.pofile(str(places.ROOT / f"locale/{language}/LC_MESSAGES/django.po"), wrapwidth=0)


def live(language):
    return {(entry.msgctxt, entry.msgid): entry for entry in catalogue(language) if not entry.obsolete}


def translations(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def variables(text):
    """What is filled in or must stay: %(x)s, {x}, tags and new lines."""
    named = [name for _before, name, _how, _as in Formatter().parse(text) if name] if "{" in text else []
    return sorted([*re.findall(r"%\(\w+\)[a-z]|%[sd]|<[^>]+>|\n", text), *named])


# What the code says


def test_there_are_two_languages_beside_our_own():
    assert LANGUAGES == ["ar", "es"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_up_to_date(language, now):
    """`make messages` brings it there."""
    known = {key: entry.msgid_plural for key, entry in live(language).items()}
    wanted = {key: text.plural for key, text in now.items()}
    assert (wanted.keys() - known.keys(), known.keys() - wanted.keys()) == (set(), set()), "make messages"
    assert known == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_waits_to_be_looked_at(language):
    assert [entry.msgid for entry in catalogue(language) if entry.fuzzy and not entry.obsolete] == []


def test_every_call_of_the_code_is_gathered():
    """Also one that stands inside an f-string, where a reader of tokens does not look; and none is made of anything but its own words."""
    lost = []
    for path in (path for path in texts.sources() if path.suffix == ".py"):
        code = path.read_text()
        names, found = texts.shapes_in(code), {text.words for text in texts.texts_of(path)}
        calls = [n for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id in names]
        said = [call.args[1 if "pgettext" in str(call.func.id) else 0] for call in calls]
        lost += [(path.name, ast.unparse(text)) for text in said if not isinstance(text, ast.Constant) or text.value not in found]
    assert lost == []


A_CLOCK_THEN_A_STOP = re.compile(r"(?<!how\)s[,،] )(?:%\((?:when|times|hours|now|was)\)s|(?<!\{)\{(?:when|times|hours|now|was)\})\.")
"""`how, when` are words about news, not a time."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_ends_in_a_time(language):
    """In English a time ends in a full stop of its own: "1 p.m.." """
    said = [text for entry in live(language).values() for text in (entry.msgid, entry.msgid_plural, *translations(entry))]
    assert [text for text in said if A_CLOCK_THEN_A_STOP.search(text)] == []


TEMPLATE = """{% load i18n %}
<c-card title="{% translate 'In a component' %}">
    {# Translators: a note #}
    {% translate "After a note" %} {% translate "Open" context "a door" %} {{ x|default:_("In a filter") }}
  {% blocktranslate asvar greeting %}Hi {{ name }}{% endblocktranslate %}
 {% blocktranslate count n=3 trimmed %}
        {{ n }} chair
   {% plural %}
        {{ n }} chairs
 {% endblocktranslate %}
    {% comment %}{% translate "Not this" %}{% endcomment %} It's "quoted (and left open
</c-card>"""
CODE = """from django.utils.translation import gettext as say, ngettext, npgettext, pgettext_lazy as p
say("By another name")
def two():
    # Translators: for a list
    ngettext("one", "%(n)d", 2); p("a letter", "Open"); npgettext("a seat", "taken", "all taken", 2)
_("Not a name of ours here")
"""


def test_templates_and_code_give_up_all_they_say(tmp_path):
    folder = tmp_path / "setfair/a/templates"
    folder.mkdir(parents=True)
    (folder / "page.html").write_text(TEMPLATE)
    (tmp_path / "setfair/a/code.py").write_text(CODE)
    found = texts.gathered(tmp_path)
    assert {(t.context, t.words, t.plural) for t in found.values()} == {
        (None, "In a component", ""),
        (None, "After a note", ""),
        (None, "In a filter", ""),
        ("a door", "Open", ""),
        (None, "Hi %(name)s", ""),
        (None, "%(n)s chair", "%(n)s chairs"),
        (None, "By another name", ""),
        (None, "one", "%(n)d"),
        ("a letter", "Open", ""),
        ("a seat", "taken", "all taken"),
    }
    assert (found[None, "After a note"].notes, found[None, "one"].notes) == (["a note"], ["for a list"])
    assert found[None, "Hi %(name)s"].files == ["setfair/a/templates/page.html"]


# What is kept when the code changes


def kept(*entries):
    before = polib.POFile()
    before.metadata = EMPTY_ES
    before.extend(entries)
    return before


def brought_up(before, *wanted):
    after = gathering.merged(before, {text.key: text for text in wanted})
    return [(e.msgid, e.msgstr or e.msgstr_plural, e.fuzzy, bool(e.obsolete)) for e in after]


def test_a_new_text_comes_in_and_an_old_one_keeps_its_translation():
    before = kept(polib.POEntry(msgid="Yes", msgstr="Sí"))
    assert brought_up(before, texts.Text("Yes"), texts.Text("No")) == [("Yes", "Sí", False, False), ("No", {}, False, False)]


def test_what_has_gone_is_kept_aside_and_comes_back():
    before = kept(polib.POEntry(msgid="Yes", msgstr="Sí"), polib.POEntry(msgid="Empty", msgstr=""))
    gone = gathering.merged(before, {})
    assert [(e.msgid, e.msgstr, bool(e.obsolete)) for e in gone] == [("Yes", "Sí", True)]
    again = polib.pofile(str(gone))
    assert brought_up(again, texts.Text("Yes")) == [("Yes", "Sí", False, False)]


def test_a_text_that_was_changed_a_little_is_offered_its_old_translation_and_not_used():
    before = kept(polib.POEntry(msgid="You can stop at any time.", msgstr="Puedes parar cuando quieras."))
    after = gathering.merged(before, {(None, "You may stop at any time."): texts.Text("You may stop at any time.")})
    assert [(e.msgid, e.msgstr, e.fuzzy, e.translated()) for e in after if not e.obsolete] == [
        ("You may stop at any time.", "Puedes parar cuando quieras.", True, False)
    ]


def test_a_text_that_has_become_a_plural_begins_anew():
    before = kept(polib.POEntry(msgid="a chair", msgstr="una silla"))
    assert brought_up(before, texts.Text("a chair", "chairs")) == [("a chair", {0: "", 1: ""}, False, False)]


# What the catalogues say


@pytest.mark.parametrize("language", LANGUAGES)
def test_variables_and_tags_are_the_same_in_every_language(language):
    wrong = []
    for entry in (e for e in live(language).values() if e.translated()):
        allowed = [variables(entry.msgid), variables(entry.msgid_plural or entry.msgid)]
        wrong += [(entry.msgid, said) for said in translations(entry) if variables(said) not in allowed]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_all_the_forms_of_its_language(language):
    forms = int(re.search(r"nplurals=(\d)", catalogue(language).metadata["Plural-Forms"])[1])
    plurals = [entry for entry in live(language).values() if entry.msgid_plural]
    assert forms == {"es": 2, "ar": 6}[language]
    assert len(plurals) > 10
    assert [entry.msgid for entry in plurals if sorted(entry.msgstr_plural) != list(range(forms))] == []
    assert [entry.msgid for entry in plurals if not all(entry.msgstr_plural.values())] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_begins_and_ends_like_its_text(language):
    def edges(text):
        return text[:1].isspace(), text[-1:].isspace(), text[-1:] in ":"

    entries = [entry for entry in live(language).values() if entry.translated() and not entry.msgid_plural]
    assert [entry.msgid for entry in entries if entry.msgid != "Hello," and edges(entry.msgid) != edges(entry.msgstr)] == []


def test_spanish_is_whole_for_everybody_without_an_account():
    spoken, lacking = live("es"), []
    for path, told in readers.texts_by_file().items():
        lacking += [(path.name, text.words) for text in told.values() if text.key not in spoken or not spoken[text.key].translated()]
    assert lacking == []


def test_spanish_labels_and_refusals_are_whole_too():
    """What a model calls its stages and an action refuses with is shown to anyone."""
    entries = [e for e in live("es").values() if any(re.search(r"/(models|journey|actions|letters)\b", where) for where, _line in e.occurrences)]
    assert len(entries) > 200
    assert [entry.msgid for entry in entries if not entry.translated()] == []


def test_spanish_is_nearly_whole_for_staff():
    entries = live("es").values()
    assert sum(entry.translated() for entry in entries) >= WHOLE * len(entries)


# The pseudo-locale


def test_the_pseudo_locale_is_what_the_texts_make_of_it(now):
    made = {(e.msgctxt, e.msgid): translations(e) for e in gathering.spelled(now)}
    assert {key: translations(entry) for key, entry in live("ar").items()} == made


def test_the_pseudo_locale_keeps_what_is_not_for_reading():
    text = "<b>%(number)s of %(total)s</b> {link} &nbsp; ask@home.example https://home.example/ Yes?"
    spelled = pseudo.in_arabic_letters(text)
    assert re.findall(r"[A-Za-z%(){}<>/@:.;&]+", spelled) == [
        *("<b>%(number)s", "%(total)s</b>", "{link}", "&nbsp;", "ask@home.example", "https://home.example/"),
    ]
    assert spelled.endswith("ييس؟")


def test_the_pseudo_locale_has_the_six_forms_of_arabic():
    assert get_plural("ar").num_plurals == pseudo.FORMS
    assert len(set(pseudo.forms("a chair", "%(n)d chairs").values())) == 2
