"""Commands that change the content as a whole: to the newest version, and the last change back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanban.cli.base import content_option, say_undo, stamp_of
from vanban.cli.help import Command
from vanban.cli.screen import say

if TYPE_CHECKING:
    from vanban.io.journal import Record


@click.command(
    "undo",
    cls=Command,
    help="Lấy lại thay đổi gần nhất mà chương trình ghi vào nội dung (check --fix, evidence add, "
    "migrate): mọi tệp trở về như trước. Tệp nào đã bị sửa sau đó thì dừng, không động đến gì.",
)
@click.option("--list", "listed", is_flag=True, help="Chỉ liệt kê các thay đổi lấy lại được.")
@content_option
def undo_command(listed: bool, content: Path) -> None:
    from vanban.app.undo import journal, undo
    from vanban.invocation import command_here

    if listed:
        records = tuple(journal(content))
        say("Mới nhất ở trên:" if records else "Chưa có thay đổi nào lấy lại được.")
        for record in records:
            for line in _lines(record, content, ("sửa", "thêm", "xóa")):
                say(line)
        return
    undone = undo(content)
    first, *others = _lines(undone.record, content, ("trả về như trước", "bỏ", "đặt lại"))
    say(f"Đã lấy lại thay đổi {first}")
    for line in others:
        say(line)
    if undone.next is None:
        say("Không còn thay đổi nào trước đó.")
        return
    say(f"Trước đó là {next(_lines(undone.next, content, ('', '', '')))}")
    say(f"Muốn lấy lại cả thay đổi ấy: {command_here('undo', content=content)}")


def _lines(record: Record | str, content: Path, verbs: tuple[str, str, str]) -> Iterator[str]:
    """Yield what a record is and its files, each after the verb: edited, added, removed."""
    from vanban.workspace.folder import shown_path

    if isinstance(record, str):
        yield record
        return
    edited, added, removed = verbs
    yield f"{record.number} {record.stamp}"
    for entry in record.entries:
        verb = removed if entry.left_sha256 is None else added if entry.before is None else edited
        yield f"  {verb} {shown_path(content / entry.path)}"


@click.command(
    "migrate",
    cls=Command,
    help="Chuyển nội dung viết cho bản chương trình cũ sang cách ghi của bản này. Không có --apply "
    "thì chỉ cho xem những chỗ sẽ đổi, không ghi tệp.",
)
@click.option("--apply", is_flag=True, help="Ghi các thay đổi; lấy lại được bằng lệnh undo.")
@content_option
@click.pass_context
def migrate_command(ctx: click.Context, apply: bool, content: Path) -> None:
    from vanban.app.migrate import migrate
    from vanban.checks.fix import diff_lines
    from vanban.invocation import command_here
    from vanban.workspace.versions import VERSION

    migration = migrate(content, stamp_of(ctx) if apply else None)
    if not migration.files:
        say(f"Nội dung đã ở phiên bản {VERSION}, không có gì phải chuyển.")
        return
    say(f"Nội dung từ phiên bản {migration.version} lên phiên bản {VERSION}:")
    for title in migration.titles:
        say(f"  {title}")
    for path, (before, after) in migration.files.items():
        verb = "tạo" if before is None else "sửa"
        say()
        say(f"{path}: {f'đã {verb}' if apply else f'sẽ {verb}'}")
        for line in diff_lines({path: (before or b"", after)}):
            say(line)
    say()
    if apply:
        say_undo(content)
    else:
        command = command_here("migrate", content=content, options="--apply")
        say(f"Chưa ghi gì. Muốn ghi các thay đổi trên: {command}")
