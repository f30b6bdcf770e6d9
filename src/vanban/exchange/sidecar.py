"""``<ma>.json`` beside the built files: what document systems ask for when a file is handed in.

In: a composed document, its state and its files. Out: JSON of flat Vietnamese keys, those of
``docs/ky-so.md``. Equal input gives equal bytes; nothing tells when or where it was made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

from vanban import __version__
from vanban.document import Document, Signature
from vanban.line_ends import NO_BREAK, plain
from vanban.nd30.document_types import ABBREVIATIONS, LETTER, UNNUMBERED

NUMBER_HEAD = "Số:"
ANNEX = "Phụ lục"
"""What a file of an annex alone is called in place of a type."""


def sidecar(document: Document, state: str, pages: int, files: Mapping[str, bytes]) -> bytes:
    """Return the description of ``document``, whose ``files`` go by name; "" is not known yet.

    ``state`` is that of the document in words, ``pages`` how many its PDF has.
    """
    number, symbol = number_and_symbol_of(document)
    kind = type_of(document)
    two = (document.countersignature, document.signature)
    facts = {
        "ma": document.id,
        "loai": kind,
        "so": number,
        "ky_hieu": symbol,
        "so_ky_hieu": f"{number}/{symbol}" if number else "",
        "ngay_ban_hanh": document.issued.isoformat() if document.issued is not None else "",
        "co_quan_ban_hanh": plain(document.author),
        "trich_yeu": plain(document.title).removeprefix(kind).strip(),
        "nguoi_ky": [_signer(each) for each in two if each.capacity],
        "do_khan": plain(document.header.urgency),
        "kinh_gui": [plain(name) for name in document.header.addressees],
        "noi_nhan": [plain(line).strip("-;. ") for line in document.recipients],
        "so_trang": pages,
        "trang_thai": state,
        "tep": [{"ten": name, "sha256": sha256(data).hexdigest()} for name, data in files.items()],
        **({"bo_dung_chung": document.shared_version} if document.shared_version else {}),
        "chuong_trinh": f"vanban {__version__}",
    }
    return json.dumps(facts, ensure_ascii=False, indent=2).encode() + b"\n"


def number_and_symbol_of(document: Document) -> tuple[str, str]:
    """Return "15" and "KH-UBND"; the number is "" where the registry has not given it yet."""
    printed = document.annexes[0].signing_note if document.is_annex else document.header.number
    number, _, symbol = plain(printed).removeprefix(NUMBER_HEAD).partition("/")
    ends = f"; {NO_BREAK}"
    return number.strip(ends), symbol.strip(ends)


def type_of(document: Document) -> str:
    """Return the type of a document as its name is written, "Kế hoạch"; a letter prints none."""
    if document.is_annex:
        return ANNEX
    printed = plain(document.header.document_type)
    kinds = (kind for kind in (*ABBREVIATIONS, *UNNUMBERED) if kind.upper() == printed)
    return next(kinds, printed.capitalize()) if printed else LETTER


def _signer(signature: Signature) -> dict[str, str]:
    *above, title = signature.capacity
    return {
        "ho_ten": plain(signature.name),
        "chuc_vu": plain(title),
        "quyen_han": plain(", ".join(above)),
    }
