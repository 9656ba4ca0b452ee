"""Each component draws what its line in the README says, in the gallery and by itself."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import reverse
from django_cotton.compiler_regex import CottonCompiler

from setfair.ui import samples, views

KIT = Path(views.__file__).parent
COMPONENTS = sorted(path.stem.replace("_", "-") for path in (KIT / "templates/cotton").glob("*.html"))
PARTS_OF_ANOTHER = {"field-notes", "moment", "messages"}


def draw(source, **context):
    """The words a page would show for this piece of template, spaces evened out."""
    template = engines["django"].from_string(CottonCompiler().process("{% load ui %}" + source))
    return re.sub(r"\s+", " ", template.render(context, RequestFactory().get("/"))).strip()


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def uses(path):
    return set(re.findall(r"<c-([a-z-]+)", path.read_text())) - {"slot", "vars"}


def given_in_vain(path):
    """What this template hands to a component that neither takes it nor passes it on."""
    for name, rest in re.findall(r"<c-([a-z-]+)((?:\s+:?[a-z_-]+(?:=\"[^\"]*\")?)*)\s*/?>", path.read_text()):
        if name in COMPONENTS and "attrs" not in (taken := (KIT / f"templates/cotton/{name.replace('-', '_')}.html").read_text()):
            known = re.search(r"<c-vars ([^\n]*)", taken)
            named = set(re.findall(r"(\w+)=", known[1] if known else "")) | set(re.findall(r"{[{%][^}]*?(\w+)", taken))
            yield from (
                f"{path.name}: {name} {key}" for key in re.findall(r"\s:?([a-z_-]+)=", re.sub(r"{[{%].*?[%}]}", "", rest)) if key not in named
            )


def test_what_a_page_hands_to_a_component_is_taken_by_it():
    pages = sorted(KIT.parent.rglob("templates/**/*.html"))
    assert [fault for page in pages for fault in given_in_vain(page)] == []


def test_the_gallery_shows_every_component():
    pages = [*(KIT / "templates/ui").rglob("*.html")]
    assert set().union(*map(uses, pages)) | PARTS_OF_ANOTHER == set(COMPONENTS)


@pytest.mark.parametrize("name", COMPONENTS)
def test_the_readme_names_every_component(name):
    if name in PARTS_OF_ANOTHER - {"moment", "messages"}:
        return
    assert f"<c-{name}" in (KIT / "README.md").read_text()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/ui/", *(f"/ui/{name}/" for name in views.PAGES)])
def test_a_page_of_the_gallery_has_one_heading_and_a_title_that_tells_nothing(client, path):
    page = client.get(path)
    html = page.content.decode()
    assert page.status_code == 200
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert text(re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1]) == "Meeting"
    assert re.search(r'<html lang="en" dir="ltr"', html)


@pytest.mark.django_db
def test_a_page_that_the_gallery_does_not_have(client):
    assert client.get("/ui/nothing/").status_code == 404


@pytest.mark.django_db
def test_the_theme_can_be_asked_for_and_nothing_else_can_be_slipped_in(client):
    url = reverse("gallery")
    asked = [client.get(url, {"theme": theme}).content.decode() for theme in ("dark", 'x" onload="y')]
    assert [' data-theme="dark"' in html for html in asked] == [True, False]
    assert "onload" not in asked[1]


def test_a_button_is_a_link_when_it_leads_somewhere():
    assert draw('<c-button href="/a/" kind="filled">Go</c-button>') == '<a class="button button--filled" href="/a/">Go</a>'
    sent = draw('<c-button name="answer" value="no" :hidden="True">No</c-button>')
    assert sent == '<button class="button button--outlined" type="submit" hidden name="answer" value="no">No</button>'


@pytest.mark.parametrize("source", ['<c-button :title="words">x</c-button>', '<c-card :title="words">x</c-card>', '<c-person :name="words" />'])
def test_words_from_people_are_never_markup(source):
    html = draw(source, words='"><script>alert(1)</script>')
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_blocked_task_is_words_and_never_a_link():
    html = draw('<c-task title="Ready?" href="/r/" status="blocked" />')
    assert (text(html), "<a" in html) == ("Ready? Cannot start yet", False)


@pytest.mark.parametrize(("status", "words"), [("done", "Completed"), ("doing", "In progress"), ("todo", "Not yet started")])
def test_a_task_says_its_status_in_words(status, words):
    assert text(draw(f'<c-task title="Talk" href="/t/" status="{status}" />')) == f"Talk {words}"


def test_a_person_in_a_task_list_has_their_shape_and_a_tag():
    html = draw('<c-task title="Dana" shape="diamond" role="person harmed" href="/d/" note="2 of 3 done" tag="done" words="Yes, 3 Dec" />')
    assert text(html) == "Dana person harmed 2 of 3 done Yes, 3 Dec"
    assert (html.count("<a "), 'class="tag tag--done"' in html, "task-status" in html) == (1, True, True)


def test_the_stepper_says_where_it_stands_on_a_phone_and_to_a_listener():
    html = draw('<c-stepper :steps="steps" />', steps=samples.steps(2))
    assert text(re.search(r"<p class.*?</p>", html)[0]) == "3 of 7 Preparing"
    assert re.findall(r'<li class="step step--(\w+)"( aria-current="step")?', html) == [
        ("done", ""),
        ("done", ""),
        ("now", ' aria-current="step"'),
        *[("next", "")] * 4,
    ]


def test_a_choice_keeps_its_order_its_looks_and_takes_no_side():
    buttons = re.findall(r"<button ([^>]*)>([^<]*)<", draw('<c-choice legend="Will you come?" />'))
    assert [label for _, label in buttons] == ["Yes", "No", "I am not sure"]
    alike = 'class="button button--choice" type="submit" name="answer" value="{}"'
    assert [attributes for attributes, _ in buttons] == [alike.format(value) for value in ("yes", "no", "unsure")]


def test_an_empty_answer_is_called_not_provided():
    row = draw('<c-summary-row key="Best time" change="/c/"></c-summary-row>')
    assert text(row) == "Best time Not provided Change Best time"


@pytest.mark.parametrize(("done", "total", "chairs"), [(6, 8, "******oo"), (0, 3, "ooo"), (412, 1200, "")])
def test_progress_is_told_in_words_and_chairs(done, total, chairs):
    html = draw('<c-progress :done="done" :total="total" />', done=done, total=total)
    assert text(html) == f"{done} of {total}"
    assert "".join("*" if taken else "o" for taken in re.findall(r'class="seat( seat--taken)?"', html)) == chairs
    assert ("<progress" in html) is (total > 12)


def test_a_cell_carries_its_column_for_a_phone_and_the_header_for_a_listener():
    html = draw(
        '<c-table caption="Cases" :head="head"><c-row><c-cell :head="True">C-1</c-cell><c-cell label="Stage">Met</c-cell></c-row></c-table>',
        head=["Case", "Stage"],
    )
    assert re.findall(r'<th scope="(\w+)"', html) == ["col", "col", "row"]
    assert '<span class="cell-label" aria-hidden="true">Stage</span>' in html


def test_a_code_is_kept_left_to_right_in_every_language():
    assert '<bdi dir="ltr"><span>7F3K</span>-<span>22QM</span></bdi>' in draw('<c-code value="7F3K-22QM" />')


def test_a_signature_not_given_yet_says_so():
    assert text(draw('<c-signature name="Alex" />')) == "Alex · not signed yet"


def test_a_pager_with_nowhere_to_go_is_not_there():
    assert draw("<c-pager />") == ""


def test_kept_words_come_back_hidden_and_readable():
    page = engines["django"].get_template("ui/kept_words.html")
    words = [{"name": "a", "label": "A", "value": "<b>"}]
    html = page.render({"sentence": "Try again.", "again": "/x/", "words": words, "shown": words, "csrf_token": "t"})
    assert re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html) == [("csrfmiddlewaretoken", "t"), ("a", "&lt;b&gt;")]
    assert '<p class="kept-words">&lt;b&gt;</p>' in html
    assert 'action="/x/"' in html


@pytest.mark.parametrize("name", ["404.html", "403.html", "405.html", "408.html", "413.html", "500.html", "503.html", "ui/resting.html"])
def test_an_error_page_needs_nothing_from_anyone(name):
    html = engines["django"].get_template(name).render({})
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert html.count("<form") == 0
