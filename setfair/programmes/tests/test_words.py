import pytest
from django.conf import settings
from django.utils import translation

from setfair.cases.models import Role
from setfair.journal.models import Entry
from setfair.programmes import wording
from setfair.programmes.actions import CannotChange, change_words
from setfair.programmes.bounds import check_letter
from setfair.programmes.letters import welcome
from setfair.programmes.models import Wording

pytestmark = pytest.mark.django_db


@pytest.fixture
def say(village):
    with village.inside():
        yield lambda seen=None, language="en", **words: change_words(
            village.school, by=village.actor("ada"), language=language, seen=seen or {}, words={k.replace("__", "."): v for k, v in words.items()}
        )


def test_the_programmes_word_stands_wherever_the_label_is_shown_and_nowhere_else(village, say):
    say(harmed="survivor")
    assert str(Role.HARMED.label) == "survivor"
    with translation.override("es"):
        assert str(Role.HARMED.label) != "survivor"
    with village.inside(village.county):
        assert str(Role.HARMED.label) == "person harmed"


def test_outside_every_programme_our_words_stand():
    assert str(Role.HARMED.label) == "person harmed"


def test_no_words_bring_ours_back(say):
    say(harmed="survivor")
    say(seen={"harmed": "survivor"}, harmed="  ")
    assert str(Role.HARMED.label) == "person harmed"
    assert not Wording.objects.exists()


def test_two_administrators_who_change_different_words_both_keep_theirs(say):
    say(harmed="survivor", responsible="")
    say(seen={"harmed": "", "responsible": ""}, harmed="", responsible="participant")
    assert (str(Role.HARMED.label), str(Role.RESPONSIBLE.label)) == ("survivor", "participant")


def test_two_who_change_the_same_word_do_not_overwrite_each_other(say):
    say(harmed="survivor")
    with pytest.raises(CannotChange, match="Somebody else"):
        say(harmed="neighbour")
    assert str(Role.HARMED.label) == "survivor"


def test_the_journal_names_the_key_and_never_the_words(say):
    say(harmed="survivor")
    assert Entry.objects.get(verb="changed_words").detail == {"keys": ["harmed"], "language": "en"}


@pytest.mark.parametrize("subject", ["Your restorative meeting", "About the harm", "Court date", "Tu acuerdo", "conference"])
def test_a_subject_that_tells_is_refused(say, subject):
    with pytest.raises(CannotChange, match="lock screens"):
        say(welcome__subject=subject)
    assert not Wording.objects.exists()


def test_a_letter_in_the_programmes_words_fills_only_its_own_gaps(village, say):
    say(welcome__subject="Hello there", welcome__body="Dear {name}: {programme}. {link} {secret} {0} {name.__class__} {{x}} 100% {")
    words = welcome(village.school, "Fadi")
    assert words.subject == "Hello there"
    link = f"{settings.SITE_ADDRESS}/account/login/"
    assert words.body == f"Dear Fadi: Northgate Room 12. {link} " + "{secret} {0} {name.__class__} {{x}} 100% {"


@pytest.mark.parametrize("body", ["Please come to the conference: {link}", "Nos vemos por el delito {link}"])
def test_a_body_that_tells_is_refused_too_because_it_may_go_as_a_text(say, body):
    with pytest.raises(CannotChange, match="lock screens"):
        say(welcome__body=body)


@pytest.mark.parametrize(
    "subject", ["A message for Hana", "Hana, you have a message", "Hello Hana", "Hola, Hana: hay un mensaje", "You and Rami Ortiz", "News. From Hana"]
)
def test_a_subject_that_seems_to_name_somebody_is_refused(say, subject):
    with pytest.raises(CannotChange, match=r"“(Hana|Rami)” looks like a name"):
        say(invitation__subject=subject)
    assert not Wording.objects.exists()


@pytest.mark.parametrize(
    "subject", ["A message from Room 12", "Northgate High: a message", "Hello, you have a message", "Please call on Monday", "May I call? On Friday"]
)
def test_a_subject_that_names_nobody_is_taken(say, subject):
    say(invitation__subject=subject)
    assert Wording.objects.get().words == subject


@pytest.mark.parametrize("body", ["Hi Hana, open {link}", "Hola, Hana: abre {link}", "Dear Rami! Open {link}"])
def test_a_text_message_that_greets_somebody_by_name_is_refused(say, body):
    with pytest.raises(CannotChange, match=r"“(Hana|Rami)” looks like a name"):
        say(invitation__body=body)


@pytest.mark.parametrize("words", ["About your mediation {link}", "The police told us {link}", "Una disculpa: {link}", "After the fight {link}"])
def test_more_words_that_say_what_it_is_about_are_refused_in_a_text_and_in_a_subject(say, words):
    for change in ({"invitation__body": words}, {"invitation__subject": words.replace(" {link}", "")}):
        with pytest.raises(CannotChange, match="lock screens"):
            say(**change)


def test_a_gap_that_nobody_fills_is_refused(say):
    for change in ({"welcome__subject": "Hello {name}"}, {"invitation__body": "Hi {name}, open {link}"}):
        with pytest.raises(CannotChange, match="Nothing is filled in for {name} here"):
            say(**change)


@pytest.mark.parametrize("language", ["en", "es"])
def test_our_own_letters_could_be_written_by_a_programme_too(village, language):
    with village.inside(), translation.override(language):
        for letter in wording.LETTERS.values():
            for part, text in (("subject", str(letter.subject)), ("body", str(letter.body))):
                check_letter(f"{letter.key}.{part}", text, programme=village.school)


def test_a_letter_keeps_its_way_in(say):
    with pytest.raises(CannotChange, match="keep {link}"):
        say(welcome__body="Hello {name}, welcome.")


def test_a_subject_is_one_line(say):
    say(welcome__subject="Hello\r\nbcc: somebody@else.example")
    assert Wording.objects.get().words == "Hello bcc: somebody@else.example"


def test_what_is_filled_in_is_not_filled_again():
    assert wording.filled("{a} {b}", {"a": "{b}", "b": "x"}) == "{b} x"


def test_every_letter_we_ship_has_a_quiet_subject_and_gaps_that_are_declared(village):
    with village.inside():
        for letter in wording.LETTERS.values():
            words = letter.words(**dict.fromkeys(letter.fields, "x"))
            assert "{" not in words.body, letter.key
            assert "{" not in str(letter.subject), letter.key
