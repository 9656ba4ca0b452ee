"""Two people with words, a code and an address in a running or standing installation; said from outside, as the application would.

`python -m tests.platform.words sow|told|shred|more|stay|alone|steps|draft|busy`, with the installation's surroundings.
"""

import json
import sys
import uuid
from pathlib import Path

import django

django.setup()

from allauth.mfa.models import Authenticator  # noqa: E402
from django.contrib.sessions.backends.base import SessionBase  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from setfair.accounts.adapter import SecondStep  # noqa: E402
from setfair.accounts.models import User  # noqa: E402
from setfair.core import tenant  # noqa: E402
from setfair.core.text import folded  # noqa: E402
from setfair.people.models import Contact, Person  # noqa: E402
from setfair.people.queries import named, people_at  # noqa: E402
from setfair.programmes.models import Membership, Programme, Role  # noqa: E402
from setfair.vault import master, shredding  # noqa: E402
from setfair.vault.ring import WordsAreGone  # noqa: E402
from setfair.vault.sessions import SessionStore  # noqa: E402

PEOPLE = {"Hana": uuid.UUID(int=1), "Omar": uuid.UUID(int=2), "Nela": uuid.UUID(int=3)}
HERE = uuid.UUID(int=9)


def sow() -> dict:
    with tenant.inside(HERE):
        Programme.objects.create(pk=HERE, slug="rotation-trial", kind="school", name="Trial", short_name="Trial")
        for name in ("Hana", "Omar"):
            _add(name)
    return {}


def more() -> dict:
    with tenant.inside(HERE):
        _add("Nela")
    return {}


def _add(name: str) -> None:
    person = Person.objects.create(pk=PEOPLE[name], name=f"{name} Brook", needs=f"{name} needs a chair by the door")
    Contact.objects.create(person=person, way=Contact.Way.EMAIL, value=f"{name.lower()}@mail.example")


def shred() -> dict:
    """The key goes when the rows have gone. They are put back as they were, sealed, to ask what still opens."""
    with tenant.inside(HERE), transaction.atomic():
        rows = [list(Contact.objects.filter(person=PEOPLE["Hana"])), list(Person.objects.filter(pk=PEOPLE["Hana"]))]
        for lying in rows:
            type(lying[0]).objects.filter(pk__in=[row.pk for row in lying])._raw_delete("default")
        gone = shredding.shred([PEOPLE["Hana"]])
        for lying in reversed(rows):
            type(lying[0]).objects.bulk_create(lying)
        return {"gone": gone}


def told() -> dict:
    """What opens, by which names and addresses it is found, and on which master key the data keys stand."""
    with tenant.inside(HERE):
        opened = {name: _needs(key) for name, key in PEOPLE.items()}
        found = [p.pk for name in PEOPLE for p in Person.objects.filter(pk__in=named(*master.blinds(HERE, folded(name).split())))]
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT epoch FROM vault_datakey ORDER BY 1")
            epochs = [epoch for (epoch,) in cursor.fetchall()]
    at = [person for name in PEOPLE for _programme, person in people_at(f"{name}@mail.example")]
    return {
        "opened": opened,
        "named": [n for n, key in PEOPLE.items() if key in found],
        "at": [n for n, key in PEOPLE.items() if key in at],
        "code": master.digest("code", "7F3K22QM").hex(),
        "epochs": epochs,
    }


def _needs(key: uuid.UUID) -> str:
    try:
        return Person.objects.get(pk=key).needs
    except Person.DoesNotExist:
        return "never here"
    except WordsAreGone:
        return "gone"


def stay() -> dict:
    """Somebody's stay with a draft, and the secret of a second step, as they lie in the database."""
    store: SessionBase = SessionStore()
    store["draft"] = "half a sentence"
    store.save()
    user = User.objects.create(email="ada@mail.example", name="Ada")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": SecondStep().encrypt("JBSWY3DPEHPK3PXP")})
    return {"stay": store.session_key}


def alone() -> dict:
    """Whoever has that second step is the only administrator, and nobody else is of the team."""
    with tenant.inside(HERE):
        Membership.objects.create(user=User.objects.get(), role=Role.ADMINISTRATOR)
    return {}


def steps() -> dict:
    return {"steps": Authenticator.objects.count()}


def draft() -> dict:
    """The same, looked up again: `draft KEY`."""
    (step,) = Authenticator.objects.all()
    return {"draft": SessionStore(sys.argv[2]).get("draft"), "step": SecondStep().decrypt(step.data["secret"])}


def busy() -> dict:
    """Somebody is written down, read and found, again and again by one process, until a file is there: `busy FILE`."""
    written: dict[uuid.UUID, str] = {}
    lost = 0
    while not Path(sys.argv[2]).exists():
        name = f"busy{len(written)}"
        with tenant.inside(HERE):
            person = Person.objects.create(name=name)
        with tenant.inside(HERE):
            lost += _found(name) != [person.pk]
        written[person.pk] = name
    with tenant.inside(HERE):
        lost += sum(Person.objects.get(pk=key).name != name or _found(name) != [key] for key, name in written.items())
    return {"written": len(written), "lost": lost}


def _found(name: str) -> list[uuid.UUID]:
    return [person.pk for person in Person.objects.filter(pk__in=named(*master.blinds(HERE, [name]))) if person.name == name]


if __name__ == "__main__":
    verbs = (sow, more, shred, told, stay, alone, steps, draft, busy)
    print(json.dumps({verb.__name__: verb for verb in verbs}[sys.argv[1]]()))
