"""The command that takes edits made in Word back into the content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanban.cli.base import (
    MAX_SHOWN,
    PATH,
    content_option,
    item_lines,
    say_undo,
    stamp_of,
    templates_beside,
    year_option,
)
from vanban.cli.help import Command
from vanban.cli.screen import say

if TYPE_CHECKING:
    from vanban.app.pull import Applied, Pulled
    from vanban.errors import Place
    from vanban.exchange.pull import Edit
    from vanban.exchange.pull_alike import Alike
    from vanban.provenance import Keys

REST = "chỗ nữa (xem hết: --all)"


@click.command(
    "pull",
    cls=Command,
    help="Đưa chỗ sửa trong tệp Word đã dựng về nội dung: so bản lúc dựng, tệp Word và nội dung "
    "hiện nay. Không có --apply hay --pick thì chỉ cho xem, không ghi tệp.",
)
@click.argument("file", type=PATH, metavar="TỆP.docx")
@click.option("--apply", is_flag=True, help="Ghi những chỗ lấy được; lấy lại được bằng lệnh undo.")
@click.option("--pick", is_flag=True, help="Hỏi từng chỗ, kể cả chỗ không chắc và chỗ hai bên sửa.")
@click.option(
    "--id", "document_id", metavar="MÃ", help="Mã văn bản, khi tệp đã mất dấu ẩn: plan, report-q3."
)
@click.option("--all", "everything", is_flag=True, help="Nêu hết mọi chỗ không lấy.")
@year_option
@content_option
@click.pass_context
def pull_command(
    ctx: click.Context,
    file: Path,
    apply: bool,
    pick: bool,
    document_id: str | None,
    everything: bool,
    year: int | None,
    content: Path,
) -> None:
    from vanban.app.pull import apply as write
    from vanban.app.pull import pull
    from vanban.exchange.pull import Verdict
    from vanban.invocation import command_here

    pulled = pull(file, content, templates_beside, document_id, year)
    most = None if everything else MAX_SHOWN
    for line in _lines(pulled, most):
        say(line)
    chosen = pulled.of(Verdict.TAKEN)
    if pick:
        chosen = tuple(_picked(pulled))
    if not pulled.edits:
        return
    say()
    if not (apply or pick):
        _say_rest(pulled.applied, "Lấy các chỗ trên rồi dựng lại", most)
        command = command_here("pull", str(file), content=content, options="--apply")
        say(f"Chưa ghi gì. Muốn ghi những chỗ lấy được: {command}")
        return
    applied = write(pulled, chosen, stamp_of(ctx))
    for path in applied.files:
        say(f"Đã sửa {path}")
    _say_rest(applied, "Dựng lại", most)
    if applied.files:
        say_undo(content)


def _say_rest(applied: Applied, when: str, most: int | None) -> None:
    if not (applied.differing or applied.extra):
        say(f"{when} thì văn bản đúng từng chữ như tệp.")
        return
    say(f"{when} thì văn bản còn khác tệp:")
    for sign, texts in (("tệp", applied.differing), ("dựng", applied.extra)):
        for line in item_lines([f"{sign}: “{text}”" for text in texts], most, REST):
            say(line)


def _lines(pulled: Pulled, most: int | None) -> Iterator[str]:
    from vanban.exchange.pull import Verdict
    from vanban.exchange.pull_alike import by_reason

    kind, year = pulled.document.kind, pulled.document.year
    yield f"{pulled.file}: {kind.name} ({kind.id}) năm {year}"
    if pulled.word.tracked:
        yield f"  {pulled.word.tracked} thay đổi theo dõi (track changes) coi như đã chấp nhận"
    if pulled.base_lost:
        yield "  tệp không còn bản lúc dựng (chương trình khác đã bỏ): so với nội dung hiện nay"
    if not pulled.edits:
        yield "  Lời văn không có chỗ nào khác nội dung."
    for verdict in Verdict:
        edits = pulled.of(verdict)
        if edits:
            yield ""
            yield f"{verdict.value}: {len(edits)} chỗ{_HOW[verdict.name]}"
        for note, alike in by_reason(enumerate(edits)).items():
            yield from _alike_lines(note, alike, most)
    if pulled.looks:
        yield ""
        frame = pulled.document.templates / "frame.docx"
        looks = len(pulled.looks)
        yield f"Định dạng: {looks} chỗ khác khung, không lấy — muốn đổi thì sửa {frame}"
    for look in pulled.looks:
        where = f"kiểu {look.style}" if look.style else "trang"
        count = f", {len(look.excerpts)} đoạn: “{look.excerpts[0]}”" if look.excerpts else ""
        yield f"  {where}: {look.name} {look.frame} → {look.file}{count}"
    if pulled.unprinted:
        yield ""
        yield f"Bản dựng không in: {len(pulled.unprinted)} chỗ, không lấy"
    for each in pulled.unprinted:
        yield f"  {_head(each.place)}{each.name}{f': “{each.excerpt}”' if each.excerpt else ''}"
        yield f"    {each.note}"
    if pulled.remarks:
        yield ""
        yield f"Ghi chú bên lề: {len(pulled.remarks)}"
    for remark in pulled.remarks:
        yield f"  {_head(remark.place)}“{remark.excerpt}”"
        yield f"    {remark.comment.author}: {remark.comment.text}"


_HOW = {
    "TAKEN": "",
    "UNSURE": " — chỉ lấy qua --pick",
    "CONFLICT": " — chọn qua --pick",
    "REFUSED": "",
}


def _alike_lines(note: str, alike: tuple[Alike, ...], most: int | None) -> Iterator[str]:
    """Yield edits of one reason, which is said once."""
    count = sum(len(each.edits) for each in alike)
    told = note and count > 1
    if told:
        yield f"  {count} chỗ: {note}"
    for each in alike:
        lines = [[*_edit_lines(edit)] for _, edit in each.edits]
        if len(lines) == 1:
            yield from (f"  {line}" if told else line for line in lines[0])
            if note and not told:
                yield f"    {note}"
            continue
        indent = "    "
        if each.change and len(alike) > 1:
            yield f"    {each.change}: {len(lines)} chỗ"
            indent = "      "
        yield from item_lines([line.strip() for (line,) in lines], most, REST, indent)


def _head(place: Place) -> str:
    """Return what stands before something at ``place``, "" where it is nowhere in the content."""
    return f"{place}: " if place.line else ""


def _edit_lines(edit: Edit) -> Iterator[str]:
    """Yield what an edit changes, without its note."""
    from vanban.exchange.pull import Act, Verdict
    from vanban.exchange.pull_edits import shown

    head = f"  {_head(edit.place)}"
    key = next((str(step) for step in reversed(edit.keys) if isinstance(step, str)), "")
    match edit.act:
        case Act.ADD:
            yield f"{head}thêm mục {f'{edit.id} ' if edit.id else ''}vào {key}: “{edit.new}”"
        case Act.DELETE:
            yield f"{head}xóa mục của {key}: “{edit.old}”"
        case _:
            yield f"{head}{f'{key}: ' if key else ''}{shown(edit.old, edit.new)}"
    if edit.verdict is Verdict.CONFLICT:
        yield f"    lúc dựng: “{edit.old}”"
        yield f"    trong tệp: “{edit.new}”"
        yield f"    nội dung:  “{edit.now}”"


def _picked(pulled: Pulled) -> Iterator[Edit]:
    """Ask about each edit that can be made; yield those that are wanted."""
    from vanban.exchange.pull import Act, Verdict

    taken: set[tuple[Path, Keys]] = set()
    for edit in pulled.edits:
        value = edit.place.file, edit.keys
        if edit.act is Act.NONE or (edit.act is Act.SET and value in taken):
            continue  # of a value that was edited in several ways, one is taken
        say()
        for line in (*_edit_lines(edit), *([f"    {edit.note}"] if edit.note else [])):
            say(line)
        if click.confirm("  Lấy chỗ này?", default=edit.verdict is Verdict.TAKEN):
            taken.add(value)
            yield edit
