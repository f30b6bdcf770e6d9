"""What a PDF may unpack to: every filter, every chain of them, and pictures of every codec."""

from __future__ import annotations

import base64
import io
import random
import time
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from evidences import pdf_bytes
from vanban.evidence import limited
from vanban.evidence.file_errors import MAX_PIXELS, FileError, TooLarge
from vanban.evidence.file_facts import facts_of, reader_of
from vanban.evidence.file_kinds import FileKind
from vanban.evidence.pdf_limits import DECODERS

A_PROCESS_FOR_EACH_FILE = True

Pack = Callable[[bytes], bytes]


def run_length(data: bytes) -> bytes:
    """Pack bytes that are all equal by the longest runs, others as they are."""
    packed = bytearray()
    for start in range(0, len(data), 128):
        piece = data[start : start + 128]
        equal = len(piece) > 1 and len(set(piece)) == 1
        packed += bytes([257 - len(piece), piece[0]]) if equal else bytes([len(piece) - 1]) + piece
    return bytes(packed + b"\x80")


def lzw(data: bytes, early: int = 1) -> bytes:
    bits, count, packed = 0, 0, bytearray()

    def put(code: int, width: int) -> None:
        nonlocal bits, count
        bits, count = bits << width | code, count + width
        while count >= 8:
            count -= 8
            packed.append(bits >> count & 255)
            bits &= (1 << count) - 1

    fresh = {bytes([value]): value for value in range(256)}
    table, width, before = dict(fresh), 9, b""
    put(256, width)
    for value in data:
        longer = before + bytes([value])
        if longer in table:
            before = longer
            continue
        put(table[before], width)
        table[longer] = len(table) + 2
        if len(table) + 2 + early > 1 << width:
            width += 1
        if len(table) + 2 >= 4094:
            put(256, width)
            table, width = dict(fresh), 9
        before = bytes([value])
    if before:
        put(table[before], width)
    put(257, width)
    return bytes(packed + bytes([bits << (8 - count) & 255]))


PACKERS: dict[str, Pack] = {
    "/FlateDecode": zlib.compress,
    "/ASCIIHexDecode": lambda data: data.hex(" ").encode() + b">",
    "/ASCII85Decode": lambda data: base64.a85encode(data, wrapcol=70) + b"~>",
    "/RunLengthDecode": run_length,
    "/LZWDecode": lzw,
}


def packed(data: bytes, names: list[str]) -> bytes:
    for name in reversed(names):
        data = PACKERS[name](data)
    return data


def with_stream(data: bytes, **keys: object) -> bytes:
    """Return a PDF with one more stream of raw ``data``, drawn by its page."""

    def change(pdf: Pdf) -> None:
        stream = pdf.make_stream(b"")
        stream.write(data)
        for key, value in keys.items():
            stream[f"/{key}"] = value
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=stream))

    return pdf_bytes(1, change, keep=True)


def filtered(data: bytes, names: list[str], **keys: object) -> bytes:
    return with_stream(data, Filter=Array([Name(name) for name in names]), **keys)


SAMPLES = {
    "nothing": b"",
    "zeros": bytes(300_001),
    "words": b"BT /F1 12 Tf (Ke hoach so 15) Tj ET\n" * 5000,
    "noise": random.Random(1).randbytes(70_003),
}


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("name", PACKERS)
def test_decoders_undo_what_was_packed(name: str, sample: str) -> None:
    data = PACKERS[name](SAMPLES[sample])
    cut = [data[start : start + 777] for start in range(0, len(data), 777)]
    assert b"".join(DECODERS[name](cut, None)) == SAMPLES[sample]


def test_lzw_without_early_change() -> None:
    data = lzw(SAMPLES["words"], early=0)
    parameters = Dictionary(EarlyChange=0)
    assert b"".join(DECODERS["/LZWDecode"]([data], parameters)) == SAMPLES["words"]


CHAINS = [
    ["/FlateDecode"],
    ["/FlateDecode"] * 3,
    ["/ASCIIHexDecode", "/FlateDecode"],
    ["/ASCII85Decode", "/FlateDecode"],
    ["/ASCII85Decode", "/LZWDecode", "/FlateDecode"],
    ["/RunLengthDecode", "/FlateDecode"],
    ["/FlateDecode", "/RunLengthDecode"],
    ["/LZWDecode"],
    ["/LZWDecode", "/LZWDecode"],
    ["/FlateDecode", "/ASCIIHexDecode"],
    ["/FlateDecode", "/ASCII85Decode"],
    ["/FlateDecode", "/DCTDecode"],
]


@pytest.mark.parametrize("chain", CHAINS, ids=" ".join)
def test_chains_of_filters_are_bounded(chain: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    size = 200_000
    monkeypatch.setattr("vanban.evidence.pdf_limits.MAX_STREAM", size)
    names = [name for name in chain if name in PACKERS]
    small, large = packed(bytes(size // 4), names), packed(bytes(3 * size), names)
    assert facts_of(filtered(small, chain), FileKind.PDF).page_count == 1
    with pytest.raises(TooLarge, match="giải nén ra hơn"):
        facts_of(filtered(large, chain), FileKind.PDF)


def test_a_bomb_takes_neither_time_nor_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    packer = zlib.compressobj(1)
    inner = b"".join(packer.compress(bytes(10_000_000)) for _ in range(100)) + packer.flush()
    data = filtered(zlib.compress(inner), ["/FlateDecode"] * 2)
    assert len(data) < 100_000  # of a gigabyte
    # With the bound of the process far lower, the reason told is still that of the filters.
    monkeypatch.setattr(limited, "MEMORY", 100_000_000)
    with pytest.raises(TooLarge, match="giải nén ra hơn"):
        facts_of(data, FileKind.PDF)


def test_many_streams_are_bounded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vanban.evidence.pdf_limits.max_total", lambda size: 500_000)

    def many(count: int) -> bytes:
        def change(pdf: Pdf) -> None:
            stream = zlib.compress(bytes(100_000))
            entries = Dictionary()
            for number in range(count):
                entries[f"/X{number}"] = pdf.make_stream(stream, Filter=Name.FlateDecode)
            pdf.pages[0].obj.Resources = Dictionary(XObject=entries)

        return pdf_bytes(1, change, keep=True)

    assert facts_of(many(3), FileKind.PDF).page_count == 1
    with pytest.raises(TooLarge):
        facts_of(many(8), FileKind.PDF)


def test_too_many_filters() -> None:
    chain = ["/FlateDecode"] * 20
    with pytest.raises(TooLarge, match="nén chồng"):
        facts_of(filtered(packed(b"a", chain), chain), FileKind.PDF)


def in_objects(change: Callable[[Pdf], None]) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        target = io.BytesIO()
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def long_string(pdf: Pdf) -> None:
    pdf.Root.X = pdf.make_indirect(Dictionary(A=pikepdf.String("a" * 600_000)))


def test_streams_of_objects_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    data = in_objects(long_string)
    assert facts_of(data, FileKind.PDF).page_count == 1
    monkeypatch.setattr("vanban.evidence.pdf_limits.MAX_STRUCTURE", 500_000)
    with pytest.raises(TooLarge, match="giải nén ra hơn"):
        facts_of(data, FileKind.PDF)


def jpeg(width: int, height: int) -> bytes:
    """Return a JPEG whose head claims a size."""
    target = io.BytesIO()
    Image.new("L", (8, 8)).save(target, "JPEG")
    data = target.getvalue()
    start = data.index(b"\xff\xc0") + 5
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return data[:start] + size + data[start + 4 :]


def jbig2(width: int, height: int) -> bytes:
    head = bytes([0, 0, 0, 0, 48, 0, 1, 0, 0, 0, 19])
    return head + width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes(11)


SIDE = 20_000
assert SIDE * SIDE > MAX_PIXELS
PICTURES: dict[str, bytes] = {
    "dictionary": with_stream(b"", Subtype=Name.Image, Width=SIDE, Height=SIDE),
    "JPEG": with_stream(jpeg(8, 8), Subtype=Name.Image, Width=SIDE, Height=SIDE),
    "head of a JPEG": filtered(jpeg(SIDE, SIDE), ["/DCTDecode"], Subtype=Name.Image, Width=8),
    "packed JPEG": filtered(zlib.compress(jpeg(SIDE, SIDE)), ["/FlateDecode", "/DCTDecode"]),
    "fax": filtered(
        b"", ["/CCITTFaxDecode"], DecodeParms=Array([Dictionary(Columns=SIDE, Rows=SIDE)])
    ),
    "JBIG2": filtered(jbig2(SIDE, SIDE), ["/JBIG2Decode"], Subtype=Name.Image),
}


@pytest.mark.parametrize("case", PICTURES)
def test_pixels_are_bounded(case: str) -> None:
    with pytest.raises(TooLarge, match="điểm ảnh"):
        facts_of(PICTURES[case], FileKind.PDF)


def test_rows_of_a_predictor_are_bounded() -> None:
    parameters = Dictionary(Predictor=12, Columns=2_000_000_000)
    data = filtered(zlib.compress(b"a"), ["/FlateDecode"], DecodeParms=parameters)
    with pytest.raises(TooLarge):
        facts_of(data, FileKind.PDF)


def endless(data: bytes) -> int:
    while True:
        pass


def greedy(data: bytes) -> int:
    return len(bytearray(limited.MEMORY * 2))


@pytest.mark.parametrize("read", [endless, greedy])
def test_the_process_that_reads_is_bounded(
    read: Callable[[bytes], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limited, "SECONDS", 1)
    with pytest.raises(TooLarge, match="thời gian hoặc bộ nhớ — "):
        limited.read_limited(read, b"")


def idle(data: bytes) -> int:
    time.sleep(60)
    return 0


@pytest.mark.parametrize("start_method", ["fork", "spawn"])
def test_what_hangs_is_ended(start_method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited, "SECONDS", 1)
    monkeypatch.setattr(limited, "WAITS", 1)
    with pytest.raises(TooLarge):
        limited.read_limited(idle, b"", start_method)


@pytest.mark.parametrize("kind", FileKind)
def test_every_reader_works_without_fork(kind: FileKind) -> None:
    with pytest.raises(FileError, match="hỏng"):
        limited.read_limited(reader_of(kind), b"junk", "spawn")


def faulty(data: bytes) -> int:
    raise KeyError("a mistake of the program")


def test_a_process_that_reads_raises_what_it_met() -> None:
    assert limited.read_limited(len, b"abc") == 3
    with pytest.raises(KeyError):
        limited.read_limited(faulty, b"")
    with pytest.raises(FileError, match="hỏng"):
        facts_of(b"%PDF-1.7\n%%EOF", FileKind.PDF)
