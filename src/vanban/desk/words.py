"""What opens beside the page when a word is clicked: its field, or where it is written instead."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vanban.app.content_file import open_file
from vanban.app.field import Field, Fields, InList, Record, names_in
from vanban.app.preview import Word
from vanban.app.uses import Use, uses_around
from vanban.compose.composed import Gap
from vanban.desk.places import where
from vanban.desk.state import Desk, Shown
from vanban.document import Heading, text_of
from vanban.errors import ContentError, UsageError
from vanban.io.read import read_file
from vanban.provenance import Keys, Kind
from vanban.workspace.files import GATHERED, REPORTS, Years, row_of
from vanban.workspace.folder import shown_path
from vanban.workspace.workspace import Workspace
from vanban.workspace.yaml_file import MAX_BYTES

FIGURES = "so_lieu"
MOST_WARDS = 8
"""Wards that are named of those that a word is computed from."""
EMPTY = "Dưới đề mục này chưa có nội dung"
MOST_USES = 12
"""Places that refer to a registered thing, as many as are told."""


class Panel(Struct, frozen=True):
    """The fields that a word comes from, and what stands around the first of them.

    ``note`` says why the word is not to be changed itself, or where else it is printed; ``wording``
    is the line of an outline. ``sheet`` and ``indicator`` lead to a cell of the sheet of figures.
    """

    fields: tuple[Field, ...] = ()
    note: str = ""
    lists: tuple[InList, ...] = ()
    record: Record | None = None
    uses: tuple[Use, ...] = ()
    sheet: str = ""
    indicator: str = ""
    wording: str = ""
    more: int = 0
    """Places that refer to it, beyond those told."""


def panel_of(desk: Desk, shown: Shown, number: int) -> Panel:
    """Return what is told of the word ``number``; raises UsageError where pages know none."""
    words = shown.preview.words if shown.preview is not None else ()
    if number >= len(words):
        raise UsageError("trang đã đổi — tải lại trang rồi bấm lại")
    word = words[number]
    spots = [(spot.file, spot.keys) for spot in word.spots if spot.file is not None and spot.keys]
    match word.kind:
        case Kind.TYPED if spots:
            return panel_at(desk, *spots[0])
        case Kind.COMPUTED if spots:
            return _computed(desk, spots)
        case Kind.FIXED:
            return Panel(note="Câu chữ do Nghị định số 30/2020/NĐ-CP quy định, không sửa ở đây.")
        case _:
            panel = _worded(word)
            gap = _empty_below(panel, shown)
            return panel if gap is None else _to_write(desk, panel, gap)


def panel_at(desk: Desk, file: Path, keys: Keys) -> Panel:
    """Return the field of a value, with its lists and record; of a list or group, its values."""
    workspace = _workspace(desk)
    fields = Fields.of(open_file(desk.content, file), names_in(workspace))
    if row_of(file) is GATHERED:
        return Panel(note=_of_wards([(file, keys)], workspace))
    keys = fields.first(keys)
    found = fields.at(keys)
    is_one = len(found) == 1 and found[0].keys == keys
    record = fields.record(keys) if is_one else None
    if not found and not tuple(fields.lists(keys)):
        raise UsageError(f"{file}: ở chỗ này không còn gì — tải lại trang rồi bấm lại")
    uses = tuple(uses_around(workspace, file, keys)) if workspace is not None else ()
    row = row_of(file)
    note = ""
    if row is not None and row.years is Years.ALL and is_one:
        note = f"Chữ này lấy từ {row.title.lower()}, đổi ở đây là đổi ở mọi văn bản dùng đến nó."
    return Panel(
        found,
        note,
        tuple(fields.lists(keys)),
        record,
        uses[:MOST_USES],
        *cell_of(file, keys),
        more=max(len(uses) - MOST_USES, 0),
    )


def _computed(desk: Desk, spots: list[tuple[Path, Keys]]) -> Panel:
    """Return the values that a word is made from; of figures, the sheet that they are typed in."""
    workspace = _workspace(desk)
    gathered = [(file, keys) for file, keys in spots if row_of(file) is GATHERED]
    spots = [spot for spot in spots if spot not in gathered]
    names = names_in(workspace)
    opened = {file: Fields.of(open_file(desk.content, file), names) for file, _ in spots}
    found = (field for file, keys in spots for field in opened[file].at(keys))
    cells = [cell_of(file, keys) for file, keys in spots]
    sheet, indicator = next((cell for cell in cells if cell[0]), ("", ""))
    note = "Chỗ này do máy tính ra từ các giá trị dưới đây:"
    if gathered:
        note = _of_wards(gathered, workspace)
        note += " Và từ các giá trị dưới đây:" if spots else ""
    return Panel(tuple(dict.fromkeys(found)), note, sheet=sheet, indicator=indicator)


def _of_wards(spots: list[tuple[Path, Keys]], workspace: Workspace | None) -> str:
    """Say whose figures a word is computed from; nobody types them here."""
    files = workspace.entries(GATHERED) if workspace is not None else {}
    wards = [
        files[file.stem].wards[keys[1]]
        for file, keys in spots
        if file.stem in files and len(keys) > 1 and isinstance(keys[1], int)
    ]
    names = ", ".join(str(each.agency or each.name) for each in wards[:MOST_WARDS])
    named = f" ({names}{' …' if len(wards) > MOST_WARDS else ''})" if names else ""
    return (
        f"Chỗ này do máy tính từ số liệu tổng hợp của {len(wards) or 'các'} đơn vị{named}. Số sai "
        "thì đơn vị sửa ở báo cáo của mình, rồi chạy lại lệnh gather."
    )


def _worded(word: Word) -> Panel:
    """Return where words that are no value of the content are written, with the line itself."""
    spots = [spot for spot in word.spots if spot.line]
    if not spots:
        return Panel(note="Chữ này do chương trình tự ghi, không sửa ở đây.")
    places = ", ".join(dict.fromkeys(f"{spot.shown}:{spot.line}" for spot in spots))
    if any(spot.keys for spot in spots):  # values in a folder that wards share
        note = f"Chữ này viết ở {places}, ngoài thư mục nội dung của đơn vị; sửa ở chính chỗ ấy."
        return Panel(note=note)
    text = read_file(spots[0].shown, MAX_BYTES).decode("utf-8", "replace").splitlines()
    line = "\n".join(islice(text, spots[0].line - 1, spots[0].line)).strip()
    who = (
        "Chương trình tự ghi chỗ này theo mẫu" if word.kind is Kind.COMPUTED else "Lời văn của mẫu"
    )
    note = f"{who}, viết ở {places}; sửa ở đó là đổi ở mọi văn bản lập theo mẫu này."
    return Panel(note=note, wording=line)


def _empty_below(panel: Panel, shown: Shown) -> Gap | None:
    """Return what stands empty below a heading of the outline, None where something is there."""
    if shown.preview is None or not panel.wording.startswith("#"):
        return None
    composed, title = shown.preview.composed, panel.wording.lstrip("# ").casefold()
    document = composed.document
    blocks = (*document.body, *(block for annex in document.annexes for block in annex.blocks))
    titles = [text_of(each.title).casefold() for each in blocks if isinstance(each, Heading)]
    for gap in composed.missing:
        heading = gap.heading.casefold()
        named = sorted((each for each in titles if heading in each), key=len)
        if heading and heading in title and (len(named) == 1 or title in named[:1]):
            return gap  # of “Mục đích, yêu cầu” and “Mục đích” the one that is no more
    return None


def _to_write(desk: Desk, panel: Panel, gap: Gap) -> Panel:
    """Return the panel of a heading with where the text below it is written."""
    content, place = shown_path(desk.content), gap.place
    if place is None or not place.file.is_relative_to(content):
        return panel
    file = place.file.relative_to(content)
    below = panel_at(desk, file, tuple(gap.key.split("."))) if gap.key else Panel()
    if any(each.blanks for each in below.lists):
        note = f"{EMPTY}; viết ở ô dưới đây rồi bấm “Thêm”. {panel.note}"
        return replace(below, note=note, wording=panel.wording)
    told = f"{gap.text} – viết ở {where(place, content).words}"
    return replace(panel, note=f"{EMPTY}: {told}. {panel.note}")


def cell_of(file: Path, keys: Keys) -> tuple[str, str]:
    """Return the period and indicator of a figure of a report; "" of other values."""
    if row_of(file) is REPORTS and keys[:1] == (FIGURES,):
        return file.stem, str(keys[1]) if len(keys) > 1 else ""
    return "", ""


def _workspace(desk: Desk) -> Workspace | None:
    """Return what is sound; None where registers have mistakes, and names are not known."""
    try:
        return desk.loaded().workspace
    except ContentError:
        return None
