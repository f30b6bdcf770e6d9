"""What is still an instruction to the writer: what it is called, and where it is written.

In: the content of a year. Out: frozen values by the place that findings and gaps name.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from vanban.app.content_file import OpenFile
from vanban.app.field import Fields, names_in
from vanban.desk.words import cell_of
from vanban.errors import Place
from vanban.provenance import Keys
from vanban.workspace.files import Stands
from vanban.workspace.keys import shape_at
from vanban.workspace.workspace import Workspace


class Unwritten(Struct, frozen=True):
    """A value to be written: its ``file`` below the content folder, and its ``keys`` there.

    ``name`` is what it is called, with what it stands in. Of a figure ``sheet`` is the address of
    its cell, "" of any other. A group of keys (``is_group``) is typed in the whole file.
    """

    name: str
    file: Path
    keys: Keys
    sheet: str = ""
    is_group: bool = False

    @property
    def message(self) -> str:
        return f"{'Chưa nhập số liệu' if self.sheet else 'Chưa viết'}: {self.name}"

    @property
    def suggestion(self) -> str:
        if self.is_group:
            return "mở tệp ở dòng dưới đây, thay lời hướng dẫn bằng các khóa mà lời ấy nêu"
        return "" if self.sheet else "viết nội dung thật; không phát sinh thì ghi rõ như vậy"


def unwritten(workspace: Workspace, content: Path) -> Mapping[Place, Unwritten]:
    """Return what is an instruction in the files of ``content``, as messages show that folder."""
    found: dict[Place, Unwritten] = {}
    names = names_in(workspace)
    for held in workspace.held:
        instructions, tree = held.entry.instructions, held.entry.tree
        if not instructions or tree is None or not held.path.is_relative_to(content):
            continue
        file = held.path.relative_to(content)
        fields = Fields(OpenFile(held.file, file, held.path, b""), tree, names)
        for each in instructions:
            period, indicator = cell_of(file, each.path)
            sheet = f"/so-lieu/{period}#o-{indicator}" if indicator else ""
            named = each.path[:-1] if isinstance(each.path[-1], int) else each.path
            labels = fields.labels(named)[2 if sheet else 1 :]  # not “Số liệu” of every figure
            of_many = (fields.own_name(),) if held.file.stands is Stands.FOLDER else ()
            name = " – ".join((*of_many, *labels))
            shape = shape_at(held.file.model, each.path)
            group = shape is not None and shape.entry is not None and not shape.shorthand
            found[each.place] = Unwritten(name, file, each.path, sheet, group)
    return found
