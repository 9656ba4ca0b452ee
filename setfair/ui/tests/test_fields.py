"""A field is tied to its label, its hint, its reason and its error, whatever widget it has."""

import re
from datetime import date

import pytest
from django import forms

from setfair.ui.forms import BirthDateField, anchor_of, kind_of
from setfair.ui.samples import Sample

from .test_components import draw, text

PLAIN = Sample()
WRONG = Sample({"name": "Dana"})
NAMES = list(Sample.base_fields)
GROUPS = ["who", "ways", "born"]


def field(form, name, extra=""):
    return draw(f'<c-field :field="field" {extra}/>', field=form[name])


@pytest.mark.parametrize(
    ("name", "words"),
    [("phone", "Please fill this in."), ("who", "Please choose one."), ("ways", "Please choose at least one."), ("agree", "Please tick this.")],
)
def test_a_field_left_empty_says_what_to_do(name, words):
    assert WRONG.errors[name] == [words]


def test_short_choices_can_stand_side_by_side():
    assert ("field--row" in field(PLAIN, "ways", 'width="row" '), "field--row" in field(PLAIN, "ways")) == (True, False)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("who", "radios"),
        ("ways", "ticks"),
        ("name", "text"),
        ("what", "area"),
        ("best", "select"),
        ("born", "group"),
        ("paper", "file"),
        ("agree", "tick"),
    ],
)
def test_a_field_takes_the_shape_of_its_widget(name, kind):
    assert kind_of(PLAIN[name]) == kind


@pytest.mark.parametrize("name", NAMES)
def test_every_control_has_a_label_of_its_own(name):
    html = field(PLAIN, name)
    controls = re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', html)
    assert sorted(re.findall(r'<label for="([^"]+)"', html)) == sorted(controls) != []


@pytest.mark.parametrize("name", NAMES)
def test_a_group_has_a_legend_and_a_single_control_has_none(name):
    assert ("<legend>" in field(PLAIN, name)) is (name in GROUPS)


@pytest.mark.parametrize("name", [name for name in NAMES if WRONG[name].errors])
def test_an_error_stands_beside_its_field_and_is_read_with_it(name):
    html = field(WRONG, name, 'why="So that we know." hint="Short is fine."')
    tied = re.search(r'aria-describedby="([^"]+)"', html)[1].split()
    assert tied == [f"id_{name}_helptext", f"id_{name}_why", f"id_{name}_error"]
    assert [part for part in tied if f'id="{part}"' not in html] == []


@pytest.mark.parametrize("name", NAMES)
def test_an_error_link_leads_to_a_control_that_is_there(name):
    assert f'id="{anchor_of(WRONG[name])}"' in field(WRONG, name)


def test_the_error_summary_lists_each_error_with_its_question():
    html = draw('<c-error-summary :form="form" />', form=WRONG)
    wrong = [name for name in NAMES if WRONG[name].errors]
    assert re.findall(r'<a href="#([^"]+)">', html) == [anchor_of(WRONG[name]) for name in wrong]
    assert text(html).startswith("Please look at this again Who are you? – ")


@pytest.mark.parametrize("form", [PLAIN, Sample({"name": "Dana"}, auto_id="other_%s")])
def test_the_error_summary_is_there_only_when_something_is_wrong(form):
    assert (draw('<c-error-summary :form="form" />', form=form) != "") is form.is_bound


def test_only_what_may_be_left_out_is_marked():
    assert [name for name in NAMES if "(optional)" in field(PLAIN, name)] == ["name", "best", "clock", "paper"]
    assert "(optional)" not in field(PLAIN, "name", ':optional="False"')


def test_the_question_of_a_page_is_its_heading_and_its_label():
    html = draw('<c-question :form="form" :field="form.who" back="/b/" caption="Step 2 of 9" />', form=PLAIN)
    assert re.findall(r"<legend>\s*<h1[^>]*>([^<]*)</h1>\s*</legend>", html) == ["Who are you?"]
    assert text(re.search(r"<button.*?</button>", html)[0]) == "Continue"
    one = draw('<c-question :form="form" :field="form.code" />', form=PLAIN)
    assert re.findall(r'<h1[^>]*><label for="id_code">([^<]*)</label></h1>', one) == ["Your code"]


def test_a_hidden_field_is_only_itself():
    class Hidden(forms.Form):
        draft = forms.CharField(widget=forms.HiddenInput)

    assert field(Hidden(initial={"draft": "7"}), "draft") == '<input type="hidden" name="draft" value="7" id="id_draft">'


class Born(forms.Form):
    on = BirthDateField(required=False)


@pytest.mark.parametrize(
    ("boxes", "born"),
    [(("27", "3", "2011"), date(2011, 3, 27)), (("", "", ""), None), (("29", "2", "2012"), date(2012, 2, 29))],
)
def test_three_boxes_make_a_day(boxes, born):
    form = Born(dict(zip(("on_day", "on_month", "on_year"), boxes, strict=True)))
    assert form.is_valid()
    assert form.cleaned_data["on"] == born


@pytest.mark.parametrize("boxes", [("31", "2", "2011"), ("x", "3", "2011"), ("27", "13", "2011"), ("27", "3", "11")])
def test_a_day_that_is_not_in_the_calendar_is_asked_for_again(boxes):
    form = Born(dict(zip(("on_day", "on_month", "on_year"), boxes, strict=True)))
    assert list(form.errors) == ["on"]


def test_every_form_of_the_house_was_made_after_fields_learned_to_speak():
    """A form that is read too early keeps what Django says by itself."""
    own = [form for form in _below(forms.Form) if form.__module__.startswith("setfair.") and "tests" not in form.__module__]
    curt = {
        (form.__name__, name)
        for form in own
        for name, f in form.base_fields.items()
        if str(f.error_messages["required"]) == "This field is required."
    }
    assert (len(own) > 50, curt) == (True, set())


def _below(kind):
    return [one for below in kind.__subclasses__() for one in (below, *_below(below))]
