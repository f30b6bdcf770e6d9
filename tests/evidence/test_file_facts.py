from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidences import encrypted_pdf, office_bytes, pdf_bytes, picture_bytes
from packages import paragraph, word, workbook_of, zipped
from vanban.evidence.file_errors import (
    DamagedContent,
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    FileError,
    MissingFile,
    TooLarge,
    UnknownKind,
    WrongExtension,
    WrongPath,
)
from vanban.evidence.file_facts import FileFacts, FileKind, read_facts

WORD, EXCEL = office_bytes("word/document.xml"), office_bytes("xl/workbook.xml")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def png_of(width: int, height: int) -> bytes:
    """Return a PNG that claims a size, with hardly any data behind it."""

    def part(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", data) + part(b"IEND", b"")


def read(folder: Path, name: str, data: bytes) -> FileFacts:
    path = folder / name
    path.write_bytes(data)
    return read_facts(path)


def sizes(facts: FileFacts) -> list[tuple[int, int]]:
    return [(round(page.width), round(page.height)) for page in facts.pages]


@pytest.mark.parametrize(
    ("name", "data", "kind", "pages"),
    [
        ("a.pdf", pdf_bytes(3), FileKind.PDF, [(210, 297)] * 3),
        ("a.PDF", b"\n junk before \n" + pdf_bytes(), FileKind.PDF, [(210, 297)]),
        ("a.jpg", picture_bytes("JPEG"), FileKind.JPEG, [(51, 25)]),
        ("a.jpeg", picture_bytes("JPEG"), FileKind.JPEG, [(51, 25)]),
        ("a.png", picture_bytes("PNG"), FileKind.PNG, [(51, 25)]),
        ("a.tif", picture_bytes("TIFF"), FileKind.TIFF, [(51, 25)]),
        ("a.tiff", picture_bytes("TIFF", frames=4), FileKind.TIFF, [(51, 25)] * 4),
        ("a.docx", WORD, FileKind.DOCX, []),
        ("a.xlsx", EXCEL, FileKind.XLSX, []),
        ("a.pdf", encrypted_pdf(""), FileKind.PDF, [(210, 297)]),
    ],
)
def test_facts(
    name: str, data: bytes, kind: FileKind, pages: list[tuple[int, int]], tmp_path: Path
) -> None:
    facts = read(tmp_path, name, data)
    assert (facts.kind, facts.size, facts.signed) == (kind, len(data), False)
    assert facts.sha256 == hashlib.sha256(data).hexdigest()
    assert sizes(facts) == pages
    assert facts.page_count == (len(pages) or None)


def _turn(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj["/Rotate"] = 90


def _turn_above(pdf: pikepdf.Pdf) -> None:
    pdf.Root["/Pages"]["/Rotate"] = -90


def _crop(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj["/CropBox"] = pikepdf.Array([0, 0, 200, 100])


def _scale(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj["/UserUnit"] = 2


@pytest.mark.parametrize(
    ("change", "size"),
    [
        (_turn, (297, 210)),
        (_turn_above, (297, 210)),
        (_crop, (71, 35)),
        (_scale, (420, 594)),
    ],
)
def test_size_of_a_page_as_it_is_seen(
    change: Callable[[pikepdf.Pdf], None], size: tuple[int, int], tmp_path: Path
) -> None:
    assert sizes(read(tmp_path, "a.pdf", pdf_bytes(1, change))) == [size]


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.pdf", b"", EmptyFile),
        ("a.pdf", pdf_bytes(3)[:-60], DamagedFile),
        ("a.pdf", pdf_bytes(3)[:200], DamagedFile),
        ("a.pdf", pdf_bytes(0), DamagedFile),
        ("a.pdf", b"%PDF-1.7\n%%EOF", DamagedFile),
        ("a.pdf", encrypted_pdf("mat-khau"), EncryptedFile),
        ("a.jpg", pdf_bytes(), WrongExtension),
        ("a.docx", EXCEL, WrongExtension),
        ("a.docm", WORD, WrongExtension),
        ("a", pdf_bytes(), WrongExtension),
        ("a.jpg", picture_bytes("JPEG")[:-400], DamagedFile),
        ("a.png", picture_bytes("PNG")[:-100], DamagedFile),
        ("a.png", picture_bytes("PNG")[:60] + b"x" + picture_bytes("PNG")[61:], DamagedFile),
        ("a.tif", picture_bytes("TIFF")[:-100], DamagedFile),
        ("a.png", png_of(20_000, 20_000), TooLarge),
        ("a.png", png_of(12_000, 10_000), TooLarge),
        ("a.docx", WORD[:-30], DamagedFile),
        ("a.docx", WORD[:52] + b"x" + WORD[53:], DamagedFile),
        ("a.doc", OLE, UnknownKind),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedFile),
        ("a.zip", office_bytes("other.xml"), UnknownKind),
        ("a.txt", b"text", UnknownKind),
        ("a.pdf", b"text", UnknownKind),
    ],
)
def test_bad_files(name: str, data: bytes, error: type[FileError], tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        read(tmp_path, name, data)
    assert type(caught.value) is error
    message = str(caught.value)
    assert " — " in message
    assert "\n" not in message


CONTENT = zlib.compress(b"BT /F1 12 Tf (Ke hoach) Tj ET\n" * 200_000)


def pdf_with(name: str, data: bytes) -> bytes:
    """Return a sound PDF whose page has ``data`` as its content, packed by the filter ``name``."""

    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(b"")
        stream.write(data, filter=pikepdf.Name(name))
        pdf.pages[0].obj["/Contents"] = pikepdf.Array([stream])

    return pdf_bytes(1, change, keep=True)


@pytest.mark.parametrize(
    ("name", "data", "sound"),
    [
        ("/FlateDecode", CONTENT, True),
        ("/FlateDecode", CONTENT + b"\r\n", True),
        ("/FlateDecode", CONTENT[:-4], True),  # without a checksum
        ("/FlateDecode", b"", True),
        ("/FlateDecode", CONTENT[:-4] + b"abcd", False),
        ("/FlateDecode", CONTENT[: len(CONTENT) // 2], False),
        ("/FlateDecode", CONTENT[:99] + bytes([CONTENT[99] ^ 0xFF]) + CONTENT[100:], False),
        ("/FlateDecode", bytes(500), False),
        ("/ASCIIHexDecode", b"42 54>", True),
        ("/ASCIIHexDecode", b"42 ?4>", False),
        ("/DCTDecode", b"not looked at", True),
    ],
)
def test_damaged_content_of_a_sound_pdf(
    name: str, data: bytes, sound: bool, tmp_path: Path
) -> None:
    if sound:
        assert read(tmp_path, "a.pdf", pdf_with(name, data)).page_count == 1
        return
    with pytest.raises(DamagedContent, match="nội dung trang bị hỏng — "):
        read(tmp_path, "a.pdf", pdf_with(name, data))


ODD_NAMES = word(paragraph(), main="van-ban/noi-dung.xml")
ODD_SHEET = workbook_of("", main="bang/so.xml")


def of_type(ending: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(ODD_NAMES)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    usual = b"openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = parts["[Content_Types].xml"]
    assert usual in types
    return zipped({**parts, "[Content_Types].xml": types.replace(usual, ending.encode())})


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.docx", ODD_NAMES, FileKind.DOCX),
        ("a.xlsx", ODD_SHEET, FileKind.XLSX),
        ("a.xlsx", ODD_NAMES, None),
        ("a.docx", of_type("ms-word.document.macroEnabled.main+xml"), "macro"),
        ("a.docx", of_type("openxmlformats-officedocument.x.template.main+xml"), "mẫu"),
        ("a.docx", of_type("openxmlformats-officedocument.presentationml.x"), "PowerPoint"),
        ("a.docx", zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "LibreOffice"),
    ],
)
def test_office_files_by_relations_and_types(
    name: str, data: bytes, kind: FileKind | str | None, tmp_path: Path
) -> None:
    if isinstance(kind, FileKind):
        assert read(tmp_path, name, data).kind is kind
        return
    with pytest.raises(FileError, match=kind or "đuôi tệp"):
        read(tmp_path, name, data)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    data = bytearray(WORD)
    start = data.rindex(b"PK\x01\x02")
    data[start + 24 : start + 28] = struct.pack("<I", 3_000_000_000)
    with pytest.raises(TooLarge):
        read(tmp_path, "a.docx", bytes(data))


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"\0\0\0\x18ftypheic", "HEIC .* JPEG"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "WebP"),
        (b"GIF89a", "GIF"),
        (b"II+\0\x08\0", "BigTIFF"),
        (rb"{\rtf1", "RTF"),
    ],
)
def test_known_kinds_that_are_not_accepted(start: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownKind, match=words):
        read(tmp_path, "a.jpg", start + bytes(100))


SEPARATE = pdf_bytes(2)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (SEPARATE + bytes(4096), "4096 byte thừa sau phần cuối"),
        (SEPARATE + b"<html>" * 20_000, "120000 byte thừa sau phần cuối"),
        (SEPARATE + b"\n% " + b"a" * 5000, "sau phần cuối"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + SEPARATE, "19 byte thừa trước phần đầu"),
        (SEPARATE.rstrip()[:-2], ""),
        (SEPARATE + b"\r\n \n", ""),
        (SEPARATE.replace(b"startxref", b"startxrex"), "lỗi nhỏ"),
    ],
)
def test_small_damage_of_a_pdf_is_told(data: bytes, words: str, tmp_path: Path) -> None:
    facts = read(tmp_path, "a.pdf", data)
    assert facts.page_count == 2
    assert words in "; ".join(facts.notes)
    assert bool(facts.notes) is bool(words)
    assert (tmp_path / "a.pdf").read_bytes() == data
    assert facts.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    "tail", [b"\n7 0 obj\n<</Type/Catalog>>\nendobj\n", b"\n7 0 obj <</Length 9>> stream\nab"]
)
def test_a_change_that_was_never_finished(tail: bytes, tmp_path: Path) -> None:
    with pytest.raises(DamagedFile, match="phần sửa sau cùng"):
        read(tmp_path, "a.pdf", SEPARATE + tail)


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        read_facts(tmp_path / "a.pdf")
    with pytest.raises(WrongPath):
        read_facts(tmp_path)


def test_a_signature_is_seen(tmp_path: Path) -> None:
    def field(value: bool) -> Callable[[pikepdf.Pdf], None]:
        def change(pdf: pikepdf.Pdf) -> None:
            signature = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("a"))
            if value:
                signature["/V"] = pikepdf.Dictionary(Type=pikepdf.Name.Sig)
            parent = pikepdf.Dictionary(Kids=pikepdf.Array([signature]))
            pdf.Root["/AcroForm"] = pikepdf.Dictionary(Fields=pikepdf.Array([parent]))

        return change

    assert read(tmp_path, "a.pdf", pdf_bytes(1, field(True))).signed
    assert not read(tmp_path, "a.pdf", pdf_bytes(1, field(False))).signed


SOUND = {
    "a.pdf": pdf_bytes(2),
    "a.jpg": picture_bytes("JPEG"),
    "a.png": picture_bytes("PNG"),
    "a.tif": picture_bytes("TIFF", frames=2),
    "a.docx": WORD,
}


@pytest.mark.long
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.sampled_from(sorted(SOUND)),
    where=st.floats(0, 1),
    junk=st.binary(max_size=8),
    cut=st.booleans(),
)
def test_no_damage_ends_in_another_error(
    name: str, where: float, junk: bytes, cut: bool, tmp_path: Path
) -> None:
    data = SOUND[name]
    position = int(where * len(data))
    rest = b"" if cut else data[position + len(junk) :]
    try:
        read(tmp_path, name, data[:position] + junk + rest)
    except FileError as error:
        assert str(error)
