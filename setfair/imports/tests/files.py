"""Lists to bring in, as a test and a hand would."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from setfair.imports.journey import BUSY
from setfair.imports.models import Table
from setfair.imports.tasks import go_on

REQUESTS = "Source;Name;Story;Email;Date\nparent;Ada Doe;A fight after the game;ada@home.example;2026-01-05\npolice;;Broken window;;\n"
CASES = (
    "Case no,Opened,Matter,Victim,Victim phone,Offender,Facilitator\n"
    "24-017,11/02/2026,A fight,Toni Example,555 0100 200,Alex Sample; Sam Sample,\n"
    "24-018,12/02/2026,A bicycle,Kim Example,,Lou Sample,\n"
)
PEOPLE = (
    "Case,Name,Role,Stands by,Legal guardian,Year of birth\n"
    "24-017,Mara Example,guardian,Toni Example,yes,\n"
    "24-018,Pat Example,supporter,Kim Example,,1990\n"
    "24-018,Ola Example,supporter,Nobody There,,\n"
)


def sent(text, name="list.csv"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def brought(client, kind, text):
    """The page that a file leads to."""
    answer = client.post(reverse("list_new", args=[kind]), {"file": sent(text)})
    assert answer.status_code == 302, answer.context["form"].errors
    return answer["Location"]


def guessed(client, page, **said):
    """Take the columns as they were guessed, and have the rows looked through."""
    form = client.get(page).context["form"]
    given = {name: form[name].initial or "" for name in form.fields} | said
    if not given["has_names"]:
        del given["has_names"]
    answer = client.post(page, given)
    assert answer.status_code == 302, answer.context["form"].errors
    return worked(client, page)


def let_in(client, page, **said):
    client.post(page + "run/", said)
    return worked(client, page)


def worked(client, page):
    """The page once the worker has nothing to do with it any more, however slow the machine."""
    while (answer := client.get(page)).context["table"].stage in BUSY:
        go_on()
    return answer


def only(village):
    with village.inside():
        return Table.objects.get()
