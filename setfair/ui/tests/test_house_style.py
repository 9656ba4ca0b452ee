"""What holds for every template, style sheet, script and font of the house, read off the files."""

import gzip
import hashlib
import re
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.formats import date_format

from setfair.ui import views

KIT = Path(views.__file__).parent
HOUSE = KIT.parent
TEMPLATES = sorted(HOUSE.rglob("templates/**/*.html"))
STYLES = sorted((KIT / "static/ui").glob("*.css"))
SCRIPTS = sorted((KIT / "static/ui").glob("*.js"))
ON_EVERY_PUBLIC_PAGE = [
    "base.css",
    "frame.css",
    "forms.css",
    "parts.css",
    "exit.js",
    "idle.js",
    "lift.js",
    "fills.js",
    "aloud.js",
    "leaf.svg",
    "drawings.svg",
]
FONTS = sorted((KIT / "static/vendor/fonts").glob("*.woff2"))
LETTERS_ON_THEIR_OWN = {"email.html"}
"""An e-mail is no page: mail readers know no style sheet. It is shown behind its own policy."""

INLINE = {
    "an inline style": re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE),
    "an inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "a script of its own": re.compile(r"<script(?![^>]*\s(?:src=|type=\"application/json\"))", re.IGNORECASE),
    "a script: address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
    "something from another place": re.compile(r"<(?:script|img|link|iframe|source)[^>]*\s(?:src|href)=[\"']\s*(?:https?:)?//", re.IGNORECASE),
}
PHYSICAL = re.compile(r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)|text-align:\s*(?:left|right)|float:\s*(?:left|right))")


def gz(path):
    return len(gzip.compress(path.read_bytes(), 9))


def without_comments(source):
    return re.sub(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", "", source, flags=re.DOTALL)


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds(what):
    read = [path for path in TEMPLATES if path.name not in LETTERS_ON_THEIR_OWN]
    assert len(read) > 60
    assert [str(path.relative_to(HOUSE)) for path in read if INLINE[what].search(without_comments(path.read_text()))] == []


@pytest.mark.parametrize(
    ("what", "planted"),
    [
        ("an inline style", '<p style="color:red">'),
        ("an inline handler", '<a onclick="go()">'),
        ("a script of its own", "<script>go()</script>"),
        ("a script: address", '<a href="javascript:go()">'),
        ("something from another place", '<img alt="" src="https://far.example/x.png">'),
    ],
)
def test_the_rule_above_would_see_it(what, planted):
    assert [name for name, sign in INLINE.items() if sign.search(planted)] == [what]


WRITTEN = re.compile(r"""\|(?:date|time):["']([^"']*)|(?:date|time)_format\([^\n]*, ["']([^"']*)["']\)""")
IN_ONE_PLACE = {"DATE_FORMAT", "DATETIME_FORMAT", "TIME_FORMAT", "MONTH_DAY_FORMAT", "YEAR_MONTH_FORMAT", "l", "D", "c"}
"""The names under which `config/formats` and Django keep how days and times are written, a weekday alone, and what only machines read."""


def test_days_and_times_are_written_in_one_way():
    """No page and no letter has a way of its own to write a day."""
    read = TEMPLATES + [path for path in HOUSE.rglob("*.py") if "tests" not in path.parts]
    found = {path.name: {a or b for a, b in WRITTEN.findall(path.read_text())} - IN_ONE_PLACE for path in read}
    assert {name: ways for name, ways in found.items() if ways} == {}


@pytest.mark.parametrize(("language", "said"), [("en", "21 Nov 2026, 3:30 p.m."), ("es", "21 de noviembre de 2026 a las 15:30")])
def test_a_day_reads_the_same_for_everyone(language, said):
    with translation.override(language):
        assert date_format(datetime(2026, 11, 21, 15, 30), "DATETIME_FORMAT") == said


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_know_no_left_and_right(path):
    assert PHYSICAL.findall(path.read_text()) == []


@pytest.mark.parametrize("path", [path for path in STYLES if path.name != "base.css"], ids=lambda path: path.name)
def test_colours_are_named_in_one_place(path):
    """A screen being left is white, and paper is black on white; all else has a name."""
    plain = {"frame.css": {"#FFFFFF"}, "parts.css": {"#FFFFFF", "#000000", "#333333", "#999999"}}
    assert set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", path.read_text())) == plain.get(path.name, set())


def test_every_class_of_a_template_has_a_style():
    known = set(re.findall(r"\.([a-z][a-z0-9-]*)", "".join(path.read_text() for path in STYLES)))
    used = set()
    for path in (path for path in TEMPLATES if path.name not in LETTERS_ON_THEIR_OWN):
        source = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "\0", path.read_text(), flags=re.DOTALL)
        used |= {name for names in re.findall(r'class="([^"]*)"', source) for name in names.split() if "\0" not in name}
    assert used - known == set()


def test_weights():
    """The promise for a phone: see README. A page adds its own few thousand letters to this."""
    sheets, scripts = sum(map(gz, STYLES)), sum(map(gz, SCRIPTS))
    fonts = sum(path.stat().st_size for path in FONTS if "arabic" not in path.name)
    first_load = sum(gz(KIT / "static/ui" / name) for name in ON_EVERY_PUBLIC_PAGE) + fonts
    assert (sheets <= 15_000, scripts <= 25_000, first_load <= 60_000) == (True, True, True), (sheets, scripts, first_load)


def test_fonts_are_three_small_files_whose_origin_is_written_down():
    told = (KIT / "static/vendor/VENDOR.md").read_text()
    found = {f"`fonts/{path.name}` | `{hashlib.sha256(path.read_bytes()).hexdigest()}`" for path in FONTS}
    assert {line for line in found if line not in told} == set()
    assert len(FONTS) == 3
    assert max(path.stat().st_size for path in FONTS) < 22_000
    assert [path.name for path in FONTS if not (path.parent / f"LICENSE-{path.name.split('-latin')[0].split('-arabic')[0]}.txt").exists()] == []


def test_the_mark_is_one_small_drawing():
    mark = (KIT / "static/ui/mark.svg").read_bytes()
    drawn = re.findall(r'd="([^"]+)"', mark.decode())
    assert len(mark) < 1000
    assert re.findall(r'd="([^"]+)"', (KIT / "templates/cotton/mark.html").read_text()) == drawn
    assert [path.count("a2.25") // 2 for path in drawn] == [8, 0]


def test_scripts_keep_nothing_on_the_device():
    """But for the cookies that say that somebody is on their way out, and that something sealed waits on this device. Three ask the server: two
    to say that somebody is there, and one whether it is over."""
    kept = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie|fetch\(|XMLHttpRequest|innerHTML|eval\(")
    found = {path.name: kept.findall(path.read_text()) for path in SCRIPTS}
    told = {"exit.js": ["document.cookie"] * 3, "gone.js": ["document.cookie", "fetch("], "idle.js": ["fetch("], "stay.js": ["fetch("]}
    assert {name: said for name, said in found.items() if said} == told
