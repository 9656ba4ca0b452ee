"""Whether a correction is of the spelling alone. What is in doubt is not: then a new version is written, and those whom it touches sign it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from setfair.core.text import folded

MOST_SIGNS = 4
"""By how many letters a whole field may become another one."""
MOST_WORDS = 2
SHORT, LONG = 5, 8
"""Up to the first, letters only change places or stand there twice; from the second on two of them may be wrong, and between them one."""
WEIGHTY = frozenset(
    """
    no not nor non never none nobody nothing nowhere neither without cannot cant dont wont isnt arent doesnt didnt shouldnt wouldnt couldnt
    mustnt yes and or but if unless only all every each both any some more less most least at by to of for from with until till before after
    since between must may might can could will would shall should ought need want one two three four five six seven eight nine ten eleven
    twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
    thousand half quarter third once twice first second last next other same dozen couple pair day week month year hour minute days weeks
    months years hours minutes today tomorrow now always often sometimes daily weekly monthly monday tuesday wednesday thursday friday
    saturday sunday january february march april june july august september october november december i me my you your he him his she her we
    us our they them their it its this that here there dollar dollars euro euros pound pounds cent cents peso pesos ni nunca nadie nada
    ninguno ninguna sin tampoco jamas si sí y o u pero solo sólo todo toda todos todas cada ambos algun algún alguno alguna mas más menos a
    al de del por para con hasta antes despues después desde entre debe deber puede poder quiere uno una un dos tres cuatro cinco seis siete
    ocho nueve diez doce trece catorce quince veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mil medio media
    mitad vez veces primero primera segundo segunda ultimo último otra otro mismo misma dia día semana mes ano año hora minuto dias días
    semanas meses anos años horas minutos hoy mañana ahora siempre lunes martes miercoles miércoles jueves viernes sabado sábado domingo
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre yo mi tu tú su el él ella nos nosotros ellos
    ellas este esta ese esa aqui aquí
    """.split()  # noqa: SIM905
)
NOT_SPELLING = _("That is more than spelling. Write a new version; whoever it touches signs it.")


def differs(before: str, after: str) -> list[tuple[str, str]]:
    """Word by word what becomes what; nothing where the words do not stand one beside the other."""
    one, other = before.split(), after.split()
    return [(a, b) for a, b in zip(one, other, strict=True) if a != b] if len(one) == len(other) else []


def changed(had: Mapping[str, str], words: Mapping[str, str]) -> dict[str, str]:
    """Of a promise's parts, those that should read otherwise; how lines end is no difference."""
    said = {part: "\n".join(text.strip().splitlines()) for part, text in words.items()}
    return {part: text for part, text in said.items() if part in had and text != "\n".join(had[part].splitlines())}


def digest(had: Mapping[str, str]) -> str:
    """Of all parts that can be put right, as they stood on the page."""
    return hashlib.sha256("\0".join(had[part] for part in sorted(had)).encode()).hexdigest()


def signs(before: str, after: str) -> int:
    """How many letters are other ones, missing, too many, or in each other's place."""
    rows = [list(range(len(after) + 1))]
    for i, a in enumerate(before, 1):
        row = [i]
        for j, b in enumerate(after, 1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b)))
            if i > 1 and j > 1 and a == after[j - 2] and before[i - 2] == b:
                row[j] = min(row[j], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]


def why_not(before: str, after: str, names: frozenset[str] = frozenset()) -> str | Promise:
    """Why it is no slip of the pen; empty if it is one. `names` are those of the circle, folded: one that is right stays who it is.

    Numbers, days, how many, who and whether stay as they are: nothing becomes such a word, and none of them becomes another. A word that begins
    or ends otherwise may say who, when or how many, so it is another word.
    """
    changed = differs(before, after)
    total = sum(signs(a, b) for a, b in changed)
    if not 0 < len(changed) <= MOST_WORDS or total > MOST_SIGNS or not all(_is_slip(bare(a), bare(b), names) for a, b in changed):
        return NOT_SPELLING
    return "" if all(_rest(a) == _rest(b) for a, b in changed) else NOT_SPELLING


def _is_slip(before: str, after: str, names: frozenset[str]) -> bool:
    if not before or not after or _has_number(before) or _has_number(after):
        return False
    one, other = before.casefold(), after.casefold()
    if one == other:
        return True
    if {one, other, _plain(one), _plain(other)} & WEIGHTY or folded(before) in names:
        return False
    if folded(after) in names and min(len(one), len(other)) > 3 and before[0] == after[0]:
        return signs(one, other) <= 2
    if signs(one, other) == 1 and sorted(one) == sorted(other):
        return True
    if one[0] != other[0] or one[-1] != other[-1]:
        return False
    if min(len(one), len(other)) <= SHORT:
        return _plain(one) == _plain(other) or _once_each(one) == _once_each(other)
    return signs(one, other) <= (1 if min(len(one), len(other)) < LONG else 2)


def _once_each(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", word)


def bare(word: str) -> str:
    """Without the signs that stand around it."""
    return re.sub(r"^\W+|\W+$", "", word)


def _rest(word: str) -> str:
    """The signs that stand around it."""
    return word.replace(bare(word), "", 1)


def _has_number(word: str) -> bool:
    return any(unicodedata.category(sign).startswith("N") or unicodedata.category(sign) == "Sc" for sign in word)


def _plain(word: str) -> str:
    return re.sub(r"\W", "", "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign)))
