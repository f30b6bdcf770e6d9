"""The command that takes in a Word or PDF file of the office."""

from __future__ import annotations

from pathlib import Path

import click

from vanban.cli.base import PATH, content_option, say_undo, stamp_of, templates_beside
from vanban.cli.help import Command
from vanban.cli.screen import say

LONGEST = 160
"""Letters of a line of a list; all of it stands in the file."""

MOST = 20
"""Lines of a list that are printed; the others stand in the files."""


@click.command(
    "import",
    cls=Command,
    help="Lấy tệp Word (.docx, .doc, .odt) hoặc PDF có chữ vào nội dung: kế hoạch năm trước, báo "
    "cáo, văn bản. Không ghi gì khi chưa có --apply hoặc --out.",
)
@click.argument("file", type=PATH, metavar="TỆP")
@click.option(
    "--kind",
    type=click.Choice(["plan", "report", "document"]),
    required=True,
    metavar="LOẠI",
    help="plan: kế hoạch; report: báo cáo của một kỳ; document: văn bản soạn thảo.",
)
@click.option(
    "--year", type=int, metavar="NĂM", help="Năm của văn bản; mặc định theo ngày tháng của tệp."
)
@click.option("--apply", is_flag=True, help="Ghi vào thư mục nội dung; tệp đã có thì không ghi đè.")
@click.option(
    "--out", type=PATH, metavar="THƯ_MỤC", help="Ghi ra một thư mục riêng, dựng thử được ngay."
)
@click.option(
    "--accept-changes/--refuse-changes",
    "accept",
    default=True,
    help="Chỗ sửa theo dõi trong tệp: coi như đã chấp nhận (mặc định) hay không chấp nhận.",
)
@content_option
@click.pass_context
def import_command(
    ctx: click.Context,
    file: Path,
    kind: str,
    year: int | None,
    apply: bool,
    out: Path | None,
    accept: bool,
    content: Path,
) -> None:
    from vanban.app.word_import import apply as write
    from vanban.app.word_import import take_in, write_apart
    from vanban.errors import UsageError
    from vanban.invocation import command_here

    if apply and out is not None:
        raise UsageError("chọn một: --apply (ghi vào nội dung) hoặc --out (ghi ra thư mục riêng)")
    templates = templates_beside(content)
    taken = take_in(file, kind, content, templates, year, accept)
    imported, settled = taken.imported, taken.settled
    say(f"{file}: năm {imported.year}")
    for line in (*taken.notes, *filter(None, imported.counts)):
        say(f"  {line}")
    for each in imported.additions:
        say(f"  thêm vào {each.file.name}: {each.key}: {each.id}")
    say(
        f"  {settled.words} từ: {settled.values} vào nội dung, {settled.printed} chương trình tự "
        f"in, {settled.numbers} là số thứ tự, {settled.left} chưa xếp được"
    )
    _list("chưa xếp được", [f"[{left.paragraph}] {left.text}" for left in settled.leftovers])
    _list("cần xem lại", list(imported.unsure))
    say(
        f"  so với bản gốc: {taken.differs.gone} từ chỉ có ở bản gốc, {taken.differs.come} từ chỉ "
        "có ở bản dựng"
    )
    place = content
    if apply:
        paths = write(taken, kind, content, stamp_of(ctx))
    elif out is not None:
        paths, place = write_apart(taken, kind, out, content, templates), out / "content"
    else:
        for path in taken.files:
            say(f"  sẽ ghi {content / path}")
        say("Chưa ghi gì. Thêm --apply để ghi vào nội dung, hoặc --out THƯ_MỤC để xem riêng.")
        return
    for path in paths:
        say(f"đã ghi {path}")
    say(f"Dựng thử: {command_here('build', imported.document, content=place, year=imported.year)}")
    if apply:
        say_undo(content)


def _list(name: str, lines: list[str]) -> None:
    from vanban.workspace.wording import one_line

    for line in lines[:MOST]:
        say(f"  {name}: {one_line(line, LONGEST)}")
    if len(lines) > MOST:
        say(f"  … và {len(lines) - MOST} chỗ nữa, xem trong tệp .chua-xep.txt")
