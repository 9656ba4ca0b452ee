"""Terms and days off come out of a calendar: looked through first, each once, and never from an address of ours."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from setfair.calendars import dates, fetching
from setfair.calendars.dates import Days, days_in
from setfair.calendars.reading import Unreadable
from setfair.programmes.models import Closure, Term
from setfair.village.time import at

MONDAY = datetime(2027, 1, 11, 14, tzinfo=UTC)
ZONE = "America/New_York"


def event(name, first, last="", more=""):
    ends = f"DTEND;VALUE=DATE:{last}\r\n" if last else ""
    return (
        f"BEGIN:VEVENT\r\nUID:{name}{first}\r\nDTSTAMP:20260801T000000Z\r\nSUMMARY:{name}\r\nDTSTART;VALUE=DATE:{first}\r\n{ends}{more}END:VEVENT\r\n"
    )


def calendar(*events):
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n{''.join(events)}END:VCALENDAR\r\n".encode()


SCHOOL = calendar(
    event("Autumn Semester", "20260901", "20261219"),
    event("Spring Semester", "20270104", "20270611"),
    event("Spring Break", "20270329", "20270403"),
    event("Memorial Day", "20270531"),
    event("Memorial Day", "20270531"),
    event("Final Exams", "20270601", "20270605"),
    event("Snow day: school closed", "20270201"),
    event("Semester begins", "20270104"),
    event("Picture Day", "20270210"),
    event("Staff party", "20270211", more="STATUS:CANCELLED\r\n"),
    "BEGIN:VEVENT\r\nUID:z\r\nDTSTAMP:20260801T000000Z\r\nSUMMARY:Assembly\r\nDTSTART:20270212T150000Z\r\nDTEND:20270212T160000Z\r\nEND:VEVENT\r\n",
)


def test_whole_days_that_are_not_over_are_read_each_once_with_what_they_seem_to_be():
    with at(MONDAY):
        found = days_in(SCHOOL, zone=ZONE)
    assert found == [
        Days(date(2027, 1, 4), date(2027, 6, 10), "Spring Semester", "term"),
        Days(date(2027, 2, 1), date(2027, 2, 1), "Snow day: school closed", "closed"),
        Days(date(2027, 2, 10), date(2027, 2, 10), "Picture Day", ""),
        Days(date(2027, 3, 29), date(2027, 4, 2), "Spring Break", "holiday"),
        Days(date(2027, 5, 31), date(2027, 5, 31), "Memorial Day", "court"),
        Days(date(2027, 6, 1), date(2027, 6, 4), "Final Exams", "exam"),
    ]


def test_what_repeats_each_year_is_there_in_each_and_too_much_is_refused():
    with at(MONDAY):
        yearly = days_in(calendar(event("Founders Day closed", "20200504", more="RRULE:FREQ=YEARLY\r\n")), zone=ZONE)
        assert [d.first.year for d in yearly] == [2027, 2028]
        for data in (calendar(*(event(f"Day {n}", "20270504") for n in range(101))), b"<html>", b"x" * 2_000_001):
            with pytest.raises(Unreadable):
                days_in(data, zone=ZONE)


def sent(data=SCHOOL):
    return SimpleUploadedFile("school.ics", data)


@pytest.mark.django_db
def test_it_is_looked_through_before_it_counts_and_taken_in_once(village, client):
    url = reverse("settings_dates")
    with at(MONDAY):
        ada = village.sign_in(client, "ada")
        looked = ada.post(url, {"file": sent()})
        page = looked.content.decode()
        assert (looked.status_code, page.count("<select"), "Assembly" in page, "Staff party" in page) == (200, 6, False, False)
        choosing = looked.context["choosing"]
        given = {"found": choosing.token} | {name: field.initial for name, field in choosing.form.fields.items()}
        with village.inside():
            before = Term.objects.count(), Closure.objects.count()
        for _twice in range(2):
            assert ada.post(url, given).status_code == 302
        with village.inside():
            assert (Term.objects.count() - before[0], Closure.objects.count() - before[1]) == (1, 4)
            assert Closure.objects.get(name="Memorial Day").kind == "court"
            assert (Term.objects.get(name="Spring Semester").ends_on, Closure.objects.filter(name="Picture Day").exists()) == (
                date(2027, 6, 10),
                False,
            )
        again = ada.post(url, {"file": sent()})
        assert (again.content.decode().count("<select"), len(again.context["choosing"].known)) == (1, 5)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"address": ""}, "Please choose a file, or write an address."),
        ({"file": b"<html>"}, "it is no calendar."),
        ({"file": calendar(event("Long ago", "20200101"))}, "There is no whole day in it that still lies ahead."),
        ({"address": "http://localhost/x.ics"}, "This address cannot be used."),
        ({"address": "https://127.0.0.1/x.ics"}, "This address cannot be used."),
        ({"found": "made-up"}, "Please look it through once more."),
    ],
)
def test_what_cannot_be_read_is_said_and_writes_nothing(village, client, given, sentence):
    given = {name: sent(value) if isinstance(value, bytes) else value for name, value in given.items()}
    with at(MONDAY):
        answer = village.sign_in(client, "ada").post(reverse("settings_dates"), given)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


@pytest.mark.django_db
def test_an_address_is_read_once_with_little_patience(village, client, monkeypatch):
    asked = []
    monkeypatch.setattr(dates, "fetch", lambda address, *, seconds: asked.append((address, seconds)) or SCHOOL)
    with at(MONDAY):
        page = village.sign_in(client, "ada").post(reverse("settings_dates"), {"address": "webcal://school.example/days.ics"}).content.decode()
    assert (asked, "Spring Break" in page, "school.example" in page) == ([("https://school.example/days.ics", 6.0)], True, False)
    assert fetching.SECONDS == 15.0


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("cora", 404), ("fadi", 404), ("mina", 404)])
def test_who_may_bring_in_days(village, client, who, status):
    assert village.sign_in(client, who).get(reverse("settings_dates")).status_code == status
