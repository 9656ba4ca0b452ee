"""How the tests put a promise into Spanish, and read it in it."""

import re
import zlib

from django.test import Client
from django.urls import reverse
from django.utils import translation

from setfair.agreements import actions, queries
from setfair.agreements.models import Signature
from setfair.agreements.tests.reading import told
from setfair.letters.models import Letter

WRITTEN = ("Write a letter of one page.", "Fadi has read it.", "Ask Fadi for the first line.")
SPANISH = {"what": "Escribir una carta de una página.", "proof_wanted": "Fadi la ha leído.", "if_hard": "Pedir a Fadi la primera línea."}
OTHERWISE = {**SPANISH, "what": "Escribir una carta."}
NOTE, LABEL = "El equipo puso estas palabras en español.", "Como se escribió, en inglés"


def speaks(person, language="es"):
    person.person.language = language
    person.person.save()


def put(story, words=SPANISH, number=0, language="es", **more):
    return actions.put_into(story.items()[number], by=story.lead, language=language, words=words, **more)


def page_of(story, village, key):
    return told(village.enter(Client(), story.people[key]).get(reverse("my_agreement", args=[story.agreement.pk])))


def read(story, key="hana", language="es"):
    """What somebody reads of the letter, and the words as they were written if they stand beside it."""
    with translation.override(language):
        line = next(line for line in queries.lines(story.agreement, me=story.people[key]) if "Rami" in line.who)
    return line.what, line.put.sentences if line.put else None


def kept(story, key):
    return Signature.objects.get(agreement=story.agreement, participation=story.people[key])


def told_of_it(story):
    return {letter.reader_id for letter in Letter.objects.filter(key__contains=":in-es-")}


def read_of(item):
    return queries.translation_of(item, "es").what


def languages_in(pdf):
    streams = [pdf]
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.S):
        try:
            streams.append(zlib.decompress(found.group(1)))
        except zlib.error:
            continue
    return {code.decode() for part in streams for code in re.findall(rb"/Lang ?\(([a-z]+)\)", part)}
