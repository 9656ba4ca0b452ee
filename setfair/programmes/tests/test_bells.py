"""A bell schedule is read row by row, counts from then on, moves the windows that name its periods, and is taken back."""

from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from setfair.core import clock
from setfair.programmes.actions import CannotChange, ring, unring
from setfair.programmes.bells import read, ringing
from setfair.programmes.models import Bells, Period, Window
from setfair.scheduling.open_days import open_between

LIST = """schedule,day_pattern,period,start,end,kind
Normal,Mon-Fri,1,8:00,8:45,lesson
Normal,Mon-Fri,Lunch,12:00,12:50,lunch
Early closing,,Lunch,10:30,11:10,lunch
"""
OTHER = "date,schedule\n2027-01-13,Early closing\n"
TUESDAY, WEDNESDAY = date(2027, 1, 12), date(2027, 1, 13)


def test_a_list_is_read_as_it_says():
    found = read(LIST, OTHER)
    assert (found.wrong, found.schedules, found.days) == ([], ["Normal", "Early closing"], {WEDNESDAY: "Early closing"})
    assert [(r.name, r.days, r.starts, r.kind) for r in found.rows][0] == ("1", (0, 1, 2, 3, 4), time(8), "lesson")
    assert read(LIST.replace(",", ";").replace("8:00", "8:00 AM"), OTHER.replace(",", ";")) == found


@pytest.mark.parametrize(
    ("list_", "other", "wrong"),
    [
        ("", "", ["There is no period in it."]),
        ("schedule,period\na,b", "", ["The first row names no column day_pattern, start, end, kind."]),
        (LIST.replace("12:50", "11:50"), "", ["Row 3: it ends before it starts."]),
        (LIST.replace("12:00", "25:00"), "", ["Row 3: “25:00” is no time. Please write it like 8:05 or 14:30."]),
        (LIST.replace(",lesson", ",break"), "", ["Row 2: “break” is none of lesson, lunch, before, after."]),
        (LIST.replace("Mon-Fri,1", "Noday,1"), "", ["Row 2: “Noday” is no day of the week."]),
        (LIST.replace("closing,,", "closing,Fri,"), "", ["Friday has more than one schedule: Normal, Early closing. Please name it in one alone."]),
        (LIST, "date,schedule\n13.1.2027,Normal", ["Other days, row 2: “13.1.2027” is no date. Please write it like 2027-03-05."]),
        (LIST, "date,schedule\n2027-01-13,Late", ["Other days, row 2: there is no schedule “Late”."]),
        (LIST, OTHER + "2027-01-13,Normal", ["Other days, row 3: that day has another schedule already."]),
    ],
)
def test_what_cannot_be_is_told_by_its_row(list_, other, wrong):
    assert read(list_, other).wrong == wrong


def test_days_are_named_in_the_readers_language():
    with translation.override("es"):
        assert read(LIST.replace("closing,,", "closing,Fri,")).wrong[0].startswith("viernes ")


@pytest.mark.parametrize(
    ("said", "days"),
    [("Mon-Fri", (0, 1, 2, 3, 4)), ("Tue, Thu", (1, 3)), ("lun – mié", (0, 1, 2)), ("Sat-Mon", (0, 5, 6)), ("wednesday", (2,)), ("", ())],
)
def test_days_of_the_week_are_written_in_many_ways(said, days):
    list_ = f'schedule,day_pattern,period,start,end,kind\nA,"{said}",1,8:00,9:00,lesson'
    assert [r.days for r in read(list_).rows] == [days]


@pytest.mark.django_db
def test_a_window_of_a_period_moves_with_the_bells_and_back(village):
    with village.inside():
        ada, school = village.actor("ada"), village.school
        Window.objects.all().delete()
        for day in (TUESDAY, WEDNESDAY):
            Window.objects.create(name="Lunch", period="lunch", weekday=day.weekday(), starts=time(12, 10), ends=time(13))

        def begins():
            return [clock.local(s.starts, school.zone).time() for s in open_between(school, TUESDAY, WEDNESDAY)]

        assert begins() == [time(12, 10), time(12, 10)]
        first = ring(read(LIST, OTHER), by=ada)
        assert begins() == [time(12), time(10, 30)]
        second = ring(read(LIST.replace("Early closing,,Lunch", "Early closing,,Assembly"), OTHER), by=ada)
        assert begins() == [time(12)], "there is no lunch that day"
        unring(second, by=ada)
        assert begins() == [time(12), time(10, 30)]
        unring(first, by=ada)
        assert begins() == [time(12, 10), time(12, 10)]
        assert (ringing().periods, Bells.objects.count(), Period.objects.count()) == ([], 2, 6)
        with pytest.raises(CannotChange, match="Row 3"):
            ring(read(LIST.replace("12:50", "11:50")), by=ada)


@pytest.mark.django_db
def test_it_is_looked_through_before_it_counts(village, client):
    ada = village.sign_in(client, "ada")
    url = reverse("settings_bells")
    wrong = ada.post(url, {"periods": LIST.replace("12:50", "11:50"), "step": "use"})
    assert (wrong.status_code, "Row 3: it ends before it starts." in wrong.content.decode()) == (422, True)
    looked = ada.post(url, {"periods": LIST, "days": OTHER, "step": "look"})
    assert (looked.status_code, "So it would be." in looked.content.decode()) == (200, True)
    with village.inside():
        assert Bells.objects.count() == 0
    assert ada.post(url, {"periods": LIST, "days": OTHER, "step": "use"}).status_code == 302
    with village.inside():
        bells = Bells.objects.get()
    assert "Early closing" in ada.get(url).content.decode()
    back = reverse("settings_bells_back", args=[bells.pk])
    other = village.sign_in(client, "nour")
    assert (other.post(back).status_code, village.sign_in(client, "cora").get(url).status_code) == (404, 404)
    assert village.sign_in(client, "ada").post(back).status_code == 302
    with village.inside():
        assert Bells.objects.get().undone_at is not None


@pytest.mark.django_db
def test_a_file_is_looked_through_and_then_stands_in_the_form(village, client):
    ada, url = village.sign_in(client, "ada"), reverse("settings_bells")
    assert "Please paste the schedule" in ada.post(url, {"step": "look"}).content.decode()
    for spelling in ("utf-8-sig", "utf-16", "cp1252"):
        sent = SimpleUploadedFile("bells.csv", LIST.replace("Early", "Früher").encode(spelling))
        looked = ada.post(url, {"periods_file": sent, "periods": "old", "step": "use"})
        page = looked.content.decode()
        assert (looked.status_code, "So it would be." in page, "Früher closing,,Lunch" in page, ">old" in page) == (200, True, True, False)
    with village.inside():
        assert Bells.objects.count() == 0
    for other in (b"%PDF-1\0\x81", b"x" * 200_001):
        refused = ada.post(url, {"periods_file": SimpleUploadedFile("bells.pdf", other)})
        assert (refused.status_code, "This file cannot be read." in refused.content.decode()) == (422, True)
    both = {"periods_file": SimpleUploadedFile("a.csv", LIST.encode()), "days_file": SimpleUploadedFile("b.csv", OTHER.encode())}
    form = ada.post(url, both).context["form"]
    assert ada.post(url, {name: form[name].value() for name in ("periods", "days")} | {"step": "use"}).status_code == 302
    with village.inside():
        assert (Period.objects.count(), Bells.objects.get().other_days.count()) == (3, 1)
