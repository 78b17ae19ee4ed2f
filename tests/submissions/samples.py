"""Files as people and others upload them, made here."""

import io
import struct
import zipfile

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 1, 1, 8, 0, 0, 0, 0) + b"\0" * 40
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\0\0\x01\0\x01\0\0" + b"\0" * 60 + b"\xff\xd9"
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\0" * 500
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"


def pdf(pages=2, *, password="", script=False, title="", author="", size=(200, 200)):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(*size)
    if title:
        writer.add_metadata({"/Title": title})
    if author:
        writer.add_metadata({"/Author": author})
    if script:
        act = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}
        action = DictionaryObject({NameObject(key): value for key, value in act.items()})
        writer.root_object[NameObject("/OpenAction")] = action
    if password:
        writer.encrypt(password, "owner", algorithm="RC4-128")
    return _bytes_of(writer)


def _bytes_of(writer):
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def written_pdf(*pages):
    """A page of A4 for each list of lines, with text that can be read out of it."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): font})
    for lines in pages:
        page, stream = writer.add_blank_page(595, 842), StreamObject()
        shown = b" ".join(b"<%s> Tj T*" % line.encode("cp1252", "replace").hex().encode() for line in lines)
        stream.set_data(b"BT /F1 12 Tf 60 780 Td 18 TL " + shown + b" ET")
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    return _bytes_of(writer)


def scanned_pdf():
    """A page that is one picture of noise: nothing packs worse."""
    written = io.BytesIO()
    Image.effect_noise((1240, 1754), 90).convert("RGB").save(written, "PDF", resolution=150)
    return written.getvalue()


def archive(entries, compression=zipfile.ZIP_DEFLATED):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", compression) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return written.getvalue()


def docx(**more):
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>", **more})


def xlsx(**more):
    return archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>", **more})


def odt(kind="text", **more):
    return archive({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<o/>", **more})


def locked_office():
    return OLD_OFFICE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def locked_zip():
    """A real archive whose entries say that they are encrypted."""
    data = bytearray(archive({"a.txt": "secreto"}, zipfile.ZIP_STORED))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        data[at + offset] |= 1
    return bytes(data)


def bomb():
    """Forty megabytes of zeros in forty kilobytes."""
    return archive({f"{number}.txt": b"\0" * 10_000_000 for number in range(4)})


def crowd(entries=5_000):
    return archive({f"{number}": "" for number in range(entries)}, zipfile.ZIP_STORED)


def overlapping():
    """Entries that all point at one content: their sizes together are larger than the file."""
    data = bytearray(archive({"a": b"x" * 3000, "b": b""}, zipfile.ZIP_STORED))
    at = data.rfind(b"PK\x01\x02")
    data[at + 20 : at + 28] = struct.pack("<LL", 3000, 3000)
    return bytes(data)
