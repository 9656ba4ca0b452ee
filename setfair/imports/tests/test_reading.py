"""Whatever a spreadsheet wrote is read, or refused with what to do."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from setfair.core.apart import by_a_child
from setfair.core.bounds import NotTaken
from setfair.imports.forms import READER
from setfair.imports.kinds.fields import Unread, guess_days, read_day


def rows(data):
    told, out = by_a_child(READER, data)
    lines = out.decode().splitlines()
    assert len(lines) == told["rows"]
    return lines


TABLE = 'Name;Año\r\nJosé;"a;b\r\nc"\r\n\r\nÓscar;2\r\n'
READ = ['[1, ["Name", "Año"]]', '[2, ["José", "a;b\\r\\nc"]]', '[4, ["Óscar", "2"]]']


@pytest.mark.parametrize("spelling", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("between", [";", ",", "\t"])
def test_each_spelling_and_sign_between_cells(spelling, between):
    text = TABLE.replace(";", between)
    assert rows(text.encode(spelling)) == [line.replace("a;b", f"a{between}b".replace("\t", "\\t")) for line in READ]


def test_a_line_that_names_the_sign_is_no_row():
    assert rows(b"sep=;\r\nA;B\r\n") == ['[2, ["A", "B"]]']


def test_a_workbook():
    book = Workbook()
    book.active.append(["Name", "Day", "Year"])
    book.active.append(["Ada", __import__("datetime").date(2026, 3, 27), 1990.0])
    out = io.BytesIO()
    book.save(out)
    assert rows(out.getvalue()) == ['[1, ["Name", "Day", "Year"]]', '[2, ["Ada", "2026-03-27", "1990"]]']


def test_what_is_hidden_in_a_workbook_is_not_read():
    book, out = Workbook(), io.BytesIO()
    book.active.append(["Old", "Hidden"])
    book.create_sheet("Now").append(["Name", "Day"])
    book.worksheets[0].sheet_state = "hidden"
    book.active = 1
    book.save(out)
    assert rows(out.getvalue()) == ['[1, ["Name", "Day"]]']


def trap(change):
    """A workbook whose sheet was changed by hand."""
    book, kept, out = Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["Name", "Ada"])
    book.save(kept)
    with zipfile.ZipFile(kept) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in parts.namelist():
            data = parts.read(name)
            changed.writestr(name, change(data) if name.endswith("sheet1.xml") else data)
    return out.getvalue()


LAUGHS = b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">%s]>' % b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
OUTSIDE = b'<!DOCTYPE l [<!ENTITY j SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("begins", [LAUGHS, OUTSIDE])
def test_a_workbook_with_words_that_stand_for_others_is_refused(begins):
    with pytest.raises(NotTaken, match="broken_table"):
        rows(trap(lambda sheet: begins + sheet.replace(b"Ada", b"&j;")))


def test_a_workbook_that_unfolds_without_an_end_is_refused():
    with pytest.raises(NotTaken, match="bomb"):
        rows(trap(lambda sheet: sheet.replace(b"Ada", b"A" * 140_000_000)))


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty"), (b"%PDF-1.7", "other_file"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "other_file"), (b"PK\x03\x04...", "broken_table")],
)
def test_what_is_no_list_is_refused(data, code):
    with pytest.raises(NotTaken) as refused:
        rows(data)
    assert refused.value.code == code


@pytest.mark.parametrize("spelling", ["cp1251", "cp1253", "cp1255", "cp1256"])
def test_letters_that_a_machine_elsewhere_wrote_are_not_read_as_noise(spelling):
    words = {"cp1251": "драка", "cp1253": "καβγάς", "cp1255": "ריבים", "cp1256": "مشاجرة"}[spelling]
    with pytest.raises(NotTaken, match="spelling"):
        rows(f"Name;Story\r\nAda;{words}\r\n".encode(spelling))


def test_fifty_thousand_rows_with_a_mark_and_semicolons_are_read_in_the_time_that_a_file_has():
    data = ("Source;Story\r\n" + "".join(f"parent;Words in the yard {n}\r\n" for n in range(50_000))).encode("utf-8-sig")
    assert len(rows(data)) == 50_001
    with pytest.raises(NotTaken, match="too_many_rows"):
        rows(data + b"one;more\r\n")


def test_days_are_read_whichever_way_round():
    assert [read_day(text, "dmy") for text in ("2026-03-27", "27/03/2026", "27.3.26", "2026-03-27 08:30")] == ["2026-03-27"] * 4
    assert read_day("3/27/2026", "mdy") == "2026-03-27"
    assert (guess_days(["1/2/2026", "3/27/2026"]), guess_days(["1/2/2026"])) == ("mdy", "dmy")
    for text in ("soon", "31/02/2026"):
        with pytest.raises(Unread):
            read_day(text, "dmy")
