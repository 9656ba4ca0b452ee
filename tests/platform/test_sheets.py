"""Every page asks for one style sheet, put together from those in which it is written."""

from io import StringIO

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.urls import reverse

from config import sheets


def test_the_one_sheet_holds_the_four_in_their_order(client):
    answer = client.get("/static/ui/setfair.css")
    assert (answer.status_code, answer["Content-Type"]) == (200, 'text/css; charset="utf-8"')
    written = "\n".join((sheets.LIE / name).read_text() for name in ("base.css", "frame.css", "forms.css", "parts.css"))
    assert b"".join(answer).decode() == written


def test_nothing_else_is_found_there():
    finder = sheets.Finder()
    assert [finder.find("ui/base.css"), finder.find("ui/base.css", find_all=True)] == ["", []]
    assert [name for name, _ in finder.list(None)] == ["ui/setfair.css"]
    assert finders.find("ui/setfair.css", find_all=True) == finder.find("ui/setfair.css", find_all=True)


def test_it_is_collected_under_a_name_that_says_its_content(settings, tmp_path):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())
    (collected,) = tmp_path.glob("ui/setfair.*.css")
    assert "/fonts/atkinson-hyperlegible-next-latin-700-normal." in collected.read_text()


@pytest.mark.django_db
def test_a_page_asks_for_it_alone(client):
    page = client.get(reverse("code")).content.decode()
    assert page.count('rel="stylesheet"') == 1
    assert 'href="/static/ui/setfair.css"' in page
