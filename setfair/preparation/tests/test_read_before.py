"""What people read before the day: what a yes means, and the questions they will be asked."""

import re

import pytest
from django.urls import reverse


@pytest.fixture
def story(village, at_preparing):
    with village.inside():
        return at_preparing


def words_of(answer):
    return answer.content.decode()


@pytest.mark.mission("S2.6")
@pytest.mark.parametrize(
    ("who", "theirs", "not_theirs"),
    [
        ("hana", "How it was for you", "What happened"),
        ("rami", "What happened", "How it was for you"),
        ("sol", "Those who came with someone", "What happened"),
    ],
)
def test_each_reads_their_own_questions_before_the_day(client, village, story, who, theirs, not_theirs):
    titles = [
        part.split("</h2>")[0].split(">")[-1]
        for part in words_of(village.enter(client, story.people[who]).get(reverse("questions"))).split('class="card-title"')[1:]
    ]
    assert (theirs in titles, not_theirs in titles, "What each of us can do" in titles, "Welcome" in titles) == (True, False, True, False)


@pytest.mark.mission("S2.6")
def test_questions_come_in_the_persons_language(client, village, story):
    with village.inside():
        person = story.hana.person
        person.language = "es"
        person.save()
    assert "¿Cómo fue para" in words_of(village.enter(client, story.hana).get(reverse("questions")))


@pytest.mark.mission("S2.6")
@pytest.mark.parametrize(
    ("reads", "kept", "question", "marked"),
    [
        ("es", "en", "¿Cómo fue para", []),
        ("en", "es", "What was it like for you when it happened?", []),
        ("ar", "es", "¿Cómo fue para", [("es", "ltr")]),
        ("ar", "ar", "What was it like for you when it happened?", [("en", "ltr")]),
    ],
)
def test_questions_come_in_the_language_of_the_page_else_in_theirs_else_in_english(client, village, story, reads, kept, question, marked):
    with village.inside():
        person = story.hana.person
        person.language = kept
        person.save()
    hana = village.enter(client, story.hana)
    hana.post(reverse("set_language"), {"language": reads})
    page = words_of(hana.get(reverse("questions")))
    assert (f'<html lang="{reads}"' in page, question in page) == (True, True)
    parts = re.findall(r'<div lang="(\w+)" dir="(\w+)">\s*<section class="card', page)
    assert (set(parts), len(parts) == page.count('class="card-title"')) == (set(marked), bool(marked))


def test_what_matters_stands_open_and_the_rest_is_folded(client, village, story):
    page = words_of(village.enter(client, story.hana).get(reverse("choice"))).split("<main")[1].split("</main>")[0]
    headings = [part.split("</h2>")[0] for part in page.split("<h2>")[1:]]
    folded = [part.split("</summary>")[0].split(">")[-1].strip() for part in page.split("<summary")[1:]]
    assert headings == ["You choose freely", "Who will be there", "What we write down"]
    assert folded == ["What happens", "Who can see it", "How long we keep it"]
    unfolded = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    for words in ("No one may push you.", "Each may bring someone they trust.", "We do not write down what you say in the room.", "Fadi"):
        assert words in unfolded
