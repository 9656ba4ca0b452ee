"""Words that nobody can translate: in templates outside the translating tags, in code outside the translating functions."""

import ast
import re
from html.parser import HTMLParser

GONE = re.compile(
    r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|\{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%\}|"
    r"\{%\s*block (?:width|frame|theme|stage)\s*%\}.*?\{%\s*endblock\s*%\}|<!DOCTYPE[^>]*>|<c-vars\b.*?/>",
    re.DOTALL,
)
TAG, VALUE = re.compile(r"\{%.*?%\}", re.DOTALL), re.compile(r"\{\{.*?\}\}", re.DOTALL)
READ = frozenset(
    "title alt aria-label aria-description placeholder label caption button summary heading hint why meta words intro due note legend "
    "prefix suffix change_label later_label key beside how role alias data-one data-two data-copied data-stop".split()
)
"""Attributes whose value somebody reads: those of HTML, and those of the page kit's components."""

NAMES = frozenset({"Setfair"})
WORD = re.compile(r"[^\W\d_]")
SAID_IN_A_TAG = re.compile(r"\|\s*(?:default|default_if_none|yesno|add|pluralize)\s*:\s*\"([^\"]*)\"|\b\w+=\"([^\"]*[A-Z ][^\"]*)\"")


class _Bare(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found, self.unread = [], []

    def handle_starttag(self, tag, attributes):
        if tag in ("script", "style", "svg"):
            self.unread.append(tag)
        for name, value in attributes:
            if name in READ and value and WORD.search(value) and (name != "role" or tag.startswith("c-")):
                self.found.append(f'{name}="{value}"')

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if self.unread and self.unread[-1] == tag:
            self.unread.pop()

    def handle_data(self, words):
        if not self.unread and WORD.search(words) and words.strip() not in NAMES:
            self.found.append(" ".join(words.split()))


def words_of_template(source):
    """Bare words of a page or a plain letter."""
    source = GONE.sub(" ", source)
    in_tags = [tag for tag in TAG.findall(source) if re.match(r"\{%\s*(with|include|firstof)\b", tag)] + VALUE.findall(source)
    said = [part for tag in in_tags for parts in SAID_IN_A_TAG.findall(tag) for part in parts if WORD.search(part)]
    reader = _Bare()
    reader.feed(VALUE.sub("", TAG.sub("", source)))
    reader.close()
    return reader.found + [part for part in said if not part.endswith((".html", ".css", ".js"))]


REFUSALS = re.compile(r"^(Cannot\w+|ValidationError|Refused\w*)$")
LABELS = frozenset("label help_text verbose_name verbose_name_plural empty_label hint heading why short violation_error_message".split())
FIELD = re.compile(r"Field$|^Key$|^Many")


def words_of_code(source):
    """Bare words in the places of code from which words reach a page."""
    return sorted({(node.lineno, _shown(node)) for node in _said(ast.parse(source)) if _is_bare(node)})


def _said(tree):
    """What is said to somebody: refusals, messages, labels, choices."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            owner = getattr(getattr(node.func, "value", None), "id", "")
            if REFUSALS.match(name) or (owner == "models" and FIELD.search(name)):
                yield from node.args[:1]
            if (owner == "messages" and name in ("success", "info", "warning", "error")) or name == "add_error":
                yield from node.args[1:2]
            yield from (word.value for word in node.keywords if word.arg in LABELS)
            yield from (
                text for word in node.keywords if word.arg == "error_messages" and isinstance(word.value, ast.Dict) for text in word.value.values
            )
        elif isinstance(node, ast.ClassDef):
            yield from _of_class(node)


def _of_class(node):
    bases = {getattr(base, "attr", getattr(base, "id", "")) for base in node.bases}
    for line in (line for line in node.body if isinstance(line, ast.Assign)):
        if bases & {"TextChoices", "IntegerChoices"} and isinstance(line.value, ast.Tuple):
            yield line.value.elts[-1]
        elif {target.id for target in line.targets if isinstance(target, ast.Name)} & LABELS:
            yield line.value


def _is_bare(node):
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.Constant) and WORD.search(str(part.value)) for part in node.values)
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(WORD.search(node.value))


def _shown(node):
    return ast.unparse(node)
