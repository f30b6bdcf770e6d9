"""Small evidence files of every kind, and content folders that register them."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import pikepdf
from PIL import Image

from assessments import CRITERIA, FULL, HEAD
from support import write_content
from vanban.evidence.coverage import Coverage, coverage
from vanban.evidence.file_errors import FileError
from vanban.evidence.file_facts import facts_of
from vanban.evidence.file_kinds import SUFFIXES
from vanban.evidence.place import evidence_folder
from vanban.scoring.scores import score
from vanban.workspace.load import load_workspace
from vanban.workspace.workspace import Workspace

REGISTER = """\
ho_so:
  so_ho_so: 01.CCHC
  tieu_de: Tài liệu kiểm chứng năm 2025
  thoi_han: 10 năm
  don_vi_lap: van-hoa-xa-hoi
tai_lieu:
"""


def pdf_bytes(
    pages: int = 1, change: Callable[[pikepdf.Pdf], object] | None = None, keep: bool = False
) -> bytes:
    """Return a PDF of blank A4 pages; ``change`` is called with it before it is saved.

    With ``keep`` streams are saved as they are, packed well or not.
    """
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595.276, 841.89))
        if change is not None:
            change(pdf)
        target = io.BytesIO()
        level = pikepdf.StreamDecodeLevel.none if keep else pikepdf.StreamDecodeLevel.generalized
        pdf.save(
            target, deterministic_id=True, stream_decode_level=level, compress_streams=not keep
        )
    return target.getvalue()


def encrypted_pdf(password: str) -> bytes:
    with pikepdf.open(io.BytesIO(pdf_bytes())) as pdf:
        target = io.BytesIO()
        pdf.save(target, encryption=pikepdf.Encryption(owner="chu", user=password))
    return target.getvalue()


def picture_bytes(form: str, frames: int = 1, size: tuple[int, int] = (200, 100)) -> bytes:
    """Return a picture of ``form`` (JPEG, PNG, TIFF) at 100 dpi; TIFF may have many frames."""
    target = io.BytesIO()
    first, *others = (
        Image.linear_gradient("L")
        .resize(size)
        .point([(value * 7 + i) % 256 for value in range(256)])
        for i in range(frames)
    )
    options = {"save_all": True, "append_images": others} if frames > 1 else {}
    first.save(target, form, dpi=(100, 100), **options)
    return target.getvalue()


def grey_in_16_bits(**options: int) -> bytes:
    """Return a PNG of three dots, black, grey and white, in two bytes each."""
    image = Image.new("I;16", (3, 1))
    for at, shade in enumerate((0, 0x8000, 0xFFFF)):
        image.putpixel((at, 0), shade)
    target = io.BytesIO()
    image.save(target, "PNG", **options)
    return target.getvalue()


def office_bytes(part: str, text: str = "<a/>") -> bytes:
    """Return a package with the part that makes it Word (word/document.xml) or Excel."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(part, text)
    return target.getvalue()


def entry(code: str, file: str, **keys: object) -> str:
    """Return one entry of the register in YAML; ``keys`` are further keys of it."""
    values = {"loai": "Ảnh", "trich_yeu": "Niêm yết", **keys, "tep": file}
    if "van_ban" in keys:
        del values["loai"], values["trich_yeu"]
    lines = "".join(f"    {name}: {value}\n" for name, value in values.items())
    return f"  - ma: {code}\n{lines}"


def _registered(text: str, files: Mapping[str, bytes]) -> str:
    """Return an entry with what the command reads of its file."""
    name = text.rpartition("tep: ")[2].strip()
    data = files.get(name)
    if data is None:
        return text
    found = {"sha256": hashlib.sha256(data).hexdigest()}
    kind = SUFFIXES.get(Path(name).suffix)
    with suppress(FileError):
        count = facts_of(data, kind).page_count if kind is not None else None
        found |= {"so_trang": str(count)} if count is not None else {}
    lines = (f"    {key}: {value}\n" for key, value in found.items() if f"{key}:" not in text)
    return text + "".join(lines)


def write_evidence(
    root: Path,
    entries: Iterable[str] = (),
    files: Mapping[str, bytes] | None = None,
    answers: Mapping[str, str] | None = None,
    changes: Mapping[str, str | None] | None = None,
) -> Path:
    """Write a content folder with a register of ``entries`` and ``files``; return it.

    Entries get the hash and pages of their file, as the command writes them, where they have none.
    ``answers`` are those of :data:`assessments.FULL` where None.
    """
    given = FULL if answers is None else answers
    listed = "".join(_registered(text, files or {}) for text in entries)
    register = REGISTER + listed if listed else REGISTER.replace("tai_lieu:", "tai_lieu: []")
    content = write_content(
        root,
        {
            "2025/tieu-chi.yaml": CRITERIA,
            "2025/tu-danh-gia.yaml": HEAD + "".join(f"  {k}: {v}\n" for k, v in given.items()),
            "2025/minh-chung.yaml": register,
            **(changes or {}),
        },
    )
    folder = evidence_folder(content, 2025)
    folder.mkdir()
    for name, data in (files or {}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return content


def workspace_of(
    root: Path, entries: Iterable[str] = (), files: Mapping[str, bytes] | None = None
) -> Workspace:
    return load_workspace(write_evidence(root, entries, files), 2025)


def coverage_of(
    root: Path,
    entries: Iterable[str] = (),
    files: Mapping[str, bytes] | None = None,
    answers: Mapping[str, str] | None = None,
) -> Coverage:
    workspace = load_workspace(write_evidence(root, entries, files, answers), 2025)
    return coverage(workspace, score(workspace))
