"""`make demo`: the demo village as it was on its first day, apart from any real data."""

import os
import shutil
import sys

from config import locks, places, run

HOME = places.ROOT / "var" / "demo"


def main() -> int:
    for name in [name for name in os.environ if name.startswith(("DATABASE_", "SETFAIR_"))]:
        del os.environ[name]
    os.environ |= {"DATA_DIR": str(HOME), "DEMO": "1"}
    places.make_way(HOME)
    try:
        os.close(locks.await_free(HOME / "alive.lock", 0))
    except locks.Taken:
        return run.refuse("The demo is already running; stop it first.")
    cluster = places.cluster_home(HOME / "pg")
    for place in (cluster, HOME):
        shutil.rmtree(place, ignore_errors=True)
    return run.main()


if __name__ == "__main__":
    sys.exit(main())
