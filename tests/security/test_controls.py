"""Rules of the code that no single page shows: what is never done, and where the few exceptions are."""

from __future__ import annotations

import ast
import re

import pytest

from setfair.vault.fields import FORM, seal

from . import scan

EVALUATING = {
    "eval",
    "exec",
    "compile",
    "__import__",
    "pickle.loads",
    "pickle.load",
    "marshal.loads",
    "yaml.load",
    "os.system",
    "os.popen",
    "Template",
}
TALKING = ("socket", "http.client", "urllib.request", "smtplib", "imaplib", "requests", "httpx", "ftplib")
IN_A_BROWSER = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie|\bcaches\b|serviceWorker")
AS_HTML = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|postMessage|__proto__")


def test_no_shell_and_no_evaluation():
    assert [(module, name) for module, name, _call in scan.calls() if name in EVALUATING] == []
    shells = [module for module, _name, call in scan.calls() for word in call.keywords if word.arg == "shell"]
    assert shells == []
    built = [module for module, name, _call in scan.calls() if name.endswith(("from_string", "engines.all"))]
    assert built == []


def test_no_pattern_is_built_from_input():
    """What a regular expression is made of is written in the code, or escaped."""
    loose = []
    for module, name, call in scan.calls():
        if name in {f"re.{verb}" for verb in ("compile", "match", "fullmatch", "search", "sub", "split", "findall", "finditer")} and call.args:
            names = {node.id for node in ast.walk(call.args[0]) if isinstance(node, ast.Name)}
            if any(not part.isupper() for part in names) and "re.escape" not in ast.unparse(call.args[0]):
                loose.append(f"{module}: {ast.unparse(call.args[0])}")
    assert loose == []


def test_the_server_calls_nobody_but_those_named():
    """A module that opens a connection stands in the table of docs/security/controls.md."""
    written = {name for row in scan.table("Whom the server calls") for name in scan.coded(row[0])}
    talking = {module for module, what in scan.imported() if what.startswith(TALKING) or any(what == f"{t}" for t in TALKING)}
    assert talking == {name for name in written if not name.startswith("django.")}


def test_chance_is_the_systems():
    """`random` is for the village and for the dice of a search, never for what must not be guessed."""
    found = {module for module, what in scan.imported() if what.split(".")[0] == "random"}
    assert {module for module in found if not module.startswith("setfair.scheduling.solver.")} <= {"setfair.village.time"}


def test_the_keys_are_those_written_down():
    """Every purpose that a key is derived for is in the table, and nothing is there that nobody uses."""
    used, weak = set(), []
    named = {
        module: str(ast.literal_eval(node.value))
        for module, tree in scan.modules()
        for node in tree.body
        if isinstance(node, ast.Assign) and "PURPOSE" in map(ast.unparse, node.targets)
    }
    for module, name, call in scan.calls():
        verb = name.rpartition(".")[2]
        if verb in ("md5", "sha1", "new") and name.startswith("hashlib"):
            weak.append(module)
        place = {"derived": 1, "digest": 0, "trace": 0, "traces": 0, "_trace": 1, "sealed": 0, "unsealed": 0, "mark_key": 0}.get(verb)
        if place is None or len(call.args) <= place or module == "setfair.referrals.draft" and verb in ("sealed", "unsealed"):
            continue
        said = call.args[place]
        if isinstance(said, ast.Constant) and isinstance(said.value, str):
            used.add(said.value)
        elif isinstance(said, ast.JoinedStr) and isinstance(said.values[0], ast.Constant):
            used.add(said.values[0].value.strip())
        elif isinstance(said, ast.Name | ast.Attribute) and ast.unparse(said).endswith("PURPOSE"):
            home = ast.unparse(said).rpartition(".")[0]
            used.add(named[module] if not home else next(word for name, word in named.items() if name.endswith(f".{home}")))
    written = {purpose for row in scan.table("Keys and algorithms") for purpose in scan.coded(row[0])}
    assert (used, weak) == (written, [])


def test_each_sealed_word_says_its_form(village):
    with village.inside():
        assert seal(village.school.pk, "somewhere", "words")[:1] == FORM


TALKING_AMONG_US = ("exit.js", "gone.js", "along.js", "hour.js", "presses.js", "ready.js", "worker.js")
TAKEN_ALONG = {
    "worker.js": {"caches", "indexedDB"},
    "ready.js": {"caches", "indexedDB", "serviceWorker"},
    "along.js": {"serviceWorker"},
    **dict.fromkeys(("exit.js", "gone.js", "hour.js"), {"document.cookie", "serviceWorker"}),
}


def test_scripts_write_no_html():
    """Nor talk to other windows, but for the one word by which our own tabs learn that the stay is over, on a channel of our own origin,
    and for what the pages of one console and its own worker say to each other (decision 155)."""
    found = {name: set(AS_HTML.findall(text)) for name, text in scan.scripts()}
    assert {name.rpartition("/")[2]: said for name, said in found.items() if said} == dict.fromkeys(TALKING_AMONG_US, {"postMessage"})


def test_scripts_keep_nothing_in_the_browser():
    """But for the cookies that say that somebody is on their way out and that something waits, and for what one console is taken along in: by
    its own worker, sealed, and wiped when they leave (decision 155)."""
    found = {name: set(IN_A_BROWSER.findall(text)) for name, text in scan.scripts()}
    assert {name.rpartition("/")[2]: said for name, said in found.items() if said} == TAKEN_ALONG


@pytest.mark.parametrize(
    "path", ["/.git/config", "/.env", "/static/", "/static/ui/", "/var/", "/admin/", "/debug/", "/pyproject.toml", "/static/../.env"]
)
def test_nothing_of_the_checkout_is_served(client, village, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "PATCH", "DELETE", "PROPFIND"])
def test_no_method_but_those_of_pages_and_forms_is_answered(client, village, method):
    answer = client.generic(method, "/", headers={"x-told": "a secret"})
    assert (answer.status_code, answer.content) == (405, b"")


def test_pages_say_their_type_and_charset(client, village):
    for path in ("/", "/code/", "/nothing-here/"):
        assert client.get(path)["Content-Type"] == "text/html; charset=utf-8"


def test_what_takes_long_is_done_by_the_worker():
    """No view sends a letter, or waits for anybody else."""
    views = [(module, name) for module, name, _call in scan.calls() if ".views" in module]
    assert [found for found in views if found[1].endswith((".send_messages", "sleep", "urlopen", "deliver"))] == []
