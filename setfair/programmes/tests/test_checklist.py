"""The programme's own list of what each person is asked before the day: its versions, its order, and who may write it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from setfair.cases.models import Role
from setfair.programmes import actions
from setfair.programmes.checklist import ended_items
from setfair.programmes.models import ChecklistItem
from setfair.programmes.models.checklist import ROLES, WAYS
from setfair.programmes.ways import Way

pytestmark = pytest.mark.django_db

SAID = {"words": {"en": "They know the way to the room"}, "roles": ["harmed"]}
SENT = {"words_en": "They know the way to the room", "words_es": "", "roles": ["harmed", "supporter"], "from_age": "", "below_age": "", "place": "1"}


def live():
    return list(ChecklistItem.objects.filter(ended_at__isnull=True))


@pytest.fixture
def cora(village):
    with village.inside():
        yield village.actor("cora")


def test_its_codes_are_those_of_a_case():
    assert ([code for code, _label in ROLES], [code for code, _label in WAYS]) == (Role.values, Way.values)


def test_a_new_programme_begins_with_ours_in_every_language_and_waits_for_none_of_it(village, cora):
    first, second = live()[:2]
    assert [item.place for item in live()] == list(range(1, 24))
    assert {item.needed for item in live()} == {False}
    assert (second.roles, second.below_age) == (["harmed", "responsible", "affected"], 18)
    said = {}
    for language in ("en", "es"):
        with translation.override(language):
            said[language] = str(first)
    assert said == {
        "en": "They know that they can stop at any time, without a reason",
        "es": "Saben que pueden parar en cualquier momento, sin dar razones",
    }


def test_ours_is_taken_once_and_never_over_a_list_of_ones_own(village, cora):
    assert actions.take_our_checklist(village.school, by=cora) == []
    ChecklistItem.objects.all().delete()
    assert len(actions.take_our_checklist(village.school, by=cora)) == 23
    for item in live():
        actions.end_item(item, by=cora)
    assert actions.take_our_checklist(village.school, by=cora) == []


def test_one_more_stands_where_it_was_put_and_the_same_twice_is_one(village, cora):
    item = actions.add_item(village.school, by=cora, place=2, **SAID)
    assert actions.add_item(village.school, by=cora, place=2, **SAID) == item
    assert [i.place for i in live()] == list(range(1, 25))
    assert (live()[1], item.number) == (item, 24)


def test_a_change_is_a_new_version_and_another_place_alone_is_none(village, cora):
    item = actions.add_item(village.school, by=cora, **SAID)
    new = actions.change_item(item, by=cora, **(SAID | {"needed": True}))
    item.refresh_from_db()
    assert ((new.number, new.version, new.needed), item.needed, item.ended_at is None) == ((item.number, 2, True), False, False)
    assert actions.change_item(new, by=cora, place=1, **(SAID | {"needed": True})) == new
    assert live()[0] == new


def test_whoever_was_slower_is_told(village, cora):
    item = actions.add_item(village.school, by=cora, **SAID)
    actions.end_item(item, by=cora)
    for late in (lambda: actions.change_item(item, by=cora, **SAID), lambda: actions.end_item(item, by=cora)):
        with pytest.raises(actions.CannotChange, match="Somebody else changed this page"):
            late()


def test_what_was_ended_is_taken_up_again_as_it_was_last_said(village, cora):
    item = actions.add_item(village.school, by=cora, **SAID)
    last = actions.change_item(item, by=cora, **(SAID | {"needed": True}))
    assert ended_items() == []
    actions.end_item(last, by=cora)
    assert ended_items() == [last]
    with pytest.raises(actions.CannotChange):
        actions.take_up_item(item, by=cora)
    again = actions.take_up_item(last, by=cora)
    assert (again.number, again.version, again.words, again.needed, again.place) == (item.number, 3, last.words, True, 24)
    assert (ended_items(), live()[-1]) == ([], again)
    with pytest.raises(actions.CannotChange):
        actions.take_up_item(last, by=cora)


def test_it_is_taken_up_on_the_screen_by_whoever_writes_the_list(village, cora, browser_clients):
    item = actions.add_item(village.school, by=cora, **SAID)
    actions.end_item(item, by=cora)
    again, page = reverse("settings_checklist_again", args=[item.pk]), reverse("settings_checklist")
    assert [village.sign_in(browser_clients(), who).post(again).status_code for who in ("fadi", "nour")] == [404, 404]
    client = village.sign_in(browser_clients(), "cora")
    assert again in client.get(page).content.decode()
    assert client.post(again).url == page
    assert again not in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"words": {"es": "Solo en español"}}, "first language"),
        ({"words": {"en": "x" * 161}}, "one short line"),
        ({"roles": []}, "whom it is for"),
        ({"from_age": 18, "below_age": 18}, "the second is above the first"),
        ({"below_age": 121}, "check the ages"),
    ],
)
def test_what_nobody_could_use_is_refused(village, cora, wrong, why):
    with pytest.raises(actions.CannotChange, match=why):
        actions.add_item(village.school, by=cora, **(SAID | wrong))


@pytest.mark.parametrize("wrong", [{"roles": []}, {"roles": ["judge"]}, {"ways": ["by boat"]}, {"from_age": 20, "below_age": 18}])
def test_the_database_refuses_it_too(village, cora, wrong):
    given = {"number": 90, "place": 90, "words": {"en": "x"}, "roles": ["harmed"]}
    with pytest.raises(IntegrityError), transaction.atomic():
        ChecklistItem.objects.create(**(given | wrong))


@pytest.mark.parametrize(("who", "status"), [("cora", 200), ("ada", 200), ("nour", 200), ("sven", 404), ("fadi", 404), ("ines", 404)])
def test_whoever_coordinates_or_administers_writes_it(village, client, who, status):
    village.sign_in(client, who)
    assert [client.get(reverse(name)).status_code for name in ("settings_checklist", "settings_checklist_new")] == [status, status]


@pytest.mark.parametrize("who", ["nour", "fadi"])
def test_nobody_reaches_a_line_of_the_next_programme(village, client, who):
    with village.inside():
        item = live()[0]
    village.sign_in(client, who)
    for name in ("settings_checklist_one", "settings_checklist_end"):
        assert client.post(reverse(name, args=[item.pk]), SENT).status_code == 404


def test_the_screens_add_change_order_and_end(village, client):
    village.sign_in(client, "cora")
    assert client.post(reverse("settings_checklist_new"), SENT).url == reverse("settings_checklist")
    with village.inside():
        item = live()[0]
        assert (str(item), item.roles) == ("They know the way to the room", ["harmed", "supporter"])
    one = reverse("settings_checklist_one", args=[item.pk])
    assert client.post(one, SENT | {"words_en": ""}).status_code == 422
    assert client.post(one, SENT | {"needed": "on", "place": "3"}).status_code == 302
    with village.inside():
        now = live()[2]
        assert (now.number, now.version, now.needed, now.place) == (item.number, 2, True, 3)
    assert client.post(one, SENT).status_code == 422
    page = client.get(reverse("settings_checklist")).content.decode()
    assert ("They know the way to the room" in page, "Needed" in page) == (True, True)
    assert client.post(reverse("settings_checklist_end", args=[now.pk])).status_code == 302
    with village.inside():
        assert len(live()) == 23


def test_a_list_costs_the_same_at_one_and_at_three_lines(village, client, cora):
    village.sign_in(client, "cora")
    url, spent = reverse("settings_checklist"), []
    client.get(url)
    for many in (3, 1):
        for item in live()[many:]:
            actions.end_item(item, by=cora)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        spent.append(len(asked))
    assert spent[0] == spent[1]
