"""What opens beside the page when a word is clicked: its field, or where it is written instead."""

from __future__ import annotations

from dataclasses import dataclass

from vanban.app.edit_value import Field, read_fields
from vanban.desk.state import Desk, Shown
from vanban.errors import UsageError
from vanban.provenance import Kind


@dataclass(frozen=True)
class Panel:
    """The fields that a word comes from; ``note`` says why it is not to be changed itself."""

    fields: tuple[Field, ...]
    note: str = ""


def panel_of(desk: Desk, shown: Shown, number: int) -> Panel:
    """Return what is told of the word ``number``; raises UsageError where pages know none."""
    words = shown.preview.words if shown.preview is not None else ()
    if number >= len(words):
        raise UsageError("trang đã đổi — tải lại trang rồi bấm lại")
    word = words[number]
    inside = [spot for spot in word.spots if spot.file is not None and spot.keys]
    found = (read_fields(desk.content, spot.file, spot.keys) for spot in inside if spot.file)
    fields = tuple(dict.fromkeys(field for each in found for field in each))
    match word.kind:
        case Kind.TYPED if fields:
            return Panel(fields)
        case Kind.COMPUTED if fields:
            return Panel(fields, "Chỗ này do máy tính ra từ các giá trị dưới đây:")
        case Kind.FIXED:
            return Panel((), "Câu chữ do Nghị định số 30/2020/NĐ-CP quy định, không sửa ở đây.")
        case _:
            places = ", ".join(f"{spot.shown}:{spot.line}" for spot in word.spots)
            return Panel((), f"Lời văn của mẫu, viết ở {places}.")
