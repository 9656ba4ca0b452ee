"""docs/who-may-what.md, written out from the policy."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

from .files import loaded
from .meanings import PERMISSIONS, TIES

WHERE = Path("docs/who-may-what.md")
SOURCE = Path("setfair/access/policy.py")
HEAD = """# Who may what

Written out from [`{source}`](../{source}) by `python -m tests.check_docs --write`. Please change it there.

Somebody may do something when they **stand** to it in one of the ways below: to this case, to this request, to this programme. Whoever may not
does not find it: no page, no name, no number. Nobody sees anything of another programme; the database holds that wall too.

Some things stand here nowhere, because nobody can do them: set aside a yes that is missing, change an answer or a signature once it is written
down, or let one person in the circle see what another has said.

## How somebody stands
| | who that is |
|---|---|
"""


def page(root: Path) -> str:
    """The whole page, as it should stand."""
    module = loaded(root / SOURCE)
    lines = [f"| **{head}** | {who} |" for head, who in (TIES[tie.value] for tie in module.Tie)]
    return "\n".join([HEAD.format(source=SOURCE) + "\n".join(lines), *_chapters(root, module), ""])


def faults(root: Path) -> list[str]:
    """What the policy names and no line explains, and the reverse."""
    module = loaded(root / SOURCE)
    found = []
    for kind, there, known in (("tie", module.Tie, TIES), ("permission", module.Permission, PERMISSIONS)):
        names = {name.value for name in there}
        found += [f"The {kind} {name} has no line in tests/documents/meanings.py." for name in sorted(names - known.keys())]
        found += [f"tests/documents/meanings.py explains the {kind} {name}, which is not there." for name in sorted(known.keys() - names)]
    return found


def _chapters(root: Path, module: ModuleType) -> list[str]:
    chapters = []
    for title, permissions in _groups((root / SOURCE).read_text(), module).items():
        ties = [tie for tie in module.Tie if any(tie in module.POLICY[p] for p in permissions)]
        rows = [f"| {PERMISSIONS[p.value]} | " + " | ".join("yes" if tie in module.POLICY[p] else "" for tie in ties) + " |" for p in permissions]
        heads = " | ".join(TIES[tie.value][0] for tie in ties)
        chapters += ["", f"## {title}", f"| | {heads} |", "|---" * (len(ties) + 1) + "|", *rows]
    return chapters


def _groups(code: str, module: ModuleType) -> dict[str, list]:
    """The permissions under the comments that head them in the policy."""
    body = code.split("class Permission(StrEnum):")[1].split("\n\n\n")[0]
    groups: dict[str, list] = {}
    for title, value in re.findall(r'^    # (.+)$|^    \w+ = "(\w+)"', body, re.M):
        if title:
            groups[title] = []
        else:
            groups[list(groups)[-1]].append(module.Permission(value))
    return groups
