"""`make verify`: whether the journal of every programme holds, from its first line to its last."""

import os
import subprocess
import sys

from config import beside, prepare
from config.run import refuse


def journal(*words: str) -> int:
    """One of the journal's own verbs, said to the database that is up; answers its exit code."""
    return subprocess.run([sys.executable, prepare.MANAGE, "journal", *words], env=os.environ | beside.surroundings()).returncode  # noqa: S603


def main() -> int:
    accept, why, mark = [*sys.argv[1:], "", "", ""][:3]
    beside.settle()
    try:
        cluster = beside.cluster()
        # What was written in the last seconds before everything stopped is linked first; while it runs, that is the worker's.
        wanted = "verify" if cluster is None or cluster.answers() else "settle"
        with beside.installation():
            if mark:
                return journal("mark", mark)
            return journal("accept", accept, why) if accept else journal(wanted)
    except beside.NOT_THERE as reason:
        return refuse(f"{reason}")


if __name__ == "__main__":
    sys.exit(main())
