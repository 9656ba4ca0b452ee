"""What people send, and what those send who mean harm. Everything is made here; each carries the word `PLANTED` where it must not stay."""

import io
import zlib

import pikepdf
from pikepdf import Dictionary, Name, String
from PIL import Image

PLANTED = b"Kestrelwood"
ORIENTED, PLACE = 274, 34853


def picture(wide=600, high=400, kind="JPEG", **more):
    """Its left half is dark; it was held on its side, and says where."""
    drawn = Image.new("RGB", (wide, high), "white")
    drawn.paste("black", (0, 0, wide // 2, high))
    notes = Image.Exif()
    notes[ORIENTED], notes[0x010E] = 6, PLANTED.decode()
    notes.get_ifd(PLACE)[2] = (52.0, 31.0, 12.0)
    written = io.BytesIO()
    drawn.save(written, kind, exif=notes, **more)
    return written.getvalue()


def paper(**saved):
    """One page that shows a photograph, and holds all that a page can hide: scripts, an enclosure, a form that is sent, its maker's name."""
    pdf, word = pikepdf.new(), PLANTED.decode()
    pdf.add_blank_page()
    run = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{word}')"))
    pdf.Root.OpenAction = run
    pdf.docinfo["/Author"] = word
    pdf.attachments["enclosed.txt"] = pikepdf.AttachedFileSpec(pdf, PLANTED)
    with pdf.open_metadata() as notes:
        notes["dc:title"] = word
    page = pdf.pages[0].obj
    page.AA = Dictionary(O=Dictionary(S=Name.URI, URI=String(f"https://{word}.example")))
    send = Dictionary(S=Name.SubmitForm, F=String(f"https://{word}.example"))
    page.Annots = pdf.make_indirect([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=send)])
    shown = pdf.make_stream(picture(), Type=Name.XObject, Subtype=Name.Image, Width=600, Height=400, BitsPerComponent=8)
    shown.ColorSpace, shown.Filter = Name.DeviceRGB, Name.DCTDecode
    page.Resources = Dictionary(XObject=Dictionary(A=shown))
    page.Contents = pdf.make_stream(b"q 300 0 0 200 0 0 cm /A Do Q")
    written = io.BytesIO()
    pdf.save(written, **saved)
    return written.getvalue()


def folded_paper(inner=150 * 1024 * 1024):
    """150 KB that unfold to as many megabytes."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.pages[0].obj.Contents = pdf.make_stream(b"")
    pdf.pages[0].obj.Contents.write(zlib.compress(bytes(inner), 9), filter=Name.FlateDecode)
    written = io.BytesIO()
    pdf.save(written, recompress_flate=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return written.getvalue()


def vast_picture():
    """A few kilobytes that say they are 900 million points."""
    written = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(written, "PNG")
    return written.getvalue()


def archive():
    return b"PK\x03\x04" + PLANTED + b"PK\x05\x06" + bytes(18)


def locked_paper():
    return paper(encryption=pikepdf.Encryption(owner="theirs", user=""))


REFUSED = {
    "empty": b"",
    "broken_picture": picture()[:900],
    "phone_picture": b"\x00\x00\x00\x18ftypheic" + bytes(60),
    "picture": b"GIF89a" + bytes(60),
    "film": b"\x00\x00\x00\x18ftypisom" + bytes(60),
    "document": archive(),
    "unknown": bytes(range(256)),
}
TWO_THINGS = {
    "a picture and an archive": picture() + archive(),
    "a picture and a page": picture(comment=b"*/<script>alert(1)</script>"),
    "a paper and a page": paper() + b"<script>alert(1)</script>",
    "a paper and an archive": paper() + archive(),
    "a page and a paper": b"<html><body>" + paper(),
    "a paper inside a picture": picture(comment=b"%PDF-1.7"),
    "a page that says it is text": b"Hello <iframe src=x>",
}
