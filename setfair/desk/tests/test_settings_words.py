import re

import pytest
from django.test import Client
from django.urls import reverse

from setfair.programmes.models import Script, Wording
from setfair.programmes.scripts import running_script

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(village, client):
    return village.sign_in(client, "ada")


class TestWords:
    def test_a_word_is_set_in_one_language_and_shown_as_it_was(self, village, ada):
        answer = ada.post("/settings/words/?language=es", {"harmed": "persona afectada", "seen-harmed": ""})
        assert answer.status_code == 302
        with village.inside():
            assert list(Wording.objects.values_list("key", "language", "words")) == [("harmed", "es", "persona afectada")]
        assert "persona afectada" in ada.get("/settings/words/?language=es").content.decode()
        assert "persona afectada" not in ada.get("/settings/words/").content.decode()

    def test_every_letter_is_shown_as_people_get_it(self, village, ada):
        page = ada.get("/settings/letters/").content.decode()
        assert "You have been added to a team" in page
        assert "Northgate Room 12 has added you to its team." in page
        assert "{" not in re.sub(r"(?s)<script.*?</script>", "", page)

    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [("subject", "About the harm", "lock screens"), ("body", "Come to the circle {link}", "lock screens"), ("body", "Hello", "keep {link}")],
    )
    def test_telling_words_in_a_letter_are_refused_and_kept_in_the_form(self, village, ada, field, value, says):
        answer = ada.post("/settings/letters/welcome/", {field: value})
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert answer.context["form"][field].value() == value
        with village.inside():
            assert not Wording.objects.exists()

    def test_a_letter_that_is_not_ours_is_not_there(self, ada):
        assert ada.get("/settings/letters/nothing/").status_code == 404

    def test_markup_in_a_letter_stays_text(self, village, ada):
        ada.post("/settings/letters/welcome/", {"body": "<script>alert(1)</script> {link}"})
        assert "<script>alert(1)" not in ada.get("/settings/letters/welcome/").content.decode()


class TestScripts:
    @pytest.fixture
    def script(self, village):
        with village.inside():
            return running_script(village.school, "en")

    def data(self, client, script):
        pages = client.get(reverse("settings_script", args=[script.pk])).context["form"].pages
        data = {f"form-{k}": v for k, v in (("TOTAL_FORMS", len(pages.forms)), ("INITIAL_FORMS", pages.initial_form_count()))}
        for form in pages.forms:
            data |= {
                f"{form.prefix}-{name}": form[name].value()
                for name in form.fields
                if form[name].value() is not None and form[name].value() is not False
            }
        return data

    def test_rewriting_moving_and_taking_out_pages_makes_a_new_version(self, village, ada, script):
        data = self.data(ada, script)
        data |= {"form-0-title": "A new beginning", "form-1-DELETE": "on"}
        answer = ada.post(reverse("settings_script", args=[script.pk]), data)
        assert answer.status_code == 302
        with village.inside():
            new = running_script(village.school, "en")
            assert (new.version, new.pages.first().title) == (2, "A new beginning")
            assert new.pages.count() == script.pages.count() - 1

    def test_ours_is_read_before_it_is_taken(self, village, ada, script):
        url = reverse("settings_script", args=[script.pk])
        assert "Read ours" not in ada.get(url).content.decode()
        data = self.data(ada, script) | {"form-0-title": "A new beginning"}
        assert ada.post(url, data).status_code == 302
        with village.inside():
            new = running_script(village.school, "en")
        url = reverse("settings_script", args=[new.pk])
        assert "Read ours" in ada.get(url).content.decode()
        offered = ada.get(url + "?ours")
        assert [form["title"].value() for form in offered.context["form"].pages][0] == "Arrive and settle"
        with village.inside():
            assert running_script(village.school, "en").version == 2

    def test_a_page_without_words_is_named_and_nothing_is_saved(self, village, ada, script):
        answer = ada.post(reverse("settings_script", args=[script.pk]), self.data(ada, script) | {"form-0-words": ""})
        assert answer.status_code == 422
        assert "one of them is not complete" in answer.content.decode()

    def test_the_second_of_two_is_told(self, village, ada, script):
        data, url = self.data(ada, script), reverse("settings_script", args=[script.pk])
        assert ada.post(url, data).status_code == 302
        late = ada.post(url, data | {"form-0-title": "Mine"})
        assert late.status_code == 422
        assert "Mine" in late.content.decode()

    def test_a_forged_form_does_no_harm(self, village, ada, script):
        url = reverse("settings_script", args=[script.pk])
        for data in ({}, {"form-TOTAL_FORMS": "9999", "form-INITIAL_FORMS": "0"}, {"form-TOTAL_FORMS": "x"}):
            assert ada.post(url, data).status_code == 422

    def test_another_script_is_used_with_a_press_and_by_nobody_from_next_door(self, village, ada, script):
        assert ada.post(reverse("settings_script_copy", args=[script.pk]), {"name": "Short", "language": "en", "way": "meet"}).status_code == 302
        with village.inside():
            short = Script.objects.get(name="Short")
        use = reverse("settings_script_use", args=[short.pk])
        for who in ("lena", "cora", "ines"):
            assert village.sign_in(Client(), who).post(use).status_code == 404
        with village.inside():
            assert running_script(village.school, "en") == script
        assert "Use this one" in ada.get("/settings/scripts/").content.decode()
        assert [ada.post(use).status_code for _time in (1, 2)] == [302, 302]
        with village.inside():
            assert running_script(village.school, "en") == short

    def test_ours_for_other_ways_are_brought_in_once(self, village, ada, script):
        assert "Bring them in" not in ada.get("/settings/scripts/").content.decode()
        with village.inside():
            Script.objects.filter(way="call").update(name="Old call")
        assert "Bring them in" in ada.get("/settings/scripts/").content.decode()
        assert [ada.post(reverse("settings_scripts_ours")).status_code for _time in (1, 2)] == [302, 302]
        with village.inside():
            assert Script.objects.filter(way="call").count() == 4

    def test_a_copy_begins_a_new_script(self, village, ada, script):
        url = reverse("settings_script_copy", args=[script.pk])
        for _twice in range(2):
            assert ada.post(url, {"name": "Short", "language": "en"}).status_code == 302
        assert ada.post(url, {"name": script.name, "language": "en"}).status_code == 422
        assert "Short" in ada.get("/settings/scripts/").content.decode()
