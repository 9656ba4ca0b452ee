"""`make rotate`: after it, what was shredded opens nowhere any more, in no copy either."""

import sys

import psycopg

from config import beside, key_copies, keyring, locks, manifest, places, turning
from config.run import refuse

NOT_TURNED = (*beside.NOT_THERE, turning.NotTurned, manifest.Unfit, key_copies.SamePlace, places.NoRoom, psycopg.Error)


def main() -> int:
    beside.settle()
    try:
        with beside.installation():
            kept = turning.rotate()
    except locks.Taken:
        return refuse("A rotation is under way already.")
    except NOT_TURNED as reason:
        return refuse(f"{reason}")
    (newest,) = keyring.master_keys()
    print(f"{kept} data keys are under {newest.name} now. The key before it is destroyed, here and in {places.backup_keys_dir()}.")
    print("What was shredded opens in no copy any more; copies made before today open with the data keys that lie there.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
