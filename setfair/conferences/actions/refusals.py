"""What refuses: in the words that the page shows."""

from __future__ import annotations


class CannotConvene(Exception):
    """The circle cannot begin; `sentences` say why, one for each thing that is missing."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class CannotGoOn(Exception):
    """This cannot be done in a circle that stands where it stands; the sentence says why."""
