"""The pictures of README and the guides, taken anew from the village: `python -m bench.album [words]` (only pictures whose names hold the words)."""

from __future__ import annotations

import sys
from importlib import import_module

from bench import house

if __name__ == "__main__":
    house.stand_apart()
    import_module("bench.sitting").take(" ".join(sys.argv[1:]))
