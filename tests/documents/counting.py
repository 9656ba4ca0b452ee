"""docs/counting.md, written out from the counting rules."""

from __future__ import annotations

from pathlib import Path

from .files import loaded

WHERE = Path("docs/counting.md")
SOURCE = Path("setfair/tallies/rules.py")
HEAD = """# How outcomes are counted

Written out from [`{source}`](../{source}) by `python -m tests.check_docs --write`. Please change it there. The page of outcomes says the
same beside each figure. This is edition {edition}; what was said by an older one keeps its number.

{once}

{small} [Why, and what that promises](decisions/0190-what-is-said-is-whole-blocks.md).
"""


def page(root: Path) -> str:
    """The whole page, as it should stand."""
    module = loaded(root / SOURCE)
    parts = [HEAD.format(source=SOURCE, edition=module.EDITION, once=module.ONCE, small=module.SMALL)]
    for rule in module.RULES:
        parts.append(
            f"## {rule.name}\n| | |\n|---|---|\n| counts | {rule.unit} |\n| which | {rule.numerator} |\n| out of | {rule.denominator} |\n"
            f"| by | {rule.date_of} |\n\n{rule.sentence}\n"
        )
    return "\n".join(parts)


def faults(root: Path) -> list[str]:
    """A figure without a name of its own."""
    keys = [rule.key for rule in loaded(root / SOURCE).RULES]
    return [f"Two figures are called {key}." for key in sorted({key for key in keys if keys.count(key) > 1})]
