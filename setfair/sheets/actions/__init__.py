"""The verbs of paper: what is put into somebody's hands, and what comes back on it."""

from .giving import give, give_pack
from .typed_in import compare, type_in

__all__ = ["compare", "give", "give_pack", "type_in"]
