"""Commands that begin something new, and the one by which the registry ends a document."""

from __future__ import annotations

from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

import click

from vanban.cli.base import content_option, say_undo, stamp_of, year_option
from vanban.cli.help import Command, Group
from vanban.cli.new_ward import new_city_command, new_shared_command, new_ward_command
from vanban.cli.screen import say

if TYPE_CHECKING:
    from vanban.app.new_content import Made

SHOWN = 80
"""Characters that are shown of a text to look at."""


@click.group(
    "new",
    cls=Group,
    help="Tạo tệp nội dung để bắt đầu: văn bản, báo cáo của một kỳ, thư mục của năm mới, của một "
    "xã, phường, đặc khu, tỉnh, thành phố khác.",
)
def new_group() -> None:
    pass


new_group.add_command(new_ward_command)
new_group.add_command(new_shared_command)
new_group.add_command(new_city_command)


@new_group.command(
    "document",
    help="Văn bản soạn thảo mới, chép từ mẫu: cong-van, quyet-dinh, thong-bao …; không ghi MẪU thì "
    "liệt kê các mẫu, không ghi MÃ thì lấy tên mẫu và số thứ tự.",
)
@click.argument("kind", metavar="MẪU", default="")
@click.argument("name", metavar="[MÃ]", default="")
@year_option
@content_option
@click.pass_context
def new_document_command(
    ctx: click.Context, kind: str, name: str, year: int | None, content: Path
) -> None:
    from vanban.app.new_content import new_paper

    made = new_paper(kind, name, content, year, stamp_of(ctx))
    _tell(made, content, "Sửa nội dung", made.paths[0].stem, year)


@new_group.command(
    "report",
    help="Báo cáo của một kỳ (q1, h1, q3, year): đủ chỉ tiêu, đơn vị tính, số của kỳ gần nhất.",
)
@click.argument("period", metavar="KỲ")
@year_option
@content_option
@click.pass_context
def new_report_command(ctx: click.Context, period: str, year: int | None, content: Path) -> None:
    from vanban.app.new_content import new_report

    made = new_report(period, content, year, stamp_of(ctx))
    _tell(made, content, "Điền nội dung", f"report-{made.paths[0].stem}", year)


@new_group.command(
    "city-report",
    help="Phần lời văn của báo cáo chung về các xã, phường một kỳ (q1, h1, q3, year), chỉ tiêu so "
    "sánh; số liệu lấy bằng lệnh gather.",
)
@click.argument("period", metavar="KỲ")
@year_option
@content_option
@click.pass_context
def new_city_report_command(
    ctx: click.Context, period: str, year: int | None, content: Path
) -> None:
    from vanban.app.new_city_report import new_city_report

    made = new_city_report(period, content, year, stamp_of(ctx))
    _tell(made, content, "Điền nội dung", f"city-report-{made.paths[0].stem}", year)


@new_group.command(
    "scores",
    help="Tệp số liệu một kỳ (thang-9, quy-3, nam) của một bộ chỉ số trong bo-chi-so/: đủ các chỉ "
    "tiêu, cách trả lời từng chỉ tiêu.",
)
@click.argument("set_id", metavar="BỘ")
@click.argument("period", metavar="KỲ")
@year_option
@content_option
@click.pass_context
def new_scores_command(
    ctx: click.Context, set_id: str, period: str, year: int | None, content: Path
) -> None:
    from vanban.app.new_scores import new_scores

    _tell(new_scores(set_id, period, content, year, stamp_of(ctx)), content)


@new_group.command(
    "self-assessment",
    help="Bản tự đánh giá của năm: đủ các tiêu chí thành phần của tieu-chi.yaml, cách trả lời từng "
    "tiêu chí.",
)
@year_option
@content_option
@click.pass_context
def new_self_assessment_command(ctx: click.Context, year: int | None, content: Path) -> None:
    from vanban.app.new_self_assessment import new_self_assessment
    from vanban.invocation import command_here

    made = new_self_assessment(content, year, stamp_of(ctx))
    build = command_here("build", "self-assessment", year=year, content=content)
    _tell(made, content, f"Trả lời từng tiêu chí rồi dựng: {build}")


@new_group.command(
    "year",
    help="Thư mục của năm mới, chép từ năm gần nhất: kế hoạch, lĩnh vực, tiêu chí; câu nào còn ghi "
    "năm cũ thành lời hướng dẫn để xem lại, không in ra.",
)
@click.argument("year", type=int, metavar="NĂM")
@content_option
@click.pass_context
def new_year_command(ctx: click.Context, year: int, content: Path) -> None:
    from vanban.app.new_year import new_year

    _tell(new_year(year, content, stamp_of(ctx)), content, "Sửa những chỗ trên", "plan", year)


@click.command(
    "issue",
    cls=Command,
    help="Ghi số và ngày mà văn thư đã cấp vào tệp nội dung của văn bản.",
)
@click.argument("document_id", metavar="MÃ")
@click.option("--so", "number", required=True, metavar="SỐ", help="Số văn bản, ví dụ 35.")
@click.option("--ngay", "day", required=True, metavar="NGÀY", help="Ngày, ví dụ 20/01/2026.")
@year_option
@content_option
@click.pass_context
def issue_command(
    ctx: click.Context, document_id: str, number: str, day: str, year: int | None, content: Path
) -> None:
    from vanban.app.issue import issue
    from vanban.invocation import command_here

    issued = issue(document_id, number, day, content, year, stamp_of(ctx))
    say(f"{issued.path}: đã ghi số {number}, ngày {day}")
    say(f"Dựng lại để in số và ngày: {command_here('build', document_id, content=content)}")
    if issued.cited_as:
        say(f"Văn bản khác dẫn bằng “van_ban: {issued.cited_as}”; không khai lại ở van-ban.yaml.")
    if issued.proves:
        options = f"TỆP --document {issued.cited_as}"
        attach = command_here("evidence add", content=content, options=options)
        say(f"Là tài liệu kiểm chứng của {', '.join(issued.proves)}: ký xong thì {attach}")
    say_undo(content)


def _tell(
    made: Made, content: Path, to_do: str = "", document_id: str = "", year: int | None = None
) -> None:
    """Say what was made, what ``to_do`` is before the document can be built, and how that goes."""
    from vanban.invocation import command_here

    for path in made.paths:
        say(f"đã tạo {path}")
    for position, line in enumerate(made.carried):
        say(f"- {line}" if position else line.capitalize())
    if made.revise:
        say()
        say(f"Cần xem lại {len(made.revise)} chỗ (trong tệp là “HƯỚNG DẪN: …”, không in ra):")
        for place, text in made.revise:
            say(f"  {place}: {shorten(text, SHOWN, placeholder=' …')}")
    if to_do:
        say(f"{to_do} rồi dựng: {command_here('build', document_id, year=year, content=content)}")
    say_undo(content)
