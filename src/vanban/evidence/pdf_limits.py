"""Bounds of what a PDF may unpack to, and the check that every part of it keeps to them.

In: an open PDF. Out: nothing, or a :class:`FileError`. Filters (ISO 32000-1, 7.4) are undone piece
by piece, each stage of a chain counted, nothing kept: a file is measured without the room that it
asks for. What only a picture codec can undo is bounded by its pixels.
"""

from __future__ import annotations

import base64
import io
import warnings
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import pikepdf

from vanban.evidence.file_errors import MAX_PIXELS, TOO_MANY_PIXELS, DamagedContent, TooLarge
from vanban.evidence.pdf_pages import name_of
from vanban.io.process import PROCESS

MAX_STREAM = 4 * MAX_PIXELS
"""Bytes that one stream, or one stage of its filters, may unpack to: the largest CMYK picture."""
MAX_STRUCTURE = 50_000_000
"""Bytes that a table or a stream of objects may unpack to; usual ones hold some 100 kB."""
MAX_ITEMS = 1_000_000
"""Entries of one array or dictionary: more than any tree of pages or table of widths has."""
MAX_FILTERS = 8
"""Filters of one stream; two are usual, three are seen."""


def max_total(size: int) -> int:
    """Return the bytes that all streams of a file of ``size`` bytes may unpack to together."""
    return 4_000_000_000 + 100 * size


def unpacks_too_far(limit: int) -> TooLarge:
    return TooLarge(
        f"nội dung tệp giải nén ra hơn {limit // 1_000_000} MB — in lại ra PDF, hoặc quét lại ở "
        "300 dpi"
    )


@contextmanager
def open_bounded(data: bytes) -> Iterator[pikepdf.Pdf]:
    """Open a PDF whose tables and objects keep to the bounds until the end of ``with``.

    Raises TooLarge where they do not, and what pikepdf raises for a file that it cannot open. The
    limits of qpdf belong to the process; they are put back at the end.
    """
    with _structure_within(MAX_STRUCTURE):
        try:
            pdf = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
        except pikepdf.PasswordError:
            raise
        except pikepdf.PdfError:
            # qpdf does not say why. Damage stays damage with more room.
            with _structure_within(MAX_STREAM):
                pikepdf.open(io.BytesIO(data), suppress_warnings=True).close()
            raise unpacks_too_far(MAX_STRUCTURE) from None
        with pdf:
            yield pdf
            if any("memory limit exceeded" in str(warning) for warning in pdf.get_warnings()):
                raise unpacks_too_far(MAX_STRUCTURE)


@contextmanager
def _structure_within(limit: int) -> Iterator[None]:
    from pikepdf import settings

    before = settings.set_qpdf_limits(
        flate_max_memory=limit,
        run_length_max_memory=limit,
        png_max_memory=limit,
        tiff_max_memory=limit,
        parser_max_container_size=MAX_ITEMS,
        max_stream_filters=MAX_FILTERS,
    )
    try:
        yield
    finally:
        settings.set_qpdf_limits(**before)  # type: ignore[arg-type]


def check_streams(pdf: pikepdf.Pdf, size: int) -> int:
    """Measure every stream of ``pdf``, a file of ``size`` bytes; return how many pictures are cut.

    Raises TooLarge where it goes beyond the bounds, DamagedContent where what is no picture cannot
    be undone.
    """
    room, damaged = max_total(size), 0
    for part in pdf.objects:
        if not isinstance(part, pikepdf.Stream):
            continue
        try:
            room -= _measure(part)
        except (ValueError, zlib.error) as error:
            if part.get("/Subtype") != pikepdf.Name.Image:
                raise DamagedContent from error
            damaged += 1
        if room < 0:
            raise unpacks_too_far(max_total(size))
    return damaged


def _measure(stream: pikepdf.Stream) -> int:
    """Return the bytes that ``stream`` unpacks to, as far as no picture codec is needed.

    Raises ValueError or zlib.error where it is damaged.
    """
    filters = list(_filters(stream))
    if len(filters) > MAX_FILTERS:
        raise TooLarge(f"nội dung tệp nén chồng hơn {MAX_FILTERS} lớp — in lại ra PDF")
    is_picture = stream.get("/Subtype") == pikepdf.Name.Image
    if is_picture and _number(stream, "/Width") * _number(stream, "/Height") > MAX_PIXELS:
        raise TooLarge(TOO_MANY_PIXELS)
    pieces: Iterable[bytes] = _pieces(stream.read_raw_bytes()) if filters else ()
    for name, parameters in filters:
        if name in CODECS:
            return _size_up(CODECS[name], pieces, parameters)
        if name not in DECODERS:
            break
        _check_predictor(parameters)
        pieces = _counted(DECODERS[name](pieces, parameters))
    return sum(map(len, pieces))


Parameters = pikepdf.Dictionary | None


def _filters(stream: pikepdf.Stream) -> Iterator[tuple[str, Parameters]]:
    """Yield the filters of ``stream`` in the order of undoing, each with its parameters."""
    names = stream.get("/Filter")
    if names is None:
        return
    parameters = stream.get("/DecodeParms")
    if parameters is None:
        parameters = stream.get("/DP")
    every = list(names) if isinstance(names, pikepdf.Array) else [names]
    given = list(parameters) if isinstance(parameters, pikepdf.Array) else [parameters]
    for position, name in enumerate(every):
        own = given[position] if position < len(given) else None
        yield name_of(name), own if isinstance(own, pikepdf.Dictionary) else None


def _number(owner: pikepdf.Object | None, key: str, default: int = 0) -> int:
    value = owner.get(key, default) if owner is not None else default
    return int(value) if isinstance(value, int) else default


def _check_predictor(parameters: Parameters) -> None:
    """Refuse rows of a size that only a viewer's row buffer would notice."""
    bits = _number(parameters, "/Colors", 1) * _number(parameters, "/BitsPerComponent", 8)
    if bits * _number(parameters, "/Columns", 1) > 8 * MAX_STREAM:
        raise unpacks_too_far(MAX_STREAM)


def _counted(pieces: Iterable[bytes]) -> Iterator[bytes]:
    room = MAX_STREAM
    for piece in pieces:
        room -= len(piece)
        if room < 0:
            raise unpacks_too_far(MAX_STREAM)
        yield piece


# --- filters ----------------------------------------------------------------------------------

PIECE = 1 << 20
BLANKS = b"\0\t\n\f\r "


def _pieces(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), PIECE):
        yield data[start : start + PIECE]


def _hexadecimal(pieces: Iterable[bytes], _: Parameters) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        digits, end, _after = piece.translate(None, BLANKS).partition(b">")
        rest += digits
        if end:
            break
        even = len(rest) & ~1
        yield bytes.fromhex(rest[:even].decode("ascii"))
        rest = rest[even:]
    yield bytes.fromhex((rest + b"0" * (len(rest) & 1)).decode("ascii"))


def _ascii85(pieces: Iterable[bytes], _: Parameters) -> Iterator[bytes]:
    rest, at_start = b"", True
    for piece in pieces:
        signs = piece.translate(None, BLANKS)
        digits, end, _after = signs.removeprefix(b"<~" if at_start else b"").partition(b"~")
        at_start = False
        # A "z" stands for five digits, and only between whole groups.
        *groups, rest = (rest + digits).split(b"z")
        for group in groups:
            yield base64.a85decode(group) + bytes(4)
        if end:
            break
        whole = len(rest) - len(rest) % 5
        yield base64.a85decode(rest[:whole])
        rest = rest[whole:]
    yield base64.a85decode(rest)


def _run_length(pieces: Iterable[bytes], _: Parameters) -> Iterator[bytes]:
    data, out = b"", bytearray()
    for piece in pieces:
        data, position = data + piece, 0
        while position < len(data):
            length = data[position]
            if length == 128:
                yield bytes(out)
                return
            needed = position + 2 + (length if length < 128 else 0)
            if needed > len(data):
                break
            taken = data[position + 1 : needed]
            out += taken if length < 128 else taken * (257 - length)
            position = needed
            if len(out) > PIECE:
                yield bytes(out)
                out.clear()
        data = data[position:]
    yield bytes(out)


CLEAR, END, LONGEST_TABLE = 256, 257, 4096


def _lzw(pieces: Iterable[bytes], parameters: Parameters) -> Iterator[bytes]:
    early = _number(parameters, "/EarlyChange", 1)
    first = [bytes([value]) for value in range(256)] + [b"", b""]
    table, before = first.copy(), b""
    width, bits, count = 9, 0, 0
    out = bytearray()
    for piece in pieces:
        for byte in piece:
            bits, count = (bits << 8 | byte) & 0xFFFFF, count + 8
            if count < width:
                continue
            count -= width
            code = bits >> count & (1 << width) - 1
            if code == END:
                yield bytes(out)
                return
            if code == CLEAR:
                table, before, width = first.copy(), b"", 9
                continue
            if code > len(table) or (code == len(table) and not before):
                raise ValueError("a code of LZW that is not in the table")
            found = table[code] if code < len(table) else before + before[:1]
            if before and len(table) < LONGEST_TABLE:
                table.append(before + found[:1])
            before = found
            out += found
            width = min(12, max(9, (len(table) + early).bit_length()))
            if len(out) > PIECE:
                yield bytes(out)
                out.clear()
    yield bytes(out)


def _flate(pieces: Iterable[bytes], _: Parameters) -> Iterator[bytes]:
    """Undo Flate; raises zlib.error for a wrong checksum and for a missing end.

    qpdf minds neither, and viewers then show part of a page. A checksum that is not there at all
    is no damage.
    """
    unpacker, head, tail, total = zlib.decompressobj(-zlib.MAX_WBITS), b"", b"", 1
    for piece in pieces:
        if len(head) < 2:
            head += piece
            if len(head) < 2:
                continue
            if head[0] & 15 != 8 or int.from_bytes(head[:2], "big") % 31:
                raise zlib.error("no head")
            piece = head[2:]
        if unpacker.eof:
            tail += piece[:4]
            continue
        while True:
            unpacked = unpacker.decompress(piece, PIECE)
            total = zlib.adler32(unpacked, total)
            yield unpacked
            piece = unpacker.unconsumed_tail
            if unpacker.eof or not (unpacked or piece):
                break
        tail = unpacker.unused_data
    if head and not unpacker.eof:
        raise zlib.error("no end")
    if len(tail) >= 4 and int.from_bytes(tail[:4], "big") != total:
        raise zlib.error("wrong checksum")


def _unchanged(pieces: Iterable[bytes], _: Parameters) -> Iterable[bytes]:
    return pieces


DECODERS: dict[str, Callable[[Iterable[bytes], Parameters], Iterable[bytes]]] = {
    "/ASCIIHexDecode": _hexadecimal,
    "/AHx": _hexadecimal,
    "/ASCII85Decode": _ascii85,
    "/A85": _ascii85,
    "/RunLengthDecode": _run_length,
    "/RL": _run_length,
    "/LZWDecode": _lzw,
    "/LZW": _lzw,
    "/FlateDecode": _flate,
    "/Fl": _flate,
    "/Crypt": _unchanged,
}


# --- picture codecs ---------------------------------------------------------------------------


HEAD = 4 * PIECE
"""Bytes at the start of a picture that tell its size; before it stand at most some profiles."""


def _size_up(
    pixels: Callable[[bytes, Parameters], int], pieces: Iterable[bytes], parameters: Parameters
) -> int:
    """Return the bytes of a picture as it is packed.

    Refuses one that by its own head has too many pixels, whatever the dictionary says.
    """
    head, size = bytearray(), 0
    for piece in pieces:
        head += piece[: HEAD - len(head)]
        size += len(piece)
    if pixels(bytes(head), parameters) > MAX_PIXELS:
        raise TooLarge(TOO_MANY_PIXELS)
    return size


def _pixels_of_picture(data: bytes, _: Parameters) -> int:
    """Return the pixels of a JPEG or JPEG 2000; 0 where its head cannot be read."""
    from PIL import Image, UnidentifiedImageError

    try:
        with PROCESS, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=["JPEG", "JPEG2000"]) as image:
                return image.width * image.height
    except Image.DecompressionBombError:
        return MAX_PIXELS + 1
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, KeyError):
        return 0


def _pixels_of_fax(_: bytes, parameters: Parameters) -> int:
    return _number(parameters, "/Columns", 1728) * _number(parameters, "/Rows", 1)


PAGE_INFORMATION = 48


def _pixels_of_jbig2(data: bytes, _: Parameters) -> int:
    """Return the pixels of a JBIG2 page (ISO 14492, 7.4.8), whose segment comes first."""
    if len(data) < 19 or data[4] & 0x3F != PAGE_INFORMATION:
        return 0
    start = 11  # number 4, flags 1, referred-to 1, page 1, length 4
    width = int.from_bytes(data[start : start + 4], "big")
    height = int.from_bytes(data[start + 4 : start + 8], "big")
    return width * (height if height != 0xFFFFFFFF else 1)


CODECS: dict[str, Callable[[bytes, Parameters], int]] = {
    "/DCTDecode": _pixels_of_picture,
    "/DCT": _pixels_of_picture,
    "/JPXDecode": _pixels_of_picture,
    "/CCITTFaxDecode": _pixels_of_fax,
    "/CCF": _pixels_of_fax,
    "/JBIG2Decode": _pixels_of_jbig2,
}
