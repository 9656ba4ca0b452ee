"""Pictures of every screen, to look at: `python -m bench.pictures DIR [words]` (only screens whose names hold the words)."""

from __future__ import annotations

import sys
from importlib import import_module

from bench import house

if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Say where to: python -m bench.pictures DIR")
    house.stand_apart()
    import_module("bench.camera").take(sys.argv[1], " ".join(sys.argv[2:]))
