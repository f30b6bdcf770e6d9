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

    typed = {name: value for name, value in options.items() if value not in (None, ())}
    chosen = _year(content, year, "evidence add", "…")
    request = Request(file, criterion, typed, signed, in_force, unread)
    added = add_evidence(content, chosen, request, stamp_of(ctx))
    for line in added_lines(added):
        say(line)
    say_undo(content)


def _year(content: Path, year: int | None, *command: str) -> int:
    """Return the year whose register is meant, and tell it where nobody said it."""
    from vanban.invocation import command_here
    from vanban.workspace.files import CRITERIA
    from vanban.workspace.folder import standing, year_with

    again = partial(command_here, *command, content=content)
    chosen = year_with(content, year, lambda each: (standing(CRITERIA, content, each),), again)
    tell_year(content, year, chosen)
    return chosen


@evidence_group.command(
    "replace",
    help="Thay tệp của một tài liệu đã có trong sổ bằng tệp khác (bản đã ký, bản quét rõ hơn); các "
    "khóa khác giữ nguyên. Tệp cũ được chuyển vào thùng rác của thư mục nội dung.",
)
@click.argument("code", metavar="MÃ")
@click.argument("file", type=PATH, metavar="TỆP")
@click.option("--pages", "trang", metavar="TRANG", help="Trang kiểm chứng trong tệp mới.")
@click.option("--signed", is_flag=True, help="Tệp là bản ký số (PDF có chữ ký số thì tự nhận ra).")
@click.option("--unread", is_flag=True, help="Không đối chiếu trang 1 với văn bản của tài liệu.")
@year_option
@content_option
@click.pass_context
def evidence_replace_command(
    ctx: click.Context,
    /,
    code: str,
    file: Path,
    signed: bool,
    unread: bool,
    year: int | None,
    content: Path,
    **options: str | None,
) -> None:
    from vanban.app.change_evidence import replace_evidence
    from vanban.cli.evidence_lines import changed_lines
    from vanban.evidence.new_entry import Request

    typed: dict[str, str | tuple[str, ...]]
    typed = {name: value for name, value in options.items() if value is not None}
    chosen = _year(content, year, "evidence replace", code, "…")
    request = Request(file, typed=typed, signed=signed, unread=unread)
    changed = replace_evidence(content, chosen, code, request, stamp_of(ctx))
    for line in changed_lines("Đã thay tệp của", changed):
        say(line)
    say_undo(content)


@evidence_group.command(
    "remove",
    help="Bỏ một tài liệu khỏi sổ minh-chung.yaml; tệp của nó được chuyển vào thùng rác của thư "
    "mục nội dung, không bị xóa.",
)
@click.argument("code", metavar="MÃ")
@year_option
@content_option
@click.pass_context
def evidence_remove_command(ctx: click.Context, code: str, year: int | None, content: Path) -> None:
    from vanban.app.change_evidence import remove_evidence
    from vanban.cli.evidence_lines import changed_lines

    chosen = _year(content, year, "evidence remove", code)
    changed = remove_evidence(content, chosen, code, stamp_of(ctx))
    for line in changed_lines("Đã bỏ", changed):
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
    from vanban.app.manifest import Done
    from vanban.io.installed import find_soffice

    def work(manifest: Manifest) -> Done:
        _status(form, year, content)
        return Done()

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
