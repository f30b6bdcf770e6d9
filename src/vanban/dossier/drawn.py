"""What pages draw, and nothing else, by the keys of ISO 32000-1 that drawing needs.

In: resources, forms and pictures of an open PDF, which is never written. Out: the same objects
without every key that is not in the table, and the words for what was taken away. So nothing that
a page only carries with it can enter a dossier: files, code, references to the outside.
"""

from __future__ import annotations

import re

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from vanban.dossier.archival import objections
from vanban.dossier.optional_content import Layers
from vanban.evidence.pdf_pages import name_of

ATTACHED = "tệp đính kèm"
OUTSIDE = "nội dung nằm ở tệp khác"
PROGRAM = "mã PostScript"
ACTION = "mã hoặc lệnh kèm theo hình vẽ"
UNKNOWN = "hình vẽ không rõ loại"

WORDS: dict[str, str] = {
    "/AF": ATTACHED,
    "/EF": ATTACHED,
    "/F": OUTSIDE,
    "/FFilter": OUTSIDE,
    "/FDecodeParms": OUTSIDE,
    "/Ref": OUTSIDE,
    "/OPI": OUTSIDE,
    "/PS": PROGRAM,
    "/Subtype2": PROGRAM,
    "/A": ACTION,
    "/AA": ACTION,
    "/JS": ACTION,
    "/JavaScript": ACTION,
    "/OpenAction": ACTION,
}
"""What a key that is taken away holds; others are told by their names."""

SILENT = frozenset({"/StructParent", "/StructParents", "/Name", "/LastModified", "/ID", "/OC"})
"""Keys that hold nothing but book-keeping; layers are settled before they go."""


def _keys(plain: str, **others: str) -> dict[str, str]:
    return {f"/{key}": PLAIN for key in plain.split()} | {f"/{k}": v for k, v in others.items()}


PLAIN = "plain"
"""Numbers, names, strings and arrays of them."""
EACH = "*"
"""Ends the kind of a dictionary whose keys are free, and whose values are of the kind before."""

DATA = _keys("Length Filter", DecodeParms="parameters")
FUNCTION = DATA | _keys(
    "FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Bounds",
    Functions="function",
)

KINDS: dict[str, dict[str, str]] = {
    "resources": _keys(
        "ProcSet",
        ExtGState="state*",
        ColorSpace="colour*",
        Pattern="pattern*",
        Shading="shading*",
        XObject="xobject*",
        Font="font*",
        Properties="property*",
    ),
    "form": DATA | _keys("Type Subtype FormType BBox Matrix", Resources="resources", Group="group"),
    "image": DATA
    | _keys(
        "Type Subtype Width Height BitsPerComponent Intent ImageMask Decode Interpolate "
        "SMaskInData Matte",
        ColorSpace="colour",
        Mask="image",
        SMask="image",
    ),
    "state": _keys(
        "Type LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS TK UseBlackPtComp",
        Font="font",
        BG="function",
        BG2="function",
        UCR="function",
        UCR2="function",
        TR="function",
        TR2="function",
        HT="halftone",
        SMask="mask",
    ),
    "mask": _keys("Type S BC", G="form", TR="function"),
    "halftone": DATA
    | _keys(
        "Type HalftoneType HalftoneName Frequency Angle AccurateScreens Width Height Width2 "
        "Height2 Xsquare Ysquare",
        SpotFunction="function",
        TransferFunction="function",
        Default="halftone",
    ),
    "colour": FUNCTION
    | _keys(
        "WhitePoint BlackPoint Gamma Matrix Subtype Components",
        Alternate="colour",
        Colorants="colour*",
        Process="colour",
        ColorSpace="colour",
    ),
    "function": FUNCTION,
    "shading": DATA
    | _keys(
        "ShadingType Background BBox AntiAlias Coords Domain Extend Matrix BitsPerCoordinate "
        "BitsPerComponent BitsPerFlag VerticesPerRow Decode",
        ColorSpace="colour",
        Function="function",
    ),
    "pattern": DATA
    | _keys(
        "Type PatternType PaintType TilingType BBox XStep YStep Matrix",
        Resources="resources",
        Shading="shading",
        ExtGState="state",
    ),
    "group": _keys("Type S I K", CS="colour"),
    "font": _keys(
        "Type Subtype BaseFont FirstChar LastChar Widths FontBBox FontMatrix DW W DW2 W2",
        CIDSystemInfo="system",
        FontDescriptor="descriptor",
        Encoding="encoding",
        ToUnicode="encoding",
        DescendantFonts="font",
        CharProcs="data*",
        CIDToGIDMap="data",
        Resources="resources",
    ),
    "system": _keys("Registry Ordering Supplement"),
    "descriptor": _keys(
        "Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent "
        "Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth CharSet Lang",
        FontFile="face",
        FontFile2="face",
        FontFile3="face",
        CIDSet="data",
        Style="style",
        FD="descriptor*",
    ),
    "style": _keys("Panose"),
    "face": DATA | _keys("Length1 Length2 Length3 Subtype"),
    "encoding": DATA
    | _keys(
        "Type BaseEncoding Differences CMapName WMode", CIDSystemInfo="system", UseCMap="encoding"
    ),
    "data": DATA,
    "parameters": _keys(
        "Type Name K Columns Rows BlackIs1 EncodedByteAlign EndOfLine EndOfBlock "
        "DamagedRowsBeforeError Predictor Colors BitsPerComponent EarlyChange ColorTransform",
        JBIG2Globals="data",
    ),
}
"""The keys that drawing needs, by kind of object, and the kind of each value."""

DRAWN = {"/Form": "form", "/Image": "image"}
"""Kinds of external objects that are drawn; PostScript is not, and reads what it likes."""

NESTED = re.compile(rb"<<|\d R\b")
"""What an array of plain values does not hold, as it is written."""


class Drawn:
    """Takes away what is not drawn from the objects of one source."""

    def __init__(self, source: Pdf, layers: Layers) -> None:
        self._source = source
        self._layers = layers
        self._seen: set[tuple[tuple[int, int], str]] = set()
        self._words: set[str] = set()
        self._names: set[str] = set()
        self.unfit: set[str] = set()
        """What of it PDF/A-2 does not allow, in Vietnamese."""

    @property
    def left_out(self) -> set[str]:
        """What was taken away so far, in Vietnamese."""
        if not self._names:
            return self._words
        names = sorted(name for name in self._names)
        shown = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
        return {*self._words, f"dữ liệu kèm theo, không hiện trên trang ({shown})"}

    def keep(self, start: Object, kind: str) -> None:
        """Leave in ``start``, an object of ``kind``, and in all below it only what is drawn."""
        waiting: list[tuple[Object, str]] = [(start, kind)]
        while waiting:
            current, kind = waiting.pop()
            if isinstance(current, Array):
                waiting.extend((each, kind) for each in current)
            elif isinstance(current, Dictionary | Stream):
                if current.is_indirect:
                    if (current.objgen, kind) in self._seen:
                        continue
                    self._seen.add((current.objgen, kind))
                waiting.extend(self._settle(current, kind))

    def forget_carried(self, owner: Object) -> None:
        """Note what ``owner``, of which nothing but its data is taken over, carries with it."""
        self._words |= {word for key, word in WORDS.items() if key in owner}

    def skip(self, what: str) -> None:
        """Note that ``what`` (in Vietnamese) is not taken over."""
        self._words.add(what)

    def forget(self, key: str) -> None:
        """Note that the value of ``key`` is not taken over."""
        if key in WORDS:
            self._words.add(WORDS[key])
        elif key not in SILENT:
            self._names.add("".join(sign for sign in key[1:31] if sign.isalnum() or sign in "._-"))

    def _settle(self, owner: Object, kind: str) -> list[tuple[Object, str]]:
        """Take keys away from ``owner``; return the values to look into."""
        if kind == "property*":
            self._settle_properties(owner)
            return []
        self.unfit.update(objections(owner, kind))
        below: list[tuple[Object, str]] = []
        for key in sorted(owner.keys()):
            if key == "/Length" and isinstance(owner, Stream):
                continue  # belongs to the data, whatever is taken away
            value = owner[key]
            wanted = kind[:-1] if kind.endswith(EACH) else KINDS[kind].get(key)
            if wanted == "xobject":
                wanted = self._settle_external(owner, key)
            if wanted is None or (wanted == PLAIN and not _is_plain(value)):
                self.forget(key)
                del owner[key]
            elif wanted != PLAIN and isinstance(value, Array | Dictionary | Stream):
                below.append((owner[key], wanted))
        return below

    def _settle_external(self, owner: Object, key: str) -> str:
        """Return the kind of an external object; put nothing in its place where it is hidden."""
        value = owner[key]
        kind = DRAWN.get(name_of(value.get("/Subtype"))) if isinstance(value, Stream) else None
        if kind is None or not self._layers.shows(value.get("/OC")):
            if kind is None:
                is_program = isinstance(value, Stream) and value.get("/Subtype") == Name.PS
                self._words.add(PROGRAM if is_program else UNKNOWN)
            owner[key] = self._source.make_stream(
                b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 0, 0])
            )
        return kind or "form"

    def _settle_properties(self, owner: Object) -> None:
        """Leave of the properties of marked content only whether it is hidden."""
        for key in sorted(owner.keys()):
            value = owner[key]
            is_layer = isinstance(value, Dictionary) and value.get("/Type") in (
                Name.OCG,
                Name.OCMD,
            )
            hides = is_layer and not self._layers.shows(value)
            if isinstance(value, Dictionary) and not is_layer:
                self.forget_carried(value)
            owner[key] = self._layers.hide() if hides else Dictionary()


def _is_plain(value: object) -> bool:
    """Say whether a value holds no dictionary and no stream."""
    if isinstance(value, Dictionary | Stream):
        return False
    if not isinstance(value, Array) or NESTED.search(value.unparse()) is None:
        return True
    return all(
        not isinstance(each, Dictionary | Stream)
        and (not isinstance(each, Array) or NESTED.search(each.unparse()) is None)
        for each in value
    )
