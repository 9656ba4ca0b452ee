"""How easily the pages of people without an account are read, as they stand in a browser: every gap filled in, every part open.

Labels are left out, and what somebody typed; so are the pages of courts and offices. A
page of few sentences has no grade of its own: those of one part of the house are
measured together. Every sentence of the scripts that we ship is measured by itself: one
line of it is said aloud to a whole circle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from playwright.sync_api import Page

from bench import acts, ease, walk
from bench.figure import FULL, SEED, Figure, Plant, Result, Trial, trials
from bench.ledger import Ledger
from bench.screen import Screen
from setfair.programmes.scripts import SHIPPED, read

LANGUAGES = ("en", "es")
PROFESSIONAL = ("refer", "status", "office", "sending")
SHOWN = """() => {
    const main = document.querySelector("main").cloneNode(true)
    const typed = "select, textarea, blockquote, .typed, [lang]:not([lang=" + document.documentElement.lang + "])"
    main.querySelectorAll(typed).forEach(part => part.remove())
    document.querySelector("main").replaceWith(main)
    return main.innerText
}"""
"""What is read on the page, without what other people wrote there, and without what stands there in another language."""

FEW = ("home, guardian", "choice")
PLANTS = (Plant("hard-sentence", "too hard", len(FEW)),)
SCRIPT_PLANTS = (Plant("hard-script", "too hard"),)
PLANTED = "Participation in the conference is predicated upon voluntary acknowledgement of responsibility."


def _read(page: Page, screen: Screen) -> str:
    acts.open_everything(page)
    return " ".join(ease.ended(part) for line in str(page.evaluate(SHOWN)).splitlines() for part in ease.sentences(line))


def _faults(language: str, pages: dict[str, str]) -> Iterator[str]:
    """One line for each page, or part of the house, that is too hard."""
    for name, words in _measured(pages).items():
        figure = ease.measure(language, words)
        if ease.is_hard(figure, language):
            yield f"{language} {name}: too hard, {figure:.1f}"


def _measured(pages: dict[str, str]) -> dict[str, str]:
    """Each page with enough words by itself; the short ones of each part together."""
    short, long = defaultdict(list), {}
    parts = {screen.name: screen.route.split("_")[0] for screen in walk.EVERY}
    for name, words in pages.items():
        if len(words.split()) >= ease.ENOUGH:
            long[name] = words
        elif words:
            short[parts[name]].append(words)
    together = {f"short pages of {part}": " ".join(words) for part, words in short.items()}
    return long | {part: words for part, words in together.items() if len(words.split()) >= ease.ENOUGH}


def said_in_scripts(language: str) -> Iterator[tuple[str, str]]:
    """Each sentence of our scripts, what is said and what helps alike, with where it stands."""
    for path in sorted(SHIPPED.glob(f"*.{language}.txt")):
        for page in read(path)[1]:
            words = "\n".join(str(page[part]) for part in ("words", "helps", "if_quiet", "if_upset", "if_blame"))
            yield from ((f"{path.stem}, {page['title']}", sentence) for sentence in ease.sentences(words))


def too_hard(language: str, said: Iterable[tuple[str, str]]) -> Iterator[str]:
    for where, sentence in said:
        figure = ease.measure(language, ease.ended(sentence))
        if ease.is_hard(figure, language):
            yield f"script {where}: too hard, {figure:.1f}: {sentence}"


def _people() -> Sequence[Screen]:
    """A default run reads every second page, another half each day."""
    every = [screen for screen in walk.EVERY if not screen.staff and not screen.route.startswith(PROFESSIONAL)]
    return every if FULL else every[SEED % 2 :: 2]


def _measure() -> Result:
    ledger, screens = Ledger("reading"), _people()
    faults: list[str] = []
    worst: dict[str, str] = {}
    strings = 0
    for language in LANGUAGES:
        pages = walk.walked(_read, ledger, screens=screens, language=language)
        faults += _faults(language, pages)
        said = list(said_in_scripts(language))
        faults += too_hard(language, said)
        strings += len(said)
        graded = {name: ease.measure(language, words) for name, words in _measured(pages).items()}
        hardest = (max if language == "en" else min)(graded, key=lambda name: graded[name])
        worst[language] = f"{graded[hardest]:.1f} ({hardest})"
    for fault in faults:
        print(fault)
    n = f"{len(screens)} screens and {strings} sentences of scripts in {len(LANGUAGES)} languages; hardest: en {worst['en']}, es {worst['es']}"
    unit = f"pages or sentences of scripts harder than grade {ease.GRADE} or ease {ease.EASE}"
    return Result(str(len(faults)), unit, not faults, n=n, seed=None if FULL else SEED)


def _canary() -> Iterator[Trial]:
    yield from walk.tried(PLANTS, FEW, lambda page, screen: list(_faults("en", {screen.name: _read(page, screen)})))
    yield from trials(SCRIPT_PLANTS, lambda plant: list(too_hard("en", [*said_in_scripts("en"), *([("planted", PLANTED)] if plant else [])])))


FIGURE = Figure(
    name="reading",
    says="pages of people without an account, and sentences of our scripts, read at grade 6 (Flesch and Kincaid) or an ease of 70 (Fernández-Huerta)",
    goal="0",
    measure=_measure,
    canary=_canary,
)
