"""Say, item by item, whether this machine can build documents, and how to mend what is missing.

In: the content folder and the folder for outputs. Out: one :class:`Check` an item, in Vietnamese.
Every probe survives the absence of what it looks for; nothing is installed or changed.
"""

from __future__ import annotations

import ctypes
import importlib.metadata
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from vanban.errors import ContentError, MachineError

MINIMUM_PYTHON = (3, 11)

PANGO_LIBRARIES = (
    ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib"),
    ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    ("libfontconfig.so.1", "libfontconfig.1.dylib"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
)
"""What WeasyPrint must load, each with the names it tries (Linux, macOS)."""

SUBSET_LIBRARY = ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib")

SET_UP = "hãy chạy: make setup"


class Check(Struct, frozen=True):
    """One item: what was looked for, whether it is well, what was found, how to mend it.

    ``remedy`` is "" where all is well; an item that is not ``required`` never stops a build.
    """

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    required: bool = True


def diagnose(content: Path, out: Path) -> tuple[Check, ...]:
    """Probe this machine for building from ``content`` (templates beside it) into ``out``."""
    return (
        _python(),
        _packages(),
        _pango(),
        _subset(),
        _fonts(),
        _templates(content),
        *_shared(content),
        _writable(out.absolute()),
        _dictionary(),
        _libreoffice(),
    )


def can_build(checks: tuple[Check, ...]) -> bool:
    """Say whether every required item is well."""
    return all(check.ok for check in checks if check.required)


def _python() -> Check:
    name = "Python"
    detail = f"phiên bản {'.'.join(str(number) for number in sys.version_info[:3])}"
    if sys.version_info >= MINIMUM_PYTHON:
        return Check(name, True, detail)
    least = ".".join(str(number) for number in MINIMUM_PYTHON)
    return Check(name, False, detail, f"cần Python {least} trở lên, cài xong {SET_UP}")


def _packages() -> Check:
    """Compare the dependencies that the project declares with what is installed."""
    name = "Thư viện Python"
    try:
        declared = importlib.metadata.requires("vanban") or []
    except importlib.metadata.PackageNotFoundError:
        return Check(name, True, "chạy thẳng từ mã nguồn, không kiểm tra phiên bản")
    wrong = []
    for requirement in declared:
        if "extra ==" in requirement:
            continue
        package, _, version = requirement.partition("==")
        installed = _installed_version(package)
        if installed is None:
            wrong.append(f"thiếu {package} {version}")
        elif installed != version:
            wrong.append(f"{package} là {installed}, cần {version}")
    if wrong:
        return Check(name, False, "; ".join(wrong), SET_UP)
    return Check(name, True, "đủ, đúng phiên bản")


def _installed_version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def loaded_library(names: tuple[str, ...]) -> ctypes.CDLL | None:
    """Load the first of the system libraries ``names`` that there is."""
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


def _pango() -> Check:
    name = "Pango (dàn trang PDF)"
    absent = [names[0] for names in PANGO_LIBRARIES if loaded_library(names) is None]
    if absent:
        return Check(
            name,
            False,
            f"không nạp được {', '.join(absent)}",
            "hãy cài: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0",
        )
    return Check(name, True, "nạp được")


def _subset() -> Check:
    name = "HarfBuzz subset (ghi PDF nhanh)"
    if loaded_library(SUBSET_LIBRARY) is None:
        return Check(
            name,
            False,
            f"không nạp được {SUBSET_LIBRARY[0]}, ghi PDF chậm hơn",
            "hãy cài: sudo apt-get install libharfbuzz-subset0",
            required=False,
        )
    return Check(name, True, "nạp được", required=False)


def _fonts() -> Check:
    name = "Phông chữ Times có đủ chữ Việt"
    try:
        from vanban.layout import fonts
    except ImportError as error:
        return Check(name, False, f"không kiểm tra được, thiếu thư viện {error.name}", SET_UP)
    try:
        times = fonts.find_times()
    except MachineError as error:
        return Check(name, False, str(error).removesuffix(f" — {fonts.REMEDY}"), fonts.REMEDY)
    letters = len(fonts.VIETNAMESE_LETTERS)
    folder = times.regular.path.parent
    face = fonts.stand_in(times.name) or times.name
    return Check(name, True, f"{face}, đủ {letters} chữ có dấu ở bốn kiểu ({folder})")


def _templates(content: Path) -> Check:
    """Look for the Word frame and at least one outline; which outlines, each build says itself."""
    name, folder = "Tệp mẫu", content.absolute().parent / "templates"
    if not folder.is_dir():
        folder = _shared_templates(content) or folder
    elsewhere = "đặt cạnh thư mục content"
    if folder.parent == content.absolute():
        elsewhere = "đặt trong thư mục dùng chung"
    absent = [file for file in ("frame.docx", "*.md") if not any(folder.glob(file))]
    if absent:
        return Check(
            name,
            False,
            f"không thấy {', '.join(absent)} trong {folder}",
            f"hãy lấy lại thư mục templates từ bản gốc của chương trình, {elsewhere}",
        )
    return Check(name, True, str(folder))


def _shared(content: Path) -> Iterator[Check]:
    """Tell which version of the folder that ``content`` shares it is on."""
    name = "Bộ dùng chung"
    try:
        from vanban.workspace.folder import require_shared
        from vanban.workspace.shared_version import shared_line
    except ImportError:  # told by the item of packages
        return
    try:
        require_shared(content)
    except ContentError as error:
        (problem,) = error.problems
        yield Check(name, False, problem.message, f"sửa ở {problem.place}")
        return
    line = shared_line(content)
    if line is not None:
        yield Check(name, True, line.removeprefix(f"{name}: "))


def _shared_templates(content: Path) -> Path | None:
    """Return the templates of the folder that ``content`` shares, or is; None for neither."""
    try:
        from vanban.workspace.shared_folder import is_shared_folder, shared_folder
    except ImportError:
        return None
    common = content if is_shared_folder(content) else shared_folder(content)
    return common.absolute() / "templates" if common is not None else None


def _writable(out: Path) -> Check:
    """Try to write where ``out`` stands or, as yet absent, in the parent it would be made in."""
    name = "Quyền ghi thư mục kết quả"
    place = out
    while not os.path.lexists(place) and place != place.parent:
        place = place.parent
    try:
        with tempfile.TemporaryFile(dir=place):
            return Check(name, True, str(out))
    except OSError:
        return Check(
            name,
            False,
            f"không ghi được vào {place}",
            "hãy xin quyền ghi thư mục này, hoặc chọn thư mục khác bằng --out",
        )


def _dictionary() -> Check:
    name = "Từ điển chính tả (để soát lỗi)"
    try:
        importlib.import_module("spylls.hunspell")
        from vanban.checks.language import dictionary
        from vanban.io import installed
    except ImportError as error:
        return Check(name, False, f"thiếu thư viện {error.name}", SET_UP, required=False)
    found = installed.dictionary_file()
    if found is None:
        return Check(
            name, False, "không có; vẫn tạo được văn bản", dictionary.REMEDY, required=False
        )
    return Check(name, True, str(found), required=False)


def _libreoffice() -> Check:
    name = "LibreOffice (để kiểm thử, và chuyển tệp Word, Excel làm minh chứng)"
    found = shutil.which("soffice")
    if found is None:
        return Check(
            name,
            False,
            "không có; vẫn tạo được văn bản",
            "nếu cần: sudo apt-get install libreoffice-writer-nogui libreoffice-calc-nogui",
            required=False,
        )
    return Check(name, True, found, required=False)
