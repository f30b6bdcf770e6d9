"""Commands about evidence: add a file to the register, see what is lacking."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vanban.cli.base import (
    PATH,
    content_option,
    form_option,
    out_option,
    say_undo,
    stamp_of,
    tell_year,
    year_option,
)
from vanban.cli.help import Group
from vanban.cli.said_again import answer
from vanban.cli.screen import painted, say, say_data, say_painted

if TYPE_CHECKING:
    from vanban.app.manifest import Manifest


@click.group("evidence", cls=Group, help="Tài liệu kiểm chứng: thêm vào sổ, xem còn thiếu gì.")
def evidence_group() -> None:
    pass


@evidence_group.command(
    "add",
    help="Thêm một tệp (PDF, JPEG, PNG, TIFF, .docx, .xlsx) vào sổ minh-chung.yaml. Tệp được chép "
    "vào thư mục minh-chung/ dưới tên không dấu. Số, ngày, cơ quan, trích yếu không ghi thì lấy "
    "gợi ý từ trang 1 của PDF.",
)
@click.argument("file", type=PATH, metavar="TỆP")
@click.option(
    "--criterion",
    default="",
    metavar="MÃ",
    help="Tiêu chí thành phần, ví dụ 1.1.1; văn bản có minh_chung_cho thì không cần ghi.",
)
@click.option(
    "--also-for",
    "dung_cho",
    multiple=True,
    metavar="MÃ",
    help="Tiêu chí khác cũng dùng tài liệu này; ghi được nhiều lần.",
)
@click.option(
    "--document",
    "van_ban",
    metavar="MÃ",
    help="Văn bản đã có trong van-ban.yaml hoặc dựng ở đây; số, ngày, trích yếu không khai lại mà "
    "được đối chiếu với trang 1 của tệp.",
)
@click.option("--type", "loai", metavar="LOẠI", help="Tên loại, ví dụ Quyết định.")
@click.option("--number", "so_ky_hieu", metavar="SỐ", help="Số, ký hiệu, ví dụ 15/KH-UBND.")
@click.option("--date", "ngay", metavar="NGÀY", help="Ngày của tài liệu, ví dụ 20/01/2025.")
@click.option("--issuer", "co_quan", metavar="TÊN", help="Cơ quan ban hành.")
@click.option("--abstract", "trich_yeu", metavar="LỜI", help="Trích yếu nội dung.")
@click.option(
    "--section", "muc", metavar="MỤC", help="Mục có nội dung kiểm chứng, ví dụ “mục II.2”."
)
@click.option("--pages", "trang", metavar="TRANG", help="Trang kiểm chứng, ví dụ 3 hoặc 3-5.")
@click.option("--note", "ghi_chu", metavar="LỜI", help="Ghi chú in trong danh mục.")
@click.option("--signed", is_flag=True, help="Tệp là bản ký số (PDF có chữ ký số thì tự nhận ra).")
@click.option(
    "--unread",
    is_flag=True,
    help="Không đối chiếu trang 1 với văn bản của --document (bản quét nhận chữ sai).",
)
@click.option("--in-force", is_flag=True, help="Ban hành ngoài năm đánh giá nhưng còn hiệu lực.")
@year_option
@content_option
@click.pass_context
def evidence_add_command(
    ctx: click.Context,
    /,
    file: Path,
    criterion: str,
    signed: bool,
    unread: bool,
    in_force: bool,
    year: int | None,
    content: Path,
    **options: Any,
) -> None:
    # The other options are called as the keys of the register that they are written under.
    from vanban.app.add_evidence import Request, add_evidence
    from vanban.cli.evidence_lines import added_lines
    from vanban.invocation import command_here
    from vanban.workspace.files import CRITERIA
    from vanban.workspace.folder import standing, year_with

    typed = {name: value for name, value in options.items() if value not in (None, ())}
    command = partial(command_here, "evidence add", "…", content=content)
    chosen = year_with(content, year, lambda each: (standing(CRITERIA, content, each),), command)
    tell_year(content, year, chosen)
    request = Request(file, criterion, typed, signed, in_force, unread)
    added = add_evidence(content, chosen, request, stamp_of(ctx))
    for line in added_lines(added):
        say(line)
    say_undo(content)


@evidence_group.command(
    "status", help="Tiêu chí nào đủ, thiếu tài liệu; điểm có nguy cơ mất; tệp nào có lỗi."
)
@form_option("json")
@year_option
@content_option
@out_option
@click.pass_context
def evidence_status_command(
    ctx: click.Context, form: str, year: int | None, content: Path, out: Path
) -> None:
    from vanban.io.installed import find_soffice

    def work(manifest: Manifest) -> tuple[int, tuple[Path, ...]]:
        _status(form, year, content)
        return 0, ()

    office = find_soffice()  # some files are looked at as it prints them
    reads = (Path(office) if office is not None else None,)
    answer(ctx, (form, year), content, out, work, reads=reads)


def _status(form: str, year: int | None, content: Path) -> None:
    from vanban.app.coverage import load_coverage
    from vanban.cli.evidence_lines import status_json, status_lines
    from vanban.evidence.coverage import COLOURS

    workspace, covered, remarks = load_coverage(content, year)
    tell_year(content, year, workspace.year, err=form != "text")
    for line in remarks:
        say(line, err=True)
    if form == "json":
        say_data(status_json(covered, workspace))
        return
    for line in status_lines(
        covered, workspace, lambda word, state: painted(word, COLOURS.get(state))
    ):
        say_painted(line)
