"""A paper as a screen reader has it: its text through the fonts' own tables, in the order of its tags."""

from collections import defaultdict

import pikepdf

ARTIFACT = "artifact"


def words_of(pdf):
    """All its text, in the order in which it is drawn."""
    return " ".join(" ".join("".join(part) for page in pdf.pages for part in _pieces(page).values()).split())


def tags_of(pdf):
    return [tag for tag, _words in read_out(pdf)[0]]


def read_out(pdf):
    """Each tag with its own words, or with what stands for a picture, in the order of the tree; and all text that no tag holds."""
    drawn = {page.objgen: _pieces(page) for page in pdf.pages}
    heard = [one for kid in _kids(pdf.Root.StructTreeRoot) for one in _heard(kid, None, drawn)]
    loose = [words for pieces in drawn.values() for key, words in pieces.items() if key is None]
    return heard, loose


def _heard(node, page, drawn):
    page = node.get("/Pg", page)
    own = ["".join(drawn[page.objgen].get(int(kid), [])) for kid in _kids(node) if isinstance(kid, int)]
    found = [(str(node.S), str(node.Alt) if "/Alt" in node else " ".join("".join(own).split()))]
    for kid in _kids(node):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += _heard(kid, page, drawn)
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            words = "".join(drawn[kid.get("/Pg", page).objgen].get(int(kid.MCID), []))
            found[0] = (found[0][0], " ".join(f"{found[0][1]} {words}".split()))
    return found


def _kids(node):
    kids = node.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _pieces(page):
    """The text of each marked piece of a page by its number; of an artifact under that name, of what is not marked under None."""
    tables = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    table, marked, found = {}, [], defaultdict(list)
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                marked.append(_number(operands))
            case "EMC":
                marked.pop()
            case "Tf":
                table = tables[str(operands[0])]
            case "Tj" | "TJ":
                key = next((one for one in reversed(marked) if one is not None), None)
                found[key].append(_text(operands, table))
    return found


def _number(operands):
    if str(operands[0]) == "/Artifact":
        return ARTIFACT
    around = operands[1] if len(operands) > 1 else None
    return int(around.MCID) if isinstance(around, pikepdf.Dictionary) and "/MCID" in around else None


def _text(operands, table):
    runs = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
    signs = [bytes(run) for run in runs if isinstance(run, pikepdf.String)]
    return "".join(table.get(run[at : at + 2], "") for run in signs for at in range(0, len(run), 2))


def _letters(font):
    table = {}
    for line in font.ToUnicode.read_bytes().decode().splitlines():
        parts = [part.strip("<>") for part in line.split()]
        if line.startswith("<") and len(parts) == 2:
            table[bytes.fromhex(parts[0])] = bytes.fromhex(parts[1]).decode("utf-16-be")
        elif line.startswith("<") and len(parts) == 3:
            first, last, start = int(parts[0], 16), int(parts[1], 16), bytes.fromhex(parts[2]).decode("utf-16-be")
            table |= {n.to_bytes(2): start[:-1] + chr(ord(start[-1]) + n - first) for n in range(first, last + 1)}
    return table
