"""`make back-in`: whoever runs this server says that the only administrator of a programme lost their second step.

That it is them shows in the role: the owner of the tables, which no page is served in, writes the word down; the
application takes it from there.
"""

import subprocess
import sys

import psycopg

from config import beside, postgres, prepare
from config.run import refuse

WORD = "insert into programmes_serverword (id, about) select gen_random_uuid(), here from programme_by_slug(%s) here where here is not null"


def main(programme: str) -> int:
    beside.settle()
    try:
        with beside.installation():
            with psycopg.connect(postgres.conninfo("setfair_owner")) as connection:
                connection.execute(WORD, [programme])
            return subprocess.run([sys.executable, prepare.MANAGE, "back_in", programme]).returncode  # noqa: S603
    except psycopg.Error as reason:
        return refuse(f"The database did not take it: {str(reason).splitlines()[0]}")
    except beside.NOT_THERE as reason:
        return refuse(f"{reason}")


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
